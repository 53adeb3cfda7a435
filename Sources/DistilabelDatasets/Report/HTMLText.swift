/// Builds the text of a page; whatever comes from data is escaped.
struct HTMLText {
    private(set) var text = ""

    /// Adds marks as they are.
    mutating func raw(_ marks: String) { text += marks + "\n" }

    /// An element that holds a text.
    static func element(_ name: String, _ content: String, class kind: String? = nil) -> String {
        "<\(name)\(kind.map { " class=\"\($0)\"" } ?? "")>\(escaped(content))</\(name)>"
    }

    /// A text as it may stand between marks and in the value of an attribute; control characters, which no page may hold,
    /// are replaced.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\n", "\t": escaped += " "
            // Controls, and marks that would turn the direction of all that follows.
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
                escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// Adds a table.
    ///
    /// - Parameter numeric: The columns whose cells stand to the right.
    mutating func table(_ header: [String], _ rows: [[String]], numeric: Set<Int>) {
        guard !rows.isEmpty else { return }
        func cells(_ row: [String], _ name: String) -> String {
            row.enumerated().map {
                Self.element(name, $0.element, class: numeric.contains($0.offset) ? "number" : nil)
            }.joined()
        }
        raw("<div class=\"scroll\"><table><thead><tr>\(cells(header, "th"))</tr></thead><tbody>")
        for row in rows { raw("<tr>\(cells(row, "td"))</tr>") }
        raw("</tbody></table></div>")
    }
}
