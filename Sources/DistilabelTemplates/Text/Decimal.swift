/// The exact decimal expansion of a finite float, for rounding and formatting as correctly as Python does.
struct Decimal {
    /// The digits without leading zeros, each 0 to 9; empty for zero.
    private(set) var digits: [UInt8]
    /// How many digits stand after the point.
    private(set) var scale: Int

    init(_ value: Double) {
        var limbs: [UInt32] = []
        let significand = value.significandBitPattern | (value.isNormal ? 1 << 52 : 0)
        limbs = [UInt32(truncatingIfNeeded: significand), UInt32(significand >> 32)]
        let exponent = (value.isNormal ? Int(value.exponentBitPattern) : 1) - 1075
        // m·2^e is an integer from e = 0 on, and m·5^-e with -e digits after the point below.
        for _ in 0..<abs(exponent) { Self.multiply(&limbs, by: exponent > 0 ? 2 : 5) }
        scale = max(0, -exponent)
        digits = value == 0 ? [] : Self.decimalDigits(&limbs)
    }

    private static func multiply(_ limbs: inout [UInt32], by factor: UInt64) {
        var carry: UInt64 = 0
        for index in limbs.indices {
            let product = UInt64(limbs[index]) * factor + carry
            limbs[index] = UInt32(truncatingIfNeeded: product)
            carry = product >> 32
        }
        if carry > 0 { limbs.append(UInt32(carry)) }
    }

    private static func decimalDigits(_ limbs: inout [UInt32]) -> [UInt8] {
        var reversed: [UInt8] = []
        while !limbs.isEmpty {
            var remainder: UInt64 = 0
            for index in limbs.indices.reversed() {
                let part = remainder << 32 | UInt64(limbs[index])
                limbs[index] = UInt32(part / 1_000_000_000)
                remainder = part % 1_000_000_000
            }
            while limbs.last == 0 { limbs.removeLast() }
            for _ in 0..<9 {
                reversed.append(UInt8(remainder % 10))
                remainder /= 10
            }
        }
        while reversed.last == 0 { reversed.removeLast() }
        return reversed.reversed()
    }

    /// The power of ten of the first digit.
    var exponent: Int { digits.isEmpty ? 0 : digits.count - scale - 1 }

    /// Rounds half to even, leaving `places` digits after the point; negative places round tens and more.
    mutating func round(toPlaces places: Int) {
        let dropped = scale - places
        guard dropped > 0 else { return }
        let kept = max(0, digits.count - dropped)
        let rest = dropped > digits.count ? [] : digits[kept...]
        var roundsUp = false
        if let first = rest.first {
            let isTie = first == 5 && rest.dropFirst().allSatisfy { $0 == 0 }
            roundsUp = isTie ? kept > 0 && digits[kept - 1] % 2 == 1 : first >= 5
        }
        digits.removeSubrange(kept...)
        scale = places
        if roundsUp { increment() }
    }

    private mutating func increment() {
        var index = digits.count - 1
        while index >= 0, digits[index] == 9 {
            digits[index] = 0
            index -= 1
        }
        if index >= 0 { digits[index] += 1 } else { digits.insert(1, at: 0) }
    }

    /// The digits with exactly `places` after the point, after rounding to that.
    func fixed(places: Int) -> String {
        var text = digits.map { String($0) }.joined()
        if scale < places { text += String(repeating: "0", count: places - scale) }
        if scale > places, places <= 0 { return text.isEmpty ? "0" : text }
        if scale < 0, places <= 0 { text = digits.isEmpty ? "0" : text }
        if text.count <= places { text = String(repeating: "0", count: places - text.count + 1) + text }
        guard places > 0 else { return text.isEmpty ? "0" : text }
        return "\(text.dropLast(places)).\(text.suffix(places))"
    }
}

/// A float rounded to decimal places, as Python's `round`.
func rounded(_ value: Double, places: Int) -> Double {
    guard value.isFinite, places < 330 else { return value }
    var decimal = Decimal(value.magnitude)
    decimal.round(toPlaces: max(places, -400))
    let digits = decimal.digits.map { String($0) }.joined()
    let result = Double("\(digits.isEmpty ? "0" : digits)e\(-decimal.scale)") ?? value
    return value.sign == .minus ? -result : result
}
