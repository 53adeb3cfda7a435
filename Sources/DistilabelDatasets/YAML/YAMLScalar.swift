internal import DistilabelValues

/// What plain scalars stand for, by the implicit resolvers of YAML 1.1 as PyYAML has them.
enum YAMLScalar {
    /// The value of a plain scalar; a text where nothing else fits.
    static func resolve(_ text: String) -> Value {
        guard let first = text.utf8.first else { return .null }
        switch first {
        case UInt8(ascii: "~"): return text == "~" ? .null : .string(text)
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            return float(text) ?? integer(text) ?? .string(text)
        default:
            if text.utf8.count > 5 { return .string(text) }
            if ["null", "Null", "NULL"].contains(text) { return .null }
            return bool(text) ?? .string(text)
        }
    }

    /// Whether a plain scalar of this text would be read as something other than this text.
    ///
    /// That includes dates and times, which are text to us but not to PyYAML, and forms that only YAML 1.2 takes for
    /// numbers.
    static func isAmbiguous(_ text: String) -> Bool {
        if case .string = resolve(text) {} else { return true }
        guard let first = text.utf8.first else { return true }
        let startsLikeNumber =
            (0x30...0x39).contains(first) || [UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains(first)
        if startsLikeNumber {
            // Every number and date of YAML 1.1 and 1.2 is made of these.
            return text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
                    UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
                    UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "x"), UInt8(ascii: "o"), UInt8(ascii: "T"),
                    UInt8(ascii: "t"), UInt8(ascii: "Z"), UInt8(ascii: " "):
                    true
                default: false
                }
            }
        }
        return ["=", "<<", "y", "Y", "n", "N"].contains(text)
    }

    static func bool(_ text: String) -> Value? {
        switch text {
        case "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": .bool(true)
        case "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": .bool(false)
        default: nil
        }
    }

    /// Decimal, `0x`, `0b`, octal behind a nought, and base 60; underscores are skipped.
    static func integer(_ text: String) -> Value? {
        var digits = Substring(text)
        let isNegative = digits.first == "-"
        if isNegative || digits.first == "+" { digits.removeFirst() }
        guard let first = digits.utf8.first, isDigit(first) else { return nil }
        let plain = digits.filter { $0 != "_" }
        if digits == "0" { return .int(0) }
        if digits.hasPrefix("0b") { return number(plain.dropFirst(2), radix: 2, isNegative) }
        if digits.hasPrefix("0x") { return number(plain.dropFirst(2), radix: 16, isNegative) }
        if first == UInt8(ascii: "0") {
            return plain.dropFirst().isEmpty ? .int(0) : number(plain.dropFirst(), radix: 8, isNegative)
        }
        if digits.utf8.contains(UInt8(ascii: ":")) {
            guard let parts = sexagesimal(digits, lastMayBeFraction: false) else { return nil }
            let total = parts.reduce(0.0) { $0 * 60 + $1 }
            return value(Double(isNegative ? -1 : 1) * total, exact: parts)
        }
        return number(plain[...], radix: 10, isNegative)
    }

    /// Numbers with a point, base 60 with a point, infinities and NaN.
    ///
    /// An exponent needs a point before it and a sign behind its `e`.
    static func float(_ text: String) -> Value? {
        var body = Substring(text)
        let isNegative = body.first == "-"
        let isSigned = isNegative || body.first == "+"
        if isSigned { body.removeFirst() }
        switch body {
        case ".inf", ".Inf", ".INF": return .double(isNegative ? -.infinity : .infinity)
        case ".nan", ".NaN", ".NAN": return isSigned ? nil : .double(.nan)
        default: break
        }
        guard let point = body.firstIndex(of: ".") else { return nil }
        let sign: Double = isNegative ? -1 : 1
        let whole = body[..<point]
        if whole.utf8.contains(UInt8(ascii: ":")) {
            guard let parts = sexagesimal(body, lastMayBeFraction: true) else { return nil }
            return .double(sign * parts.reduce(0.0) { $0 * 60 + $1 })
        }
        let behind = body[body.index(after: point)...]
        let fraction = behind.prefix { isDigitOrUnderscore($0) }
        let exponent = behind[fraction.endIndex...]
        guard whole.allSatisfy(isDigitOrUnderscore), whole.first != "_", fits(exponent: exponent) else { return nil }
        // Without digits before the point there is neither a sign nor a number that begins with an underscore.
        if whole.isEmpty, isSigned || fraction.first.map({ !isDigit($0) }) ?? true { return nil }
        let plain = (whole.isEmpty ? "0" : whole) + "." + (fraction.isEmpty ? "0" : fraction) + exponent
        let cleaned = plain.filter { $0 != "_" }
        return Double(cleaned.hasSuffix(".") ? cleaned + "0" : cleaned.replacingPoint()).map { .double(sign * $0) }
    }

    private static func fits(exponent: Substring) -> Bool {
        guard let mark = exponent.first else { return true }
        guard mark == "e" || mark == "E" else { return false }
        let rest = exponent.dropFirst()
        guard rest.first == "+" || rest.first == "-" else { return false }
        return rest.count > 1 && rest.dropFirst().allSatisfy { isDigit($0) }
    }

    /// The parts of `190:20:30` or `190:20:30.15`, the first of any size, the others below 60.
    private static func sexagesimal(_ digits: Substring, lastMayBeFraction: Bool) -> [Double]? {
        let parts = digits.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count > 1, let head = parts.first, let first = head.first, isDigit(first),
            lastMayBeFraction || first != "0", head.allSatisfy(isDigitOrUnderscore)
        else { return nil }
        for (position, part) in parts.enumerated() where position > 0 {
            var whole = part
            if lastMayBeFraction, position == parts.count - 1 {
                guard let point = part.firstIndex(of: ".") else { return nil }
                guard part[part.index(after: point)...].allSatisfy(isDigitOrUnderscore) else { return nil }
                whole = part[..<point]
            }
            guard (1...2).contains(whole.count), whole.allSatisfy({ isDigit($0) }) else { return nil }
            if whole.count == 2, let tens = whole.first, tens > "5" { return nil }
        }
        return parts.map { part in
            let text = part.filter { $0 != "_" }
            return Double(text.hasSuffix(".") ? text + "0" : text) ?? 0
        }
    }

    private static func value(_ total: Double, exact parts: [Double]) -> Value {
        total.magnitude < 9e15 ? .int(Int(total)) : .double(total)
    }

    private static func number(_ digits: Substring, radix: Int, _ isNegative: Bool) -> Value? {
        guard !digits.isEmpty, digits.utf8.allSatisfy({ isAlphanumeric($0) }) else { return nil }
        if let value = Int((isNegative ? "-" : "") + digits, radix: radix) { return .int(value) }
        var total = 0.0
        for digit in digits {
            guard let place = digit.hexDigitValue, place < radix else { return nil }
            total = total * Double(radix) + Double(place)
        }
        if radix == 10, let exact = Double(digits) { total = exact }
        return .double(isNegative ? -total : total)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isDigit(_ character: Character) -> Bool { character >= "0" && character <= "9" }
    private static func isDigitOrUnderscore(_ character: Character) -> Bool { isDigit(character) || character == "_" }
}

extension String {
    /// This text with a nought behind a point that has no digit behind it, which Swift's `Double` wants.
    fileprivate func replacingPoint() -> String {
        guard let point = firstIndex(of: ".") else { return self }
        let next = index(after: point)
        if next < endIndex, self[next].isNumber { return self }
        return self[..<next] + "0" + self[next...]
    }
}
