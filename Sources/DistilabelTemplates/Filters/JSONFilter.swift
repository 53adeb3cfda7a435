/// `tojson`: JSON as Python's `json.dumps` writes it with sorted keys and ASCII only, safe to stand in HTML.
enum JSONFilter {
    static let all = [Filter("tojson", ["indent"], tojson)]

    @Sendable private static func tojson(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        var margin: String?
        if let given = arguments[0] {
            if let text = given.text {
                margin = text
            } else if let count = try arguments.optionalInt(0) {
                margin = try interpreter.repeated(" ", count)
            }
        }
        var writer = JSONWriter(margin: margin, interpreter: interpreter)
        try writer.write(value, level: 0)
        return .markup(writer.text)
    }
}

private struct JSONWriter {
    let margin: String?
    let interpreter: Interpreter
    var text = ""

    mutating func write(_ value: Object, level: Int) throws(TemplateError) {
        try interpreter.charge(1)
        switch value {
        case .none: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .int(let value): text += String(value)
        case .double(let value): text += number(value)
        case .string(let value), .markup(let value): try write(value)
        case .list(let items), .tuple(let items):
            try write("[", "]", count: items.values.count, level: level) { (writer, index) throws(TemplateError) in
                try writer.write(items.values[index], level: level + 1)
            }
        case .dict(let pairs): try write(pairs, level: level)
        case .undefined(let reason): throw interpreter.undefinedError(reason)
        default: throw TemplateError(.type, "\(value.typeName) has no JSON: add '|list' before, perhaps")
        }
    }

    private mutating func write(
        _ open: String, _ close: String, count: Int, level: Int,
        _ element: (inout JSONWriter, Int) throws(TemplateError) -> Void
    ) throws(TemplateError) {
        text += open
        for index in 0..<count {
            if index > 0 { text += margin == nil ? ", " : "," }
            breakLine(level + 1)
            try element(&self, index)
        }
        if count > 0 { breakLine(level) }
        text += close
        try interpreter.chargeText(text.utf8.count, adding: 0)
    }

    private mutating func breakLine(_ level: Int) {
        if let margin { text += "\n" + String(repeating: margin, count: level) }
    }

    private mutating func write(_ pairs: Pairs, level: Int) throws(TemplateError) {
        var keyed: [(key: Object, value: Object)] = []
        for (index, key) in pairs.keys.enumerated() { keyed.append((key, .int(index))) }
        let order = try interpreter.sorted(keyed, descending: false).compactMap { interpreter.intValue($0) }
        try write("{", "}", count: order.count, level: level) { (writer, index) throws(TemplateError) in
            try writer.write(try writer.name(pairs.keys[order[index]]))
            writer.text += ": "
            try writer.write(pairs.values[order[index]], level: level + 1)
        }
    }

    private func name(_ key: Object) throws(TemplateError) -> String {
        switch key {
        case .string(let text), .markup(let text): return text
        case .none: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .int(let value): return String(value)
        case .double(let value): return number(value)
        default: throw TemplateError(.type, "\(key.typeName) cannot be a key in JSON")
        }
    }

    private func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        return value.isInfinite ? (value < 0 ? "-Infinity" : "Infinity") : pythonText(of: value)
    }

    private mutating func write(_ string: String) throws(TemplateError) {
        try interpreter.chargeText(string.utf8.count)
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{8}": text += "\\b"
            case "\u{c}": text += "\\f"
            case "<", ">", "&", "'": text += "\\u" + hexadecimal(scalar.value, width: 4)
            case " "..."~": text.unicodeScalars.append(scalar)
            default:
                for unit in String(scalar).utf16 { text += "\\u" + hexadecimal(UInt32(unit), width: 4) }
            }
        }
        text += "\""
    }
}
