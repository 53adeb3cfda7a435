extension Interpreter {
    /// Python's `format % values`.
    func percentFormat(_ format: String, with values: Object, escapes: Bool) throws(TemplateError) -> String {
        var formatter = PercentFormatter(interpreter: self, values: values, escapes: escapes)
        return try formatter.run(format.scalars)
    }
}

private struct PercentFormatter {
    let interpreter: Interpreter
    let values: Object
    let escapes: Bool
    private var next = 0
    private var usesNames = false

    init(interpreter: Interpreter, values: Object, escapes: Bool) {
        self.interpreter = interpreter
        self.values = values
        self.escapes = escapes
    }

    private var positional: [Object] {
        if case .tuple(let items) = values { items.values } else { [values] }
    }

    private func error(_ message: String) -> TemplateError { TemplateError(.value, "format: " + message) }

    mutating func run(_ format: [Unicode.Scalar]) throws(TemplateError) -> String {
        var result = ""
        var index = 0
        while index < format.count {
            guard format[index] == "%" else {
                result.unicodeScalars.append(format[index])
                index += 1
                continue
            }
            index += 1
            let part = try conversion(format, &index)
            try interpreter.chargeText(result.utf8.count + part.utf8.count, adding: part.utf8.count)
            result += part
        }
        if case .dict = values { return result }
        if !usesNames, next < positional.count { throw error("more values than the format has places for") }
        return result
    }

    private mutating func conversion(_ format: [Unicode.Scalar], _ index: inout Int) throws(TemplateError) -> String {
        var named: Object?
        if index < format.count, format[index] == "(" {
            guard let close = format[index...].firstIndex(of: ")") else { throw error("')' is missing") }
            let key = String(format[(index + 1)..<close])
            guard case .dict(let pairs) = values else { throw error("names need a dict") }
            guard let value = pairs[key] else { throw error("there is no value for '\(key)'") }
            named = value
            usesNames = true
            index = close + 1
        }
        var flags: Set<Unicode.Scalar> = []
        while index < format.count, "-+ #0".unicodeScalars.contains(format[index]) {
            flags.insert(format[index])
            index += 1
        }
        var width = try number(format, &index) ?? 0
        if width < 0 {
            flags.insert("-")
            width = width == Int.min ? 0 : -width
        }
        var precision: Int?
        if index < format.count, format[index] == "." {
            index += 1
            precision = max(0, try number(format, &index) ?? 0)
        }
        guard max(width, precision ?? 0) <= 100_000 else {
            throw TemplateError(.limit, "format: a width or precision is above 100000")
        }
        while index < format.count, "hlL".unicodeScalars.contains(format[index]) { index += 1 }
        guard index < format.count else {
            throw error("a conversion such as %s is cut off; write %% for a percent sign")
        }
        let type = format[index]
        index += 1
        if type == "%" { return "%" }
        let value = if let named { named } else { try take() }
        let (prefix, body) = try convert(value, type, flags, precision)
        return try pad(prefix, body, width, flags, isNumber: !"sracC".unicodeScalars.contains(type))
    }

    private mutating func take() throws(TemplateError) -> Object {
        guard next < positional.count else { throw error("fewer values than the format has places for") }
        next += 1
        return positional[next - 1]
    }

    private mutating func number(_ format: [Unicode.Scalar], _ index: inout Int) throws(TemplateError) -> Int? {
        if index < format.count, format[index] == "*" {
            index += 1
            guard let value = interpreter.intValue(try take()) else { throw error("'*' takes an integer") }
            return value
        }
        let start = index
        while index < format.count, format[index].isASCIIDigit { index += 1 }
        if start == index { return nil }
        return Int(String(format[start..<index])) ?? Int.max
    }

    private func convert(
        _ value: Object, _ type: Unicode.Scalar, _ flags: Set<Unicode.Scalar>, _ precision: Int?
    ) throws(TemplateError) -> (prefix: String, body: String) {
        switch type {
        case "s", "r", "a":
            var text = type == "s" ? try interpreter.printedText(value) : try interpreter.representedText(value)
            if type == "a" { text = asciiOnly(text) }
            if escapes, !interpreter.isMarkup(value) { text = escaped(text) }
            return ("", precision.map { String(text.unicodeScalars.prefix($0)) } ?? text)
        case "c":
            if let code = interpreter.intValue(value), let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init) {
                return ("", String(scalar))
            }
            guard let text = value.text, text.unicodeScalars.count == 1 else { throw error("%c takes one character") }
            return ("", text)
        case "d", "i", "u": return try whole(value, flags, precision, radix: 10, type)
        case "o": return try whole(value, flags, precision, radix: 8, type)
        case "x", "X": return try whole(value, flags, precision, radix: 16, type)
        case "e", "E", "f", "F", "g", "G":
            guard let number = Number(value)?.double else {
                throw error("%\(type) takes a number, not \(value.typeName)")
            }
            let body = formatted(number, as: type, precision: precision ?? 6, isAlternate: flags.contains("#"))
            return (sign(number.sign == .minus && !number.isNaN, flags), body)
        default: throw error("there is no conversion %\(type); write %% for a percent sign")
        }
    }

    private func sign(_ isNegative: Bool, _ flags: Set<Unicode.Scalar>) -> String {
        isNegative ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : ""
    }

    private func whole(
        _ value: Object, _ flags: Set<Unicode.Scalar>, _ precision: Int?, radix: Int, _ type: Unicode.Scalar
    ) throws(TemplateError) -> (prefix: String, body: String) {
        let number: Int
        switch Number(value) {
        case .int(let value)?: number = value
        case .double(let value)? where radix == 10:
            guard let whole = Int(exactly: value.rounded(.towardZero)) else { throw interpreter.tooLarge }
            number = whole
        default: throw error("%\(type) takes an integer, not \(value.typeName)")
        }
        var digits = String(number.magnitude, radix: radix, uppercase: type == "X")
        if let precision { digits = String(repeating: "0", count: max(0, precision - digits.count)) + digits }
        let mark = flags.contains("#") ? (radix == 16 ? "0\(type)" : radix == 8 ? "0o" : "") : ""
        return (sign(number < 0, flags) + mark, digits)
    }

    private func pad(
        _ prefix: String, _ body: String, _ width: Int, _ flags: Set<Unicode.Scalar>, isNumber: Bool
    ) throws(TemplateError) -> String {
        let missing = max(0, width - prefix.unicodeScalars.count - body.unicodeScalars.count)
        if flags.contains("-") { return prefix + body + (try interpreter.repeated(" ", missing)) }
        if flags.contains("0"), isNumber { return prefix + (try interpreter.repeated("0", missing)) + body }
        return try interpreter.repeated(" ", missing) + prefix + body
    }
}

/// Escapes what is not ASCII as Python's `ascii` does.
func asciiOnly(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        if scalar.isASCII {
            result.unicodeScalars.append(scalar)
        } else {
            let (mark, width) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
            result += "\\\(mark)" + hexadecimal(scalar.value, width: width)
        }
    }
    return result
}
