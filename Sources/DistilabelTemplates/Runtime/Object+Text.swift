extension Object {
    /// Python's `str`: what a template prints.
    func printed() throws(TemplateError) -> String {
        switch self {
        case .string(let text), .markup(let text): text
        case .undefined: ""
        default: try represented()
        }
    }

    /// Python's `repr`: what stands in a printed list or dictionary.
    func represented() throws(TemplateError) -> String {
        var result = ""
        try represent(into: &result)
        return result
    }

    private func represent(into result: inout String) throws(TemplateError) {
        switch self {
        case .undefined: result += "Undefined"
        case .none: result += "None"
        case .bool(let value): result += value ? "True" : "False"
        case .int(let value): result += String(value)
        case .double(let value): result += pythonText(of: value)
        case .string(let text): result += quoted(text)
        case .markup(let text): result += "Markup(\(quoted(text)))"
        case .list(let items): try Self.represent(items.values, "[", "]", into: &result)
        case .tuple(let items):
            try Self.represent(items.values, "(", items.values.count == 1 ? ",)" : ")", into: &result)
        case .dict(let pairs): try Self.represent(pairs, into: &result)
        case .view(let view):
            result += "dict_\(view.kind.rawValue)("
            try Self.represent(try view.objects(), "[", "]", into: &result)
            result += ")"
        case .range(let range):
            result += "range(\(range.start), \(range.stop)\(range.step == 1 ? "" : ", \(range.step)"))"
        case .namespace(let namespace):
            result += "<Namespace "
            try Self.represent(namespace.pairs, into: &result)
            result += ">"
        case .lazy(let items):
            throw TemplateError(.type, "the lazy result of '\(items.origin)' has no text: add '|list' or '|join'")
        case .macro(let value):
            let name = value.macro.name?.text ?? "caller"
            throw TemplateError(.type, "the macro '\(name)' is printed but not called: write \(name)()")
        case .method(let method):
            throw TemplateError(
                .type,
                "'\(method.name)' is a method of \(method.base.typeName): write .\(method.name)() to call it, or "
                    + "['\(method.name)'] for a dictionary's key")
        case .loop: throw TemplateError(.type, "the loop has no text: write loop.index, for instance")
        case .function(let function):
            throw TemplateError(.type, "the function '\(function.rawValue)' is printed but not called")
        }
    }

    private static func represent(
        _ values: [Object], _ open: String, _ close: String, into result: inout String
    ) throws(TemplateError) {
        result += open
        for (index, value) in values.enumerated() {
            if index > 0 { result += ", " }
            try value.represent(into: &result)
        }
        result += close
    }

    private static func represent(_ pairs: Pairs, into result: inout String) throws(TemplateError) {
        result += "{"
        for index in pairs.keys.indices {
            if index > 0 { result += ", " }
            try pairs.keys[index].represent(into: &result)
            result += ": "
            try pairs.values[index].represent(into: &result)
        }
        result += "}"
    }
}

/// A text in quotes as Python shows it: single quotes unless only those occur inside.
func quoted(_ text: String) -> String {
    let quote: Unicode.Scalar = text.utf8.contains(39) && !text.utf8.contains(34) ? "\"" : "'"
    var result = String.UnicodeScalarView()
    result.append(quote)
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
        case "\n": result.append(contentsOf: "\\n".unicodeScalars)
        case "\r": result.append(contentsOf: "\\r".unicodeScalars)
        case "\t": result.append(contentsOf: "\\t".unicodeScalars)
        case quote:
            result.append("\\")
            result.append(scalar)
        case _ where scalar.isPrintable: result.append(scalar)
        default:
            let (mark, width) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
            result.append(contentsOf: "\\\(mark)\(hexadecimal(scalar.value, width: width))".unicodeScalars)
        }
    }
    result.append(quote)
    return String(result)
}

/// A number in lower-case hexadecimal, filled with zeros.
func hexadecimal(_ value: UInt32, width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// A floating-point number as Python's `repr` writes it: the shortest digits that read back, an exponent below 1e-4
/// and from 1e16.
func pythonText(of value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    let (digits, point) = shortestDigits(of: value.magnitude)
    let sign = value.sign == .minus ? "-" : ""
    if point > 16 || point < -3 {
        let exponent = point - 1
        let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
        let power = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
        return "\(sign)\(digits.prefix(1))\(fraction)e\(exponent < 0 ? "-" : "+")\(power)"
    }
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    if point >= digits.count { return sign + digits + String(repeating: "0", count: point - digits.count) + ".0" }
    return sign + digits.prefix(point) + "." + digits.dropFirst(point)
}

/// The shortest decimal digits of a finite number that is not negative, with the place of the point among them.
private func shortestDigits(of value: Double) -> (digits: String, point: Int) {
    if value == 0 { return ("0", 1) }
    var text = Substring(value.description)
    var exponent = 0
    if let mark = text.firstIndex(where: { $0 == "e" || $0 == "E" }) {
        exponent = Int(text[text.index(after: mark)...]) ?? 0
        text = text[..<mark]
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let whole = parts[0] == "0" ? "" : String(parts[0])
    var digits = whole + (parts.count > 1 && parts[1] != "0" ? String(parts[1]) : "")
    var point = whole.count + exponent
    if parts.count > 1, parts[1] == "0", whole.isEmpty { digits = "0" }
    while digits.hasPrefix("0"), digits.count > 1 {
        digits.removeFirst()
        point -= 1
    }
    while digits.hasSuffix("0"), digits.count > 1 { digits.removeLast() }
    return (digits, point)
}
