extension Interpreter {
    /// Python's `str.format`.
    func braceFormat(
        _ format: String, _ positional: [Object], _ named: [(name: String, value: Object)]
    ) throws(TemplateError) -> String {
        var formatter = BraceFormatter(interpreter: self, positional: positional, named: named)
        return try formatter.run(format.scalars, level: 0)
    }
}

private struct BraceFormatter {
    let interpreter: Interpreter
    let positional: [Object]
    let named: [(name: String, value: Object)]
    private var next = 0

    init(interpreter: Interpreter, positional: [Object], named: [(name: String, value: Object)]) {
        self.interpreter = interpreter
        self.positional = positional
        self.named = named
    }

    private func error(_ message: String) -> TemplateError { TemplateError(.value, "format: " + message) }

    mutating func run(_ format: [Unicode.Scalar], level: Int) throws(TemplateError) -> String {
        guard level < 2 else { throw error("fields nest too deep") }
        var result = ""
        var index = 0
        while index < format.count {
            let scalar = format[index]
            let doubles = index + 1 < format.count && format[index + 1] == scalar
            if scalar == "{" || scalar == "}", doubles {
                result.unicodeScalars.append(scalar)
                index += 2
            } else if scalar == "{" {
                let field = try fieldEnd(format, from: index + 1)
                let part = try replacement(Array(format[(index + 1)..<field]), level: level)
                try interpreter.chargeText(result.utf8.count + part.utf8.count, adding: part.utf8.count)
                result += part
                index = field + 1
            } else if scalar == "}" {
                throw error("a single '}' stands in the text: write '}}'")
            } else {
                result.unicodeScalars.append(scalar)
                index += 1
            }
        }
        return result
    }

    private func fieldEnd(_ format: [Unicode.Scalar], from start: Int) throws(TemplateError) -> Int {
        var depth = 1
        for index in start..<format.count {
            if format[index] == "{" { depth += 1 }
            if format[index] == "}" { depth -= 1 }
            if depth == 0 { return index }
        }
        throw error("a '{' is not closed: write '{{' for the character")
    }

    private mutating func replacement(_ field: [Unicode.Scalar], level: Int) throws(TemplateError) -> String {
        let specStart = field.firstIndex(of: ":") ?? field.count
        var path = field[..<specStart]
        var conversion: Unicode.Scalar?
        if let mark = path.firstIndex(of: "!") {
            guard mark + 2 == specStart else { throw error("'!' is followed by r, s or a") }
            conversion = path[mark + 1]
            path = path[..<mark]
        }
        var value = try lookUp(Array(path))
        switch conversion {
        case nil: break
        case "s": value = .string(try interpreter.printedText(value))
        case "r": value = .string(try interpreter.representedText(value))
        case "a": value = .string(asciiOnly(try interpreter.representedText(value)))
        case let other?: throw error("there is no conversion '!\(other)'")
        }
        let spec = specStart < field.count ? try run(Array(field[(specStart + 1)...]), level: level + 1) : ""
        return spec.isEmpty ? try interpreter.printedText(value) : try FormatSpec(spec).apply(value, interpreter)
    }

    private mutating func lookUp(_ path: [Unicode.Scalar]) throws(TemplateError) -> Object {
        let end = path.firstIndex { $0 == "." || $0 == "[" } ?? path.count
        let first = String(path[..<end])
        var value: Object
        if first.isEmpty || Int(first) != nil {
            let index = Int(first) ?? next
            if first.isEmpty { next += 1 }
            guard positional.indices.contains(index) else { throw error("there is no value \(index)") }
            value = positional[index]
        } else {
            guard let pair = named.first(where: { $0.name == first }) else { throw error("there is no '\(first)'") }
            value = pair.value
        }
        var index = end
        while index < path.count {
            if path[index] == "[" {
                guard let close = path[index...].firstIndex(of: "]") else { throw error("']' is missing") }
                let key = String(path[(index + 1)..<close])
                value = try interpreter.item(Int(key).map { .int($0) } ?? .string(key), of: value)
                index = close + 1
            } else {
                throw error("attributes in fields are not supported in prompts: use [key]")
            }
            if value.isUndefined { throw error("'\(String(path))' has no value") }
        }
        return value
    }
}

/// A format specification such as `>10.2f`.
private struct FormatSpec {
    var fill = " "
    var alignment: Unicode.Scalar?
    var sign: Unicode.Scalar = "-"
    var isAlternate = false
    var width = 0
    var grouping: String?
    var precision: Int?
    var type: Unicode.Scalar?

    init(_ text: String) throws(TemplateError) {
        var rest = text.scalars[...]
        let alignments = "<>^=".unicodeScalars
        if rest.count > 1, alignments.contains(rest[rest.startIndex + 1]) {
            fill = String(rest.removeFirst())
            alignment = rest.removeFirst()
        } else if let first = rest.first, alignments.contains(first) {
            alignment = rest.removeFirst()
        }
        if let first = rest.first, "+- ".unicodeScalars.contains(first) { sign = rest.removeFirst() }
        if rest.first == "#" {
            isAlternate = true
            rest.removeFirst()
        }
        if rest.first == "0" {
            rest.removeFirst()
            if alignment == nil {
                fill = "0"
                alignment = "="
            }
        }
        width = try Self.number(&rest) ?? 0
        if rest.first == "," || rest.first == "_" { grouping = String(rest.removeFirst()) }
        if rest.first == "." {
            rest.removeFirst()
            guard let digits = try Self.number(&rest) else {
                throw TemplateError(.value, "format: the precision is missing in '\(text)'")
            }
            precision = digits
        }
        type = rest.popFirst()
        guard rest.isEmpty else { throw TemplateError(.value, "format: '\(text)' is no format") }
    }

