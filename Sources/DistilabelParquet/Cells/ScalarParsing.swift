extension ParquetScalar {
    /// The value of a type that a text spells, in the forms of ``description``; nil where it spells none.
    ///
    /// A timestamp may have a space for its `T` and an offset such as `+02:00` for its `Z`. Digits beyond the unit or the
    /// scale of the type must be zeros.
    public init?(parsing text: String, as type: ParquetType) {
        var scanner = ScalarScanner(text.utf8)
        let found: ParquetScalar?
        switch type {
        case .date: found = scanner.day().flatMap { Int32(exactly: $0.days) }.map { .date(days: $0) }
        case .time(let unit, _): found = scanner.clock(unit).map { .time($0, unit) }
        case .timestamp(let unit, let isUTC): found = scanner.timestamp(unit, isUTC: isUTC)
        case .decimal(_, let scale): found = scanner.decimal(scale)
        case .uuid: found = scanner.uuid()
        default: found = nil
        }
        guard let found, scanner.isAtEnd else { return nil }
        self = found
    }
}

/// Reads the texts of scalars from left to right.
struct ScalarScanner {
    private let text: [UInt8]
    private var position = 0

    init(_ text: String.UTF8View) { self.text = Array(text) }

    var isAtEnd: Bool { position == text.count }

    private mutating func take(_ characters: String) -> Bool {
        guard position < text.count, characters.utf8.contains(text[position]) else { return false }
        position += 1
        return true
    }

    private mutating func number(_ digits: ClosedRange<Int>) -> Int64? {
        var value: Int64 = 0
        var count = 0
        while position < text.count, (48...57).contains(text[position]), count < digits.upperBound {
            value = value * 10 + Int64(text[position] - 48)
            position += 1
            count += 1
        }
        return count >= digits.lowerBound ? value : nil
    }

    mutating func day() -> CivilDay? {
        let isNegative = take("-")
        let isSigned = isNegative || take("+")
        guard let year = number(4...(isSigned ? 7 : 4)), take("-"), let month = number(2...2), take("-"),
            let day = number(2...2)
        else { return nil }
        return CivilDay(year: isNegative ? -year : year, month: month, day: day)
    }

    mutating func clock(_ unit: ParquetTimeUnit) -> Int64? {
        guard let hours = number(2...2), hours < 24, take(":"), let minutes = number(2...2), minutes < 60 else {
            return nil
        }
        var seconds = hours * 3600 + minutes * 60
        if take(":") {
            guard let rest = number(2...2), rest < 60 else { return nil }
            seconds += rest
        }
        var ticks = seconds * unit.ticksPerSecond
        if take(".") {
            var place = unit.ticksPerSecond / 10
            guard var digit = number(1...1) else { return nil }
            while true {
                if place == 0, digit != 0 { return nil }
                ticks += digit * place
                place /= 10
                guard let next = number(1...1) else { break }
                digit = next
            }
        }
        return ticks
    }

    mutating func timestamp(_ unit: ParquetTimeUnit, isUTC: Bool) -> ParquetScalar? {
        guard let day = day() else { return nil }
        var ticks: Int64 = 0
        if take("Tt ") {
            guard let clock = clock(unit) else { return nil }
            ticks = clock
        }
        if !take("Zz"), position < text.count {
            let isBehind = take("-")
            guard isBehind || take("+"), let hours = number(2...2) else { return nil }
            _ = take(":")
            let minutes = number(2...2) ?? 0
            ticks += (hours * 60 + minutes) * 60 * unit.ticksPerSecond * (isBehind ? 1 : -1)
        }
        let (midnight, overflow) = day.days.multipliedReportingOverflow(by: 86_400 * unit.ticksPerSecond)
        let (sum, overflows) = midnight.addingReportingOverflow(ticks)
        return overflow || overflows ? nil : .timestamp(sum, unit, isUTC: isUTC)
    }

    mutating func decimal(_ scale: Int) -> ParquetScalar? {
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        var value: Int128 = 0
        var fraction: Int?
        var digits = 0
        while position < text.count {
            if fraction == nil, take(".") {
                fraction = 0
                continue
            }
            guard let digit = number(1...1) else { return nil }
            digits += 1
            if let places = fraction {
                // Digits that the type has no place for may only be zeros.
                if places >= scale {
                    guard digit == 0 else { return nil }
                    continue
                }
                fraction = places + 1
            }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflows) = product.addingReportingOverflow(Int128(digit))
            if overflow || overflows { return nil }
            value = sum
        }
        guard digits > 0 else { return nil }
        for _ in (fraction ?? 0)..<max(scale, fraction ?? 0) {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            value = product
        }
        return .decimal(ParquetDecimal(unscaled: isNegative ? -value : value, scale: scale))
    }

    mutating func uuid() -> ParquetScalar? {
        var words: [UInt64] = [0, 0]
        var digits = 0
        while position < text.count, digits < 32 {
            if [8, 12, 16, 20].contains(digits), take("-") { continue }
            guard let digit = Character(Unicode.Scalar(text[position])).hexDigitValue else { return nil }
            words[digits / 16] = words[digits / 16] << 4 | UInt64(digit)
            digits += 1
            position += 1
        }
        return digits == 32 ? .uuid(words[0], words[1]) : nil
    }
}
