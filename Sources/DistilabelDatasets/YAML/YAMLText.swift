/// How a text is written: plain where that is safe, in quotes, or as a literal block.
enum YAMLText {
    /// Lines longer than this are written as literal blocks where quotes would be needed.
    private static let longLine = 80

    /// A text on one line: plain, in double quotes, or in single quotes where that saves escapes.
    static func oneLine(_ text: String) -> String {
        if isPlain(text) { return text }
        let needsEscapes = text.unicodeScalars.contains { !isPrintable($0) || $0 == "\n" || $0 == "\t" }
        if !needsEscapes, text.contains("\"") || text.contains("\\"), !text.contains("'") {
            return "'" + text + "'"
        }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            case _ where isPrintable(scalar): quoted.unicodeScalars.append(scalar)
            default: quoted += escape(scalar)
            }
        }
        return quoted + "\""
    }

    /// The header and the lines of a literal block, or nil where the text is better or only written in one line.
    static func literal(_ text: String) -> (header: String, lines: [Substring])? {
        let scalars = text.unicodeScalars
        let isMultiline = scalars.contains("\n")
        guard isMultiline || (scalars.count > longLine && !isPlain(text)) else { return nil }
        guard scalars.allSatisfy({ $0 == "\n" || isPrintable($0) }),
            scalars.contains(where: { $0 != "\n" && $0 != " " })
        else { return nil }

        // By bytes, since Swift would take a carriage return and a line feed for one character.
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { Substring($0) }
        let chomping: String
        if lines.last?.isEmpty == true {
            lines.removeLast()
            // Further empty lines at the end are only kept where the header says so.
            chomping = lines.last?.isEmpty == true ? "+" : ""
        } else {
            chomping = "-"
        }
        // A reader takes the indentation from the first line with content; where that begins with a space it must be
        // told.
        let first = lines.first { !$0.isEmpty }?.utf8.first
        let mustSay = first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") || lines.first?.isEmpty == true
        return ("|" + (mustSay ? "2" : "") + chomping, lines)
    }

    /// Whether a text may stand without quotes, as a value and as a key, also inside flow collections.
    private static func isPlain(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, let last = bytes.last, !YAMLScalar.isAmbiguous(text) else { return false }
        if first == UInt8(ascii: " ") || last == UInt8(ascii: " ") || last == UInt8(ascii: ":") { return false }
        if first == UInt8(ascii: "-") || first == UInt8(ascii: "?") || first == UInt8(ascii: "."), bytes.count < 4 {
            return false
        }
        if text.hasPrefix("- ") || text.hasPrefix("? ") || text.hasPrefix("---") || text.hasPrefix("...") {
            return false
        }
        let reserved = Array("!&*'\"|>%@`#,[]{}=<".utf8)
        if reserved.contains(first) { return false }
        var previous: UInt8 = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
                return false
            case UInt8(ascii: "#") where previous == UInt8(ascii: " "): return false
            case _ where previous == UInt8(ascii: ":") && byte == UInt8(ascii: " "): return false
            case 0..<0x20, 0x7F: return false
            default: break
            }
            previous = byte
        }
        return text.unicodeScalars.allSatisfy(isPrintable)
    }

    /// What YAML 1.1 lets stand as it is, less the line breaks that only it knows and the byte order mark.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF:
            true
        default: false
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let (mark, width) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
        return "\\" + mark + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