    private static func number(_ rest: inout ArraySlice<Unicode.Scalar>) throws(TemplateError) -> Int? {
        let digits = rest.prefix { $0.isASCIIDigit }
        if digits.isEmpty { return nil }
        rest = rest.dropFirst(digits.count)
        guard let value = Int(String(digits)), value <= 100_000 else {
            throw TemplateError(.limit, "format: a width or precision is above 100000")
        }
        return value
    }

    func apply(_ value: Object, _ interpreter: Interpreter) throws(TemplateError) -> String {
        switch value {
        case .string(let text), .markup(let text):
            guard type == nil || type == "s", alignment != "=", grouping == nil, sign == "-" else {
                throw TemplateError(.type, "format: a str takes no number's format")
            }
            let cut = precision.map { String(text.unicodeScalars.prefix($0)) } ?? text
            return pad("", cut, "<")
        case .bool where type == nil || type == "s":
            if type == "s" { throw TemplateError(.type, "format: a bool takes no 's'") }
            return try number(value, interpreter)
        case .bool, .int, .double: return try number(value, interpreter)
        default: throw TemplateError(.type, "format: \(value.typeName) takes no format: add '!s'")
        }
    }

    private func number(_ value: Object, _ interpreter: Interpreter) throws(TemplateError) -> String {
        guard let number = Number(value) else { return "" }
        if case .int(let whole) = number, "dbcoxXn".unicodeScalars.contains(type ?? "d") { return try integer(whole) }
        let double = number.double
        let isNegative = double.sign == .minus && !double.isNaN
        var body: String
        switch type {
        case nil:
            if let precision {
                body = formatted(double, as: "g", precision: max(1, precision), isAlternate: isAlternate)
                // Without a type Python writes at least one digit after the point.
                if body.utf8.allSatisfy({ 48...57 ~= $0 }) {
                    body =
                        body.utf8.count >= max(1, precision)
                        ? formatted(double, as: "e", precision: max(1, precision) - 1) : body + ".0"
                }
            } else {
                body = pythonText(of: double.magnitude)
            }
        case "e"?, "E"?, "f"?, "F"?, "g"?, "G"?:
            body = formatted(double, as: type ?? "f", precision: precision ?? 6, isAlternate: isAlternate)
        case "n"?: body = formatted(double, as: "g", precision: precision ?? 6, isAlternate: isAlternate)
        case "%"?:
            body = formatted(double * 100, as: "f", precision: precision ?? 6, isAlternate: isAlternate) + "%"
        case let type?: throw TemplateError(.type, "format: there is no format '\(type)' for a float")
        }
        return pad(mark(isNegative), grouped(body), ">")
    }

    private func integer(_ value: Int) throws(TemplateError) -> String {
        if precision != nil { throw TemplateError(.value, "format: an int takes no precision") }
        let magnitude = value.magnitude
        switch type {
        case "b"?: return pad(mark(value < 0) + (isAlternate ? "0b" : ""), grouped(String(magnitude, radix: 2), 4), ">")
        case "o"?: return pad(mark(value < 0) + (isAlternate ? "0o" : ""), grouped(String(magnitude, radix: 8), 4), ">")
        case "x"?, "X"?:
            let digits = String(magnitude, radix: 16, uppercase: type == "X")
            return pad(mark(value < 0) + (isAlternate ? "0\(type ?? "x")" : ""), grouped(digits, 4), ">")
        case "c"?:
            guard let scalar = UInt32(exactly: value).flatMap(Unicode.Scalar.init) else {
                throw TemplateError(.value, "format: \(value) is no character")
            }
            return pad("", String(scalar), "<")
        default: return pad(mark(value < 0), grouped(String(magnitude)), ">")
        }
    }

    private func mark(_ isNegative: Bool) -> String {
        isNegative ? "-" : sign == "-" ? "" : String(sign)
    }

    private func grouped(_ text: String, _ size: Int = 3) -> String {
        guard let grouping else { return text }
        let digits = Array(text.prefix { $0.isASCII && $0.isHexDigit && $0 != "e" })
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % size == 0 { result += grouping }
            result.append(digit)
        }
        return result + text.dropFirst(digits.count)
    }

    private func pad(_ prefix: String, _ body: String, _ fallback: Unicode.Scalar) -> String {
        let missing = max(0, width - prefix.unicodeScalars.count - body.unicodeScalars.count)
        func filled(_ count: Int) -> String { String(repeating: fill, count: count) }
        switch alignment ?? fallback {
        case "<": return prefix + body + filled(missing)
        case "=": return prefix + filled(missing) + body
        case "^": return filled(missing / 2) + prefix + body + filled(missing - missing / 2)
        default: return filled(missing) + prefix + body
        }
    }
}
