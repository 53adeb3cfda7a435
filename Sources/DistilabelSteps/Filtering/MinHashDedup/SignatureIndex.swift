/// Remembers signatures and finds whether one like a new one was there: locality-sensitive hashing by bands.
///
/// A signature is cut into bands; two are alike when a band of them is equal. It keeps 64 bits of each band, so that a hundred thousand
/// texts take some ten megabytes.
///
/// Method: Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3.4, http://www.mmds.org
struct SignatureIndex: Sendable {
    /// How signatures are cut.
    struct Bands: Sendable, Hashable {
        /// How many bands there are.
        var count: Int
        /// How many numbers a band has.
        var rows: Int
    }

    private let bands: Bands
    private var seen: [Set<UInt64>]

    /// Makes an empty index.
    init(bands: Bands) {
        self.bands = bands
        seen = Array(repeating: [], count: bands.count)
    }

    /// Remembers a signature unless one like it is there.
    ///
    /// - Returns: Whether it is new.
    mutating func insert(_ signature: [UInt32]) -> Bool {
        let keys = (0..<bands.count).map { Self.key(of: signature[$0 * bands.rows..<($0 + 1) * bands.rows]) }
        if zip(seen, keys).contains(where: { $0.contains($1) }) { return false }
        for (band, key) in keys.enumerated() { seen[band].insert(key) }
        return true
    }

    /// 64 bits of a band's numbers, mixed as SplitMix64 mixes.
    private static func key(of numbers: ArraySlice<UInt32>) -> UInt64 {
        var key: UInt64 = 0
        for number in numbers {
            key = (key ^ UInt64(number)) &+ 0x9E37_79B9_7F4A_7C15
            key = (key ^ (key >> 30)) &* 0xBF58_476D_1CE4_E5B9
            key = (key ^ (key >> 27)) &* 0x94D0_49BB_1331_11EB
            key ^= key >> 31
        }
        return key
    }
}

extension SignatureIndex.Bands {
    /// The cut that errs least about sets of which a share of at least `threshold` is in both.
    ///
    /// Sets of a likeness `s` share a band with the probability `1 - (1 - s^rows)^count`. The error is the area of that curve below the
    /// threshold, and the area above it beyond the threshold, both weighing the same, as in Python's datasketch.
    ///
    /// - Parameters:
    ///   - threshold: The likeness, from 0 to 1.
    ///   - length: How many numbers a signature has.
    init(threshold: Double, length: Int) {
        var best = (error: Double.infinity, count: 1, rows: 1)
        for count in 1...length {
            for rows in 1...length / count {
                func share(_ likeness: Double) -> Double { 1 - Self.power(1 - Self.power(likeness, rows), count) }
                let error =
                    Self.area(from: 0, to: threshold, below: share)
                    + Self.area(from: threshold, to: 1) { 1 - share($0) }
                if error < best.error { best = (error, count, rows) }
            }
        }
        self.init(count: best.count, rows: best.rows)
    }

    /// The area below a curve, by Simpson's rule.
    private static func area(from low: Double, to high: Double, below curve: (Double) -> Double) -> Double {
        let pieces = 200
        let width = (high - low) / Double(pieces)
        var sum = curve(low) + curve(high)
        for piece in 1..<pieces { sum += curve(low + width * Double(piece)) * (piece % 2 == 1 ? 4 : 2) }
        return sum * width / 3
    }

    /// A number multiplied with itself so often.
    private static func power(_ number: Double, _ exponent: Int) -> Double {
        var power = 1.0
        var square = number
        var rest = exponent
        while rest > 0 {
            if rest & 1 == 1 { power *= square }
            square *= square
            rest >>= 1
        }
        return power
    }
}
