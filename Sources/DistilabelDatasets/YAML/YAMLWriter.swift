internal import DistilabelValues

/// Writes a value in block style.
struct YAMLWriter {
    private(set) var output = ""

    mutating func document(_ value: Value) {
        switch value {
        case .object(let object) where !object.isEmpty: mapping(object, indent: 0)
        case .array(let elements) where !elements.isEmpty: sequence(elements, indent: 0)
        default:
            scalar(value, indent: 0)
            output += "\n"
        }
    }

    /// Writes the pairs, each on lines of its own; the first begins where the output ends.
    private mutating func mapping(_ object: Value.Object, indent: Int) {
        for (position, (key, value)) in object.enumerated() {
            if position > 0 { pad(indent) }
            writeKey(key, indent: indent)
            switch value {
            case .object(let inner) where !inner.isEmpty:
                output += "\n"
                pad(indent + 2)
                mapping(inner, indent: indent + 2)
            case .array(let elements) where !elements.isEmpty:
                output += "\n"
                pad(indent + 2)
                sequence(elements, indent: indent + 2)
            default:
                output += " "
                scalar(value, indent: indent)
                output += "\n"
            }
        }
    }

    private mutating func sequence(_ elements: [Value], indent: Int) {
        for (position, value) in elements.enumerated() {
            if position > 0 { pad(indent) }
            output += "- "
            switch value {
            case .object(let inner) where !inner.isEmpty: mapping(inner, indent: indent + 2)
            case .array(let inner) where !inner.isEmpty: sequence(inner, indent: indent + 2)
            default:
                scalar(value, indent: indent)
                output += "\n"
            }
        }
    }

    /// Writes a key and its colon; a long one in the explicit form, since readers give up looking for the colon.
    private mutating func writeKey(_ key: String, indent: Int) {
        let text = YAMLText.oneLine(key)
        guard text.utf8.count > 120 else {
            output += text + ":"
            return
        }
        output += "? " + text + "\n"
        pad(indent)
        output += ":"
    }

    private mutating func scalar(_ value: Value, indent: Int) {
        switch value {
        case .null: output += "null"
        case .bool(let value): output += value ? "true" : "false"
        case .int(let value): output += String(value)
        case .double(let value): output += Self.text(of: value)
        case .string(let value):
            if let lines = YAMLText.literal(value) {
                output += lines.header
                for line in lines.lines {
                    output += "\n"
                    // A line without content gets no indentation, so that no line ends in spaces of ours.
                    if !line.isEmpty {
                        pad(indent + 2)
                        output += line
                    }
                }
            } else {
                output += YAMLText.oneLine(value)
            }
        case .array: output += "[]"
        case .object: output += "{}"
        }
    }

    private mutating func pad(_ count: Int) { output += String(repeating: " ", count: count) }

    /// YAML 1.1 wants a point before an exponent and a sign in it.
    private static func text(of value: Double) -> String {
        if value.isNaN { return ".nan" }
        if value.isInfinite { return value < 0 ? "-.inf" : ".inf" }
        let text = value.description
        guard let mark = text.firstIndex(of: "e"), !text[..<mark].contains(".") else { return text }
        return text[..<mark] + ".0" + text[mark...]
    }
}
