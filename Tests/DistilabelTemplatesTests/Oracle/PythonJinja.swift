import DistilabelTemplates
import DistilabelTesting
import Foundation

/// A template with what it is rendered with.
struct OracleCase: Sendable {
    var source: String
    var options = TemplateOptions.default
}

/// What Python's jinja2 makes of a template.
struct OracleAnswer: Sendable {
    /// The text, or nil where Python raises an error.
    var text: String?
    /// The error, or the names that `jinja2.meta` finds undeclared.
    var note: String
}

/// Python's own jinja2, asked for a whole table at once.
enum PythonJinja {
    static let python = ProcessInfo.processInfo.environment["DISTILABEL_PYTHON"] ?? ""
    static var isAvailable: Bool { !python.isEmpty }

    static func render(_ cases: [OracleCase], context: [String: TemplateValue]) throws -> [OracleAnswer] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("jinja-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var script = """
            import jinja2, jinja2.meta
            plain, chat = jinja2.Environment(), jinja2.Environment(trim_blocks=True, lstrip_blocks=True)
            def out(kind, text, note):
                print(kind, text.encode("utf-8", "surrogatepass").hex() or "-", note.encode().hex() or "-")
            def ask(source, chat_style, context):
                env = chat if chat_style else plain
                try:
                    text = env.from_string(source).render(context)
                    note = " ".join(sorted(jinja2.meta.find_undeclared_variables(env.parse(source))))
                    out("T", text, note)
                except Exception as e:
                    out("E", "", type(e).__name__ + ": " + str(e))

            """
        script += "context = \(literal(.dict(TemplateDictionary(context.map { ($0.key, $0.value) }))))\n"
        for test in cases {
            script += "ask(\(literal(.string(test.source))), \(test.options == .chat ? "True" : "False"), context)\n"
        }
        let file = folder.appendingPathComponent("table.py")
        try Data(script.utf8).write(to: file)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [python, file.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readWhole()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map { line in
            let parts = line.split(separator: " ").map(String.init)
            return OracleAnswer(text: parts[0] == "T" ? decode(parts[1]) : nil, note: decode(parts[2]))
        }
    }

    private static func decode(_ hex: String) -> String {
        if hex == "-" { return "" }
        let digits = Array(hex.utf8)
        let bytes = stride(from: 0, to: digits.count, by: 2).map { index in
            UInt8(String(decoding: digits[index..<(index + 2)], as: UTF8.self), radix: 16) ?? 0
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A value as a Python literal.
    static func literal(_ value: TemplateValue) -> String {
        switch value {
        case .undefined, .none: return "None"
        case .bool(let value): return value ? "True" : "False"
        case .int(let value): return String(value)
        case .double(let value):
            return value.isFinite ? "\(value)" : "float('\(value.isNaN ? "nan" : value < 0 ? "-inf" : "inf")')"
        case .string(let text):
            let escapes = text.unicodeScalars.map { scalar in
                let digits = String(scalar.value, radix: 16)
                return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            }
            return "\"" + escapes.joined() + "\""
        case .list(let items): return "[" + items.map(literal).joined(separator: ", ") + "]"
        case .dict(let dictionary):
            let pairs = zip(dictionary.keys, dictionary.values).map { "\(literal(.string($0))): \(literal($1))" }
            return "{" + pairs.joined(separator: ", ") + "}"
        }
    }
}
