/// The length of one tick of a time or timestamp.
public enum ParquetTimeUnit: Hashable, Sendable {
    /// Thousandths of a second.
    case milliseconds
    /// Millionths of a second.
    case microseconds
    /// Thousand-millionths of a second.
    case nanoseconds

    /// Ticks in a second.
    public var ticksPerSecond: Int64 {
        switch self {
        case .milliseconds: 1000
        case .microseconds: 1_000_000
        case .nanoseconds: 1_000_000_000
        }
    }

    /// The digits of a second's fraction.
    var digits: Int {
        switch self {
        case .milliseconds: 3
        case .microseconds: 6
        case .nanoseconds: 9
        }
    }
}

/// A decimal number: whole digits and where the point stands in them.
public struct ParquetDecimal: Hashable, Sendable {
    /// The digits as a whole number, with its sign.
    public var unscaled: Int128
    /// How many of the digits stand after the point.
    public var scale: Int

    /// Makes `unscaled` divided by ten to the power of `scale`.
    public init(unscaled: Int128, scale: Int) {
        self.unscaled = unscaled
        self.scale = scale
    }
}

/// A value of a type that is kept as a number or as bytes but means something else.
public enum ParquetScalar: Hashable, Sendable {
    /// A day, counted from 1 January 1970 in the proleptic Gregorian calendar.
    case date(days: Int32)
    /// A time of day, in ticks since midnight.
    case time(Int64, ParquetTimeUnit)
    /// A moment, in ticks since 1 January 1970; of a clock somewhere unless it is UTC.
    case timestamp(Int64, ParquetTimeUnit, isUTC: Bool)
    /// A decimal number.
    indirect case decimal(ParquetDecimal)
    /// A UUID, its first eight and its last eight bytes read as numbers, the highest byte first.
    case uuid(UInt64, UInt64)
    /// A whole number beyond the largest signed one of 64 bits.
    case unsigned(UInt64)
    /// A span of time whose three parts are not converted into one another.
    case interval(months: UInt32, days: UInt32, milliseconds: UInt32)
}

extension ParquetScalar: CustomStringConvertible {
    /// The value as text.
    ///
    /// ISO 8601 for dates, times, timestamps (`2024-02-29T12:00:00.5Z`) and intervals, digits for numbers, the usual form
    /// for a UUID. A fraction of a second ends with its last digit that is not zero.
    public var description: String {
        switch self {
        case .date(let days): return CivilDay(Int64(days)).text
        case .time(let ticks, let unit): return Self.clock(ticks, unit)
        case .timestamp(let ticks, let unit, let isUTC):
            let perDay = unit.ticksPerSecond * 86_400
            var day = ticks / perDay
            var rest = ticks % perDay
            if rest < 0 {
                rest += perDay
                day -= 1
            }
            return "\(CivilDay(day).text)T\(Self.clock(rest, unit))\(isUTC ? "Z" : "")"
        case .decimal(let value): return value.description
        case .uuid(let high, let low):
            let digits = Self.hexadecimal(high) + Self.hexadecimal(low)
            let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { range in
                String(digits.dropFirst(range.lowerBound).prefix(range.count))
            }
            return parts.joined(separator: "-")
        case .unsigned(let value): return String(value)
        case .interval(let months, let days, let milliseconds):
            let seconds = Self.fraction(Int64(milliseconds % 1000), 3)
            return "P\(months)M\(days)DT\(milliseconds / 1000)\(seconds)S"
        }
    }

    private static func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func clock(_ ticks: Int64, _ unit: ParquetTimeUnit) -> String {
        let seconds = ticks / unit.ticksPerSecond
        let rest = ticks % unit.ticksPerSecond
        let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { CivilDay.padded($0, 2) }
        return parts.joined(separator: ":") + fraction(rest, unit.digits)
    }

    private static func fraction(_ ticks: Int64, _ digits: Int) -> String {
        if ticks == 0 { return "" }
        var text = CivilDay.padded(ticks, digits)
        while text.hasSuffix("0") { text.removeLast() }
        return "." + text
    }
}

extension ParquetDecimal: CustomStringConvertible {
    /// The number in digits, with exactly ``scale`` of them after the point.
    public var description: String {
        var digits = String(unscaled.magnitude)
        if scale > 0 {
            if digits.count <= scale { digits = String(repeating: "0", count: scale + 1 - digits.count) + digits }
            digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -scale))
        } else if scale < 0, unscaled != 0 {
            digits += String(repeating: "0", count: -scale)
        }
        return unscaled < 0 ? "-" + digits : digits
    }
}
