extension JSONCursor {
    /// Reads a number that starts at the position.
    mutating func number() throws(JSONFault) -> Value {
        let start = position
        let negative = byte(at: position) == UInt8(ascii: "-")
        if negative { position += 1 }

        // The digits as an integer, as long as they fit, and how many of them stand behind the point.
        var digits: UInt64 = 0
        var fits = true
        let integerStart = position
        scanDigits(into: &digits, fits: &fits)
        guard position > integerStart else { throw fault(.invalidNumber) }
        if byte(at: integerStart) == UInt8(ascii: "0"), position > integerStart + 1 {
            throw JSONFault(code: .invalidNumber, offset: integerStart)
        }
        var isDouble = false
        var scale = 0
        if position < bytes.count, byte(at: position) == UInt8(ascii: ".") {
            isDouble = true
            position += 1
            let fractionStart = position
            scanDigits(into: &digits, fits: &fits)
            guard position > fractionStart else { throw fault(.invalidNumber) }
            scale = fractionStart - position
        }
        if position < bytes.count, byte(at: position) | 0x20 == UInt8(ascii: "e") {
            isDouble = true
            scale += try exponent()
        }
        if !isDouble, fits {
            if !negative, digits <= UInt64(Int.max) { return .int(Int(digits)) }
            if negative, digits != 0, digits <= UInt64(Int.max) + 1 {
                return .int(Int(truncatingIfNeeded: 0 &- digits))
            }
        }
        return .double(try double(from: start, negative: negative, digits: fits ? digits : nil, scale: scale))
    }

    @inline(__always)
    private mutating func scanDigits(into digits: inout UInt64, fits: inout Bool) {
        while position < bytes.count {
            let digit = byte(at: position) &- 0x30
            guard digit < 10 else { return }
            if digits < 1_000_000_000_000_000_000 {
                digits = digits &* 10 &+ UInt64(digit)
            } else {
                let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
                let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
                if overflow || carry { fits = false }
                digits = sum
            }
            position += 1
        }
    }

    private mutating func exponent() throws(JSONFault) -> Int {
        position += 1
        var negative = false
        if position < bytes.count, byte(at: position) == UInt8(ascii: "-") || byte(at: position) == UInt8(ascii: "+") {
            negative = byte(at: position) == UInt8(ascii: "-")
            position += 1
        }
        let start = position
        var exponent = 0
        while position < bytes.count, byte(at: position) &- 0x30 < 10 {
            // Beyond this every number is zero or too large, however many digits it has.
            exponent = min(exponent * 10 + Int(byte(at: position) - 0x30), 1_000_000_000)
            position += 1
        }
        guard position > start else { throw fault(.invalidNumber) }
        return negative ? -exponent : exponent
    }

    /// The double of the literal between `start` and the position.
    private func double(from start: Int, negative: Bool, digits: UInt64?, scale: Int) throws(JSONFault) -> Double {
        // Both the digits and the power of ten are exact doubles here, so one rounding gives the nearest double (Clinger 1990).
        if let digits, digits <= 1 << 53, scale >= -22, scale <= 22 {
            let magnitude =
                scale < 0
                ? Double(digits) / Self.powersOfTen[-scale] : Double(digits) * Self.powersOfTen[scale]
            return negative ? -magnitude : magnitude
        }
        if let digits, digits > 0, scale < 0, scale >= -27 {
            let magnitude = Self.quotient(of: digits, byTenTo: -scale)
            return negative ? -magnitude : magnitude
        }
        let literal = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let double = Double(literal), double.isFinite else {
            throw JSONFault(code: .numberOutOfRange, offset: start)
        }
        return double
    }

    /// The double nearest to `digits` divided by a power of ten up to 10²⁷.
    ///
    /// 10ᵏ is 5ᵏ·2ᵏ, and up to k = 27 5ᵏ fits 64 bits. So one division of 128 by 64 bits gives the first 63 or 64 bits of the
    /// quotient, and its remainder says whether anything follows them: all that rounding to 53 bits, half to even, needs.
    private static func quotient(of digits: UInt64, byTenTo power: Int) -> Double {
        let divisor = powersOfFive[power]
        let digitsShift = digits.leadingZeroBitCount
        let divisorShift = divisor.leadingZeroBitCount
        let dividend = digits << UInt64(digitsShift)
        // Half of a number below 2⁶⁴ is below the divisor, whose highest bit is set, so the quotient fits.
        var (quotient, remainder) = (divisor << UInt64(divisorShift)).dividingFullWidth((dividend >> 1, dividend << 63))
        let shift = quotient.leadingZeroBitCount
        quotient <<= UInt64(shift)
        // The lowest of the 64 bits stands far below the 53 that are kept: there the remainder only breaks ties.
        if remainder != 0 { quotient |= 1 }
        let exponent = divisorShift - digitsShift - power - 63 - shift
        return Double(sign: .plus, exponent: exponent, significand: Double(quotient))
    }

    private static let powersOfFive: [UInt64] = (0...27).map { power in
        (0..<power).reduce(1) { product, _ in product * 5 }
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
}
