/// Some of the rows of a dataset, by a bit a row.
struct RowSelection: Hashable, Sendable {
    private var words: [UInt64]
    private(set) var count = 0

    /// Selects none of some rows.
    init(of total: Int) { words = Array(repeating: 0, count: (total + 63) / 64) }

    mutating func insert(_ row: Int) {
        let bit = UInt64(1) << UInt64(row % 64)
        if words[row / 64] & bit == 0 {
            words[row / 64] |= bit
            count += 1
        }
    }

    func contains(_ row: Int) -> Bool { row / 64 < words.count && words[row / 64] >> UInt64(row % 64) & 1 == 1 }
}

/// SplitMix64: a small generator that gives the same numbers for a seed on every machine.
///
/// The constants are those of Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (2014).
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number below a bound, each as likely as the other; written out here so that it never changes with the library.
    mutating func number(below bound: UInt64) -> UInt64 {
        let threshold = (0 &- bound) % bound
        while true {
            let product = next().multipliedFullWidth(by: bound)
            if product.low >= threshold { return product.high }
        }
    }
}
