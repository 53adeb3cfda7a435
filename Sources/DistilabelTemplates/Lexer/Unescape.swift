/// The text of a string literal with Python's escapes resolved; an unknown escape keeps its backslash, as in Python.
func unescape(_ source: ArraySlice<Unicode.Scalar>) throws(TemplateError) -> String {
    var result = String.UnicodeScalarView()
    var index = source.startIndex
    while index < source.endIndex {
        let scalar = source[index]
        index += 1
        guard scalar == "\\", index < source.endIndex else {
            result.append(scalar)
            continue
        }
        let kind = source[index]
        index += 1
        if let simple = simpleEscapes[kind] {
            result.append(simple)
        } else if kind == "\n" {
            continue
        } else if let count = hexEscapes[kind] {
            let digits = source[index...].prefix(count)
            guard digits.count == count, let code = UInt32(String(String.UnicodeScalarView(digits)), radix: 16) else {
                throw TemplateError(.syntax, "the escape \\\(kind) needs \(count) hexadecimal digits")
            }
            guard let value = Unicode.Scalar(code) else {
                throw TemplateError(.syntax, "the escape \\\(kind) names no character: write the character itself")
            }
            result.append(value)
            index += count
        } else if kind >= "0", kind <= "7" {
            let digits = source[(index - 1)...].prefix(3).prefix { $0 >= "0" && $0 <= "7" }
            let code = UInt32(String(String.UnicodeScalarView(digits)), radix: 8) ?? 0
            if let value = Unicode.Scalar(code) { result.append(value) }
            index += digits.count - 1
        } else if kind == "N" {
            throw TemplateError(.unsupported, "the escape \\N is not supported in prompts: write the character itself")
        } else {
            result.append(scalar)
            result.append(kind)
        }
    }
    return String(result)
}

private let simpleEscapes: [Unicode.Scalar: Unicode.Scalar] = [
    "n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", "\"": "\"", "a": "\u{7}", "b": "\u{8}", "f": "\u{c}",
    "v": "\u{b}",
]
private let hexEscapes: [Unicode.Scalar: Int] = ["x": 2, "u": 4, "U": 8]
