internal import DistilabelPipeline
internal import DistilabelValues

/// A row for a person to read: a column a paragraph.
enum RowText {
    /// What is shown of a text at most.
    private static let characterLimit = 1200
    private static let indent = "    "

    /// The text.
    ///
    /// - Parameters:
    ///   - title: What stands above.
    ///   - width: How wide a line may be.
    static func text(of row: Row, title: String, width: Int, style: Style) -> String {
        let rule = String(repeating: "─", count: max(0, width - title.count - 4))
        var text = style.dim("── \(title) \(rule)") + "\n"
        // What is known beside the data is for programs.
        for (name, value) in row.object where name != Metadata.column {
            let body = body(of: value, width: max(20, width - indent.count))
            if body.count == 1, name.count + body[0].count + 2 <= width {
                text += style.bold(name) + ": " + body[0] + "\n"
            } else {
                text += style.bold(name) + ":\n" + body.map { indent + $0 + "\n" }.joined()
            }
        }
        return text
    }

    private static func body(of value: Value, width: Int) -> [String] {
        switch value {
        case .string(let text): return TextTable.wrap(clean(text), to: width)
        case .array(let list) where list.contains { !isShort($0) }:
            return list.enumerated().flatMap { index, item in
                let number = "\(index + 1). "
                let lines = body(of: item, width: max(20, width - number.count))
                let hanging = String(repeating: " ", count: number.count)
                return lines.enumerated().map { ($0 == 0 ? number : hanging) + $1 }
            }
        case .object(let object) where object.values.contains { !isShort($0) }:
            return object.flatMap { key, item in
                let lines = body(of: item, width: max(20, width - 2))
                if lines.count == 1, key.count + 2 + lines[0].count <= width { return ["\(key): \(lines[0])"] }
                return ["\(key):"] + lines.map { "  " + $0 }
            }
        default: return TextTable.wrap(clean(JSON.string(value)), to: width)
        }
    }

    /// Whether a value needs no lines of its own.
    private static func isShort(_ value: Value) -> Bool {
        switch value {
        case .string(let text): text.utf8.count <= 24 && !text.contains(where: \.isNewline)
        case .array, .object: false
        default: true
        }
    }

    /// A text without what would move the cursor, cut where it is very long.
    private static func clean(_ text: String) -> String {
        var cleaned = ""
        for (count, character) in text.enumerated() {
            if count == characterLimit { return cleaned + "…" }
            let isControl = character.unicodeScalars.contains { $0.properties.generalCategory == .control }
            cleaned.append(character.isNewline ? "\n" : character == "\t" ? " " : isControl ? "\u{FFFD}" : character)
        }
        while cleaned.last == "\n" { cleaned.removeLast() }
        return cleaned
    }
}
