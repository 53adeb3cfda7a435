/// Numbers as people read them.
enum NumberText {
    /// `12,345`.
    static func whole(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var text = ""
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.count - position) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return (number < 0 ? "-" : "") + text
    }

    /// `1 row`, `12,345 rows`.
    static func count(_ number: Int, _ noun: String) -> String { "\(whole(number)) \(noun)\(number == 1 ? "" : "s")" }

    /// A number with as many digits as say something: `12,345`, `1,234.6`, `3.25`, `0.00012`.
    static func decimal(_ number: Double) -> String {
        if number == number.rounded(), let whole = Int(exactly: number), whole.magnitude < 1_000_000_000_000_000 {
            return self.whole(whole)
        }
        let size = abs(number)
        guard number.isFinite, size >= 0.001, size < 1e15 else { return short(number) }
        return fixed(number, digits: size >= 100 ? 1 : size >= 1 ? 2 : 4, trimmed: true)
    }

    /// A share of all as a percentage: `12.3 %`.
    static func share(_ part: Int, of all: Int) -> String {
        all > 0 ? percent(Double(part) / Double(all)) : "–"
    }

    /// A part of one as a percentage; what is not quite none or all is not written as such.
    static func percent(_ part: Double) -> String {
        if part > 0, part < 0.001 { return "<0.1 %" }
        if part < 1, part > 0.999 { return ">99.9 %" }
        return fixed(part * 100, digits: 1, trimmed: false) + " %"
    }

    /// A number with some digits behind the point.
    static func fixed(_ number: Double, digits: Int, trimmed: Bool) -> String {
        let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
        let scaled = (abs(number) * scale).rounded()
        guard let units = Int(exactly: scaled), let unit = Int(exactly: scale) else { return short(number) }
        var behind = String(units % unit)
        behind = String(repeating: "0", count: max(0, digits - behind.count)) + behind
        if trimmed { while behind.last == "0" { behind.removeLast() } }
        let sign = number < 0 && units > 0 ? "-" : ""
        return sign + whole(units / unit) + (behind.isEmpty || digits == 0 ? "" : "." + behind)
    }

    /// Three digits and a power of ten.
    private static func short(_ number: Double) -> String {
        guard number.isFinite, number != 0 else { return String(number) }
        var mantissa = abs(number)
        var power = 0
        while mantissa >= 10, power < 400 { (mantissa, power) = (mantissa / 10, power + 1) }
        while mantissa < 1, power > -400 { (mantissa, power) = (mantissa * 10, power - 1) }
        return (number < 0 ? "-" : "") + fixed(mantissa, digits: 2, trimmed: true) + "e\(power)"
    }

    /// What a bin of a histogram holds: `3`, `10–20`, `≥ 500`.
    static func range(_ bin: Distribution.Bin) -> String {
        if bin.lower == bin.upper { return decimal(bin.lower) }
        return bin.isTail ? "≥ " + decimal(bin.lower) : decimal(bin.lower) + "–" + decimal(bin.upper)
    }
}
