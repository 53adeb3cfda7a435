extension StatisticsText {
    private static let indent = "  "
    private static let gap = 2

    /// The bars of a histogram.
    func histogram(_ distribution: Distribution) -> [String] {
        bars(
            distribution.histogram.map { bin in
                let share = NumberText.share(bin.count, of: distribution.count)
                return (NumberText.range(bin), Double(bin.count), "\(NumberText.whole(bin.count))  \(share)")
            }, alignsRight: true)
    }

    /// Labels, bars and what stands behind them, as wide as there is room.
    ///
    /// - Parameter full: The value of a bar of full width; the largest value unless told otherwise.
    func bars(
        _ entries: [(label: String, value: Double, note: String)], full: Double? = nil, alignsRight: Bool = false
    ) -> [String] {
        guard !entries.isEmpty else { return [] }
        let largest = full ?? entries.map(\.value).max() ?? 0
        let noteWidth = entries.map { TextWidth.of($0.note) }.max() ?? 0
        let room = max(16, width - Self.indent.count - noteWidth - 2 * Self.gap)
        let labels = entries.map { Self.clean($0.label) }
        let labelWidth = min(labels.map { TextWidth.of($0) }.max() ?? 0, room * 6 / 10)
        let barWidth = min(60, max(4, room - labelWidth))
        return zip(labels, entries).map { label, entry in
            let cut = TextWidth.cut(label, to: labelWidth)
            let padding = String(repeating: " ", count: max(0, labelWidth - TextWidth.of(cut)))
            let bar = self.bar(largest > 0 ? entry.value / largest : 0, width: barWidth)
            let blank = String(repeating: " ", count: max(0, barWidth - bar.count))
            let note = String(repeating: " ", count: noteWidth - TextWidth.of(entry.note)) + entry.note
            return Self.trimmed(
                "  " + (alignsRight ? padding + cut : cut + padding) + "  " + bar + blank + "  " + note)
        }
    }

    /// A bar that fills a part of a width; what is not nothing shows.
    private func bar(_ part: Double, width: Int) -> String {
        let part = min(max(part, 0), 1)
        guard usesBlockCharacters else {
            let count = Int((part * Double(width)).rounded())
            return String(repeating: "#", count: part > 0 ? max(1, count) : 0)
        }
        let eighths = part > 0 ? max(1, Int((part * Double(width * 8)).rounded())) : 0
        let ends = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        return String(repeating: "█", count: eighths / 8) + ends[eighths % 8]
    }

    /// Columns of cells; those that are elastic are cut, in that order, where the line would be too long.
    func table(_ header: [String]?, _ rows: [[String]], numeric: Set<Int>, elastic: [Int]) -> [String] {
        guard let first = rows.first else { return [] }
        let all = ((header.map { [$0] } ?? []) + rows).map { $0.map { Self.clean($0) } }
        var widths = first.indices.map { column in all.map { TextWidth.of($0[column]) }.max() ?? 0 }
        for column in elastic {
            let total = widths.reduce(0, +) + Self.gap * (widths.count - 1) + Self.indent.count
            if total > width { widths[column] = max(min(12, widths[column]), widths[column] - (total - width)) }
        }
        return all.map { row in
            let cells = row.indices.map { column -> String in
                let cell = TextWidth.cut(row[column], to: widths[column])
                let padding = String(repeating: " ", count: max(0, widths[column] - TextWidth.of(cell)))
                return numeric.contains(column) ? padding + cell : cell + padding
            }
            return Self.trimmed(Self.indent + cells.joined(separator: "  "))
        }
    }

    /// A text in lines between words.
    func wrapped(_ text: String, first: String, rest: String) -> [String] {
        var lines: [String] = []
        var line = first
        for word in Self.clean(text).split(separator: " ") {
            if TextWidth.of(line) + 1 + TextWidth.of(word) > width, line != first, line != rest {
                lines.append(Self.trimmed(line))
                line = rest
            }
            line += (line == first || line == rest ? "" : " ") + word
        }
        return lines + [line]
    }

    /// A text without line breaks and without what would move the cursor or colour the terminal.
    private static func clean(_ text: String) -> String { TextWidth.clean(text) }

    private static func trimmed(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }
}
