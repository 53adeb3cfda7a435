public import DistilabelValues

/// Lays rows out as a table for a terminal, cut to its width.
///
///     print(TablePrinter(width: 100).text(of: try dataset.head(5)))
public struct TablePrinter: Sendable, Hashable {
    /// How many columns of characters a line may take; 120 unless told otherwise.
    public var width: Int
    /// The fewest that a column of the table takes where there is not room for all; 12 unless told otherwise.
    ///
    /// Columns that do not fit then are left out and named below.
    public var minimumColumnWidth: Int
    /// Whether lines are drawn with box characters rather than with ASCII; true unless told otherwise.
    public var usesBoxCharacters: Bool

    /// Makes a printer.
    public init(width: Int = 120, minimumColumnWidth: Int = 12, usesBoxCharacters: Bool = true) {
        self.width = width
        self.minimumColumnWidth = minimumColumnWidth
        self.usesBoxCharacters = usesBoxCharacters
    }

    /// The table of some rows, which ends in a line feed; empty where there are no columns.
    ///
    /// Texts are cut and their line breaks shown as `⏎`; lists and objects are compact JSON; numbers stand to the
    /// right.
    public func text(of rows: [Row]) -> String {
        var names: [String] = []
        for row in rows { names += row.columns.names.filter { !names.contains($0) } }
        return text(columns: names, rows: rows)
    }

    /// The table of some columns of some rows.
    public func text(columns names: [String], rows: [Row]) -> String {
        guard !names.isEmpty else { return "" }
        let shown = min(names.count, max(1, (width - 1) / (max(1, minimumColumnWidth) + 3)))
        let columns = names.prefix(shown).map { name in
            ([name] + rows.map { Self.cell($0[name]) }).map { TextWidth.cut($0, to: max(1, width)) }
        }
        let isNumber = names.prefix(shown).map { name in
            !rows.isEmpty && rows.allSatisfy { row in row[name].map { $0.isNull || $0.doubleValue != nil } ?? true }
        }
        let widths = share(columns.map { $0.map { TextWidth.of($0) }.max() ?? 0 })
        let bar = usesBoxCharacters ? "│" : "|"
        var lines = [rule("┌", "┬", "┐", widths)]
        for row in 0...rows.count {
            let cells = columns.indices.map { column -> String in
                let text = TextWidth.cut(columns[column][row], to: widths[column])
                let padding = String(repeating: " ", count: max(0, widths[column] - TextWidth.of(text)))
                return isNumber[column] && row > 0 ? padding + text : text + padding
            }
            lines.append(bar + " " + cells.joined(separator: " \(bar) ") + " " + bar)
            if row == 0 { lines.append(rule("├", "┼", "┤", widths)) }
        }
        lines.append(rule("└", "┴", "┘", widths))
        if shown < names.count {
            lines.append("also: " + names.dropFirst(shown).joined(separator: ", "))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func cell(_ value: Value?) -> String {
        switch value {
        case nil: ""
        case .null: "null"
        case .string(let text): TextWidth.clean(text)
        case let value?: TextWidth.clean(JSON.string(value))
        }
    }

    /// Gives each column what it needs, or its share of what the narrower ones leave.
    private func share(_ needed: [Int]) -> [Int] {
        var left = max(needed.count, width - 1 - 3 * needed.count)
        var widths = needed.map { _ in 1 }
        let order = needed.indices.sorted { needed[$0] < needed[$1] }
        for (position, column) in order.enumerated() {
            widths[column] = max(1, min(needed[column], left / (order.count - position)))
            left -= widths[column]
        }
        return widths
    }

    private func rule(_ left: String, _ middle: String, _ right: String, _ widths: [Int]) -> String {
        let parts = widths.map { String(repeating: usesBoxCharacters ? "─" : "-", count: $0 + 2) }
        return usesBoxCharacters
            ? left + parts.joined(separator: middle) + right : "+" + parts.joined(separator: "+") + "+"
    }
}
