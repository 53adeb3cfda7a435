/// Words in columns, without lines between them.
struct TextTable {
    /// What stands above the columns.
    var header: [String]
    /// The cells, row by row.
    var rows: [[String]]
    /// The columns whose cells stand to the right.
    var numeric: Set<Int> = []
    /// How wide the whole may be; the last column is wrapped to fit, nil for no limit.
    var width: Int?

    private static let gap = 2
    private static let indent = 2
    private static let narrowest = 20

    /// The text.
    func text(style: Style) -> String {
        let widths = header.indices.map { column in
            ([header] + rows).map { $0[column].count }.max() ?? 0
        }
        let before = widths.dropLast().reduce(Self.indent) { $0 + $1 + Self.gap }
        let lastWidth = width.map { max(Self.narrowest, $0 - before) } ?? Int.max
        var text = style.dim(line(header, widths: widths)) + "\n"
        for row in rows {
            let wrapped = Self.wrap(row.last ?? "", to: lastWidth)
            text += line(row.dropLast() + [wrapped.first ?? ""], widths: widths) + "\n"
            for rest in wrapped.dropFirst() { text += String(repeating: " ", count: before) + rest + "\n" }
        }
        return text
    }

    private func line(_ cells: [String], widths: [Int]) -> String {
        var line = String(repeating: " ", count: Self.indent)
        for (column, cell) in cells.enumerated() {
            let padding = String(repeating: " ", count: max(0, widths[column] - cell.count))
            line += numeric.contains(column) ? padding + cell : cell + padding
            line += String(repeating: " ", count: Self.gap)
        }
        return String(line.reversed().drop { $0 == " " }.reversed())
    }

    /// A text in lines of a width, broken between words where there are any.
    static func wrap(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        for paragraph in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            var line = ""
            for word in paragraph.split(separator: " ") {
                var word = word
                if !line.isEmpty, line.count + 1 + word.count > width {
                    lines.append(line)
                    line = ""
                }
                while word.count > width {
                    lines.append(String(word.prefix(width)))
                    word = word.dropFirst(width)
                }
                line += (line.isEmpty ? "" : " ") + word
            }
            lines.append(line)
        }
        return lines
    }
}
