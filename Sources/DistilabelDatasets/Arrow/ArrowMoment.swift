/// A number that counts time, and its text by ISO 8601.
enum ArrowMoment {
    /// Days, or milliseconds, since 1970: `2024-02-29`.
    case date(isDays: Bool)
    /// Since midnight: `12:30:00.5`.
    case time(perSecond: Int)
    /// Since 1970; with a time zone the instant in UTC, `2024-02-29T12:30:00Z`.
    case timestamp(perSecond: Int, hasZone: Bool)

    private static let daySeconds = 86_400

    func text(_ count: Int) -> String {
        switch self {
        case .date(let isDays): return Self.day(isDays ? count : Self.divide(count, Self.daySeconds * 1000).quotient)
        case .time(let perSecond): return Self.clock(count, perSecond: perSecond)
        case .timestamp(let perSecond, let hasZone):
            let (days, rest) = Self.divide(count, Self.daySeconds * perSecond)
            return Self.day(days) + "T" + Self.clock(rest, perSecond: perSecond) + (hasZone ? "Z" : "")
        }
    }

    /// The quotient rounded down, and what is left over.
    private static func divide(_ number: Int, _ divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    private static func clock(_ count: Int, perSecond: Int) -> String {
        let (seconds, fraction) = divide(count, perSecond)
        var text = "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
        if fraction > 0 {
            var digits = padded(fraction, String(perSecond).count - 1)
            while digits.hasSuffix("0") { digits.removeLast() }
            text += "." + digits
        }
        return text
    }

    /// The day in the Gregorian calendar, counted in eras of 400 years from the first of March of the year 0.
    private static func day(_ days: Int) -> String {
        let (era, dayOfEra) = divide(days + 719_468, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfYear - (153 * shifted + 2) / 5 + 1, 2))"
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number.magnitude)
        return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
