/// Statistics in the terminal: tables, and bars of block characters.
public struct StatisticsText: Sendable, Hashable {
    /// How wide a line may be; 100 unless told otherwise.
    public var width: Int
    /// Whether bars are block characters, as fine as an eighth of a column, rather than `#`.
    public var usesBlockCharacters: Bool

    /// A titled part of the report.
    public struct Section: Sendable, Hashable {
        /// The title.
        public var title: String
        /// The lines, each without its line feed.
        public var lines: [String]
    }

    /// Makes a printer.
    public init(width: Int = 100, usesBlockCharacters: Bool = true) {
        self.width = max(40, width)
        self.usesBlockCharacters = usesBlockCharacters
    }

    /// The whole report, which ends in a line feed.
    public func text(of statistics: DatasetStatistics) -> String {
        sections(of: statistics).map { [$0.title] + $0.lines }.joined(separator: [""]).joined(separator: "\n") + "\n"
    }

    /// The report in parts, of which those with nothing to tell are left out.
    public func sections(of statistics: DatasetStatistics) -> [Section] {
        var sections = [columns(of: statistics), lengths(of: statistics), values(of: statistics)]
        sections.append(turns(in: statistics))
        sections += histograms(of: statistics)
        sections += [ratings(of: statistics.preference), pairs(of: statistics.preference)]
        sections += models(of: statistics.preference)
        sections += [duplicates(of: statistics), failures(of: statistics), tokens(of: statistics)]
        let hints = statistics.hints.flatMap { hint in wrapped(hint, first: "  ! ", rest: "    ") }
        sections.append(Section(title: "Worth a look", lines: hints))
        return sections.filter { !$0.lines.isEmpty }
    }

    // MARK: - Columns

    private func columns(of statistics: DatasetStatistics) -> Section {
        let rows = statistics.columns.map { column in
            [
                column.name, column.type.description, column.nullCount == 0 ? "" : NumberText.whole(column.nullCount),
                column.nullCount == 0 ? "" : NumberText.share(column.nullCount, of: statistics.rowCount),
                column.distinctText,
            ]
        }
        return Section(
            title: "Columns",
            lines: table(["column", "type", "nulls", "", "different"], rows, numeric: [2, 3, 4], elastic: [1, 0]))
    }

    private func lengths(of statistics: DatasetStatistics) -> Section {
        var rows: [[String]] = []
        for column in statistics.columns {
            for (name, spread) in column.measures {
                let numbers = [spread.minimum, spread.median, spread.mean, spread.p95, spread.maximum]
                rows.append([column.name, name] + numbers.map { NumberText.decimal($0) })
            }
        }
        return Section(
            title: "Lengths and numbers",
            lines: table(
                ["column", "", "min", "median", "mean", "p95", "max"], rows, numeric: [2, 3, 4, 5, 6], elastic: [0]))
    }

    private func values(of statistics: DatasetStatistics) -> Section {
        let lines = statistics.columns.filter { $0.values.count > 1 }.flatMap { column in
            ["  \(column.name)"] + bars(column.values, of: column.values.reduce(0) { $0 + $1.count })
        }
        return Section(title: "Values", lines: lines)
    }

    private func bars(_ counts: some Collection<NamedCount>, of total: Int) -> [String] {
        bars(counts.map { ($0.name, Double($0.count), count($0.count, of: total)) })
    }

    private func turns(in statistics: DatasetStatistics) -> Section {
        var lines: [String] = []
        for column in statistics.columns where !column.rolePatterns.isEmpty {
            let total = column.rolePatterns.reduce(0) { $0 + $1.count }
            lines += ["  \(column.name)"] + bars(column.rolePatterns.prefix(8), of: total)
        }
        return Section(title: "Turns in conversations", lines: lines)
    }

    private func histograms(of statistics: DatasetStatistics) -> [Section] {
        statistics.columns.compactMap { column in
            guard let spread = column.plotted.first(where: { $0.name == "characters" })?.spread else { return nil }
            return Section(title: "Characters in \(column.name)", lines: histogram(spread))
        }
    }

    // MARK: - Preferences

    private func ratings(of preference: PreferenceStatistics) -> Section {
        let lines = preference.ratings.flatMap { ["  \($0.column)"] + histogram($0.distribution) }
        return Section(title: "Ratings", lines: lines)
    }

    private func pairs(of preference: PreferenceStatistics) -> Section {
        guard preference.pairCount + preference.missingPairCount > 0 else { return Section(title: "", lines: []) }
        let pairs = preference.pairCount
        var rows = [["pairs", NumberText.whole(pairs), ""]]
        func add(_ name: String, _ count: Int) {
            if count > 0 { rows.append([name, NumberText.whole(count), NumberText.share(count, of: pairs)]) }
        }
        if preference.missingPairCount > 0 {
            rows.append(["rows without a pair", NumberText.whole(preference.missingPairCount), ""])
        }
        add("equal answers", preference.equalPairCount)
        add("equal ratings", preference.tiedPairCount)
        add("both of one model", preference.sameModelCount)
        add("chosen longer", preference.chosenLongerCount)
        add("chosen shorter", preference.shorterCount)
        if let chosen = preference.chosenCharacters, let rejected = preference.rejectedCharacters {
            rows.append(["characters chosen, median", NumberText.decimal(chosen.median), ""])
            rows.append(["characters rejected, median", NumberText.decimal(rejected.median), ""])
        }
        if let margin = preference.margin { rows.append(["margin, mean", NumberText.decimal(margin.mean), ""]) }
        return Section(title: "Pairs", lines: table(nil, rows, numeric: [1, 2], elastic: [0]))
    }

    private func models(of preference: PreferenceStatistics) -> [Section] {
        let kinds = [
            ("Win share a model, by chosen and rejected", preference.pairModels),
            ("Win share a model, by ratings of all answers", preference.ratedModels),
        ]
        return kinds.map { title, models in
            let bars = models.prefix(20).map { model -> (String, Double, String) in
                let counts =
                    "\(NumberText.whole(model.wins)) / \(NumberText.whole(model.ties)) / "
                    + NumberText.whole(model.losses)
                let share = model.winShare.map { NumberText.percent($0) } ?? "–"
                let mean = model.meanRating.map { ", ⌀ " + NumberText.fixed($0, digits: 2, trimmed: false) } ?? ""
                return (model.name, model.winShare ?? 0, "\(share)  \(counts)\(mean)")
            }
            guard !bars.isEmpty else { return Section(title: title, lines: []) }
            return Section(title: title + " (won / tied / lost)", lines: self.bars(bars, full: 1))
        }
    }

    // MARK: - Rows and runs

    private func duplicates(of statistics: DatasetStatistics) -> Section {
        let rows = statistics.duplicates.filter { $0.count.total > 0 }.map { entry in
            let count = entry.count
            let mark = count.isExact ? "" : "~"
            return [
                entry.column.map { "prompts in \($0)" } ?? "rows", mark + NumberText.whole(count.repeated),
                NumberText.share(count.repeated, of: count.total), mark + NumberText.whole(count.distinct),
                count.largestGroupRow.map { "\(NumberText.whole(count.largestGroup)) × row \(NumberText.whole($0))" }
                    ?? "",
            ]
        }
        return Section(
            title: "Duplicates",
            lines: table(["", "repeated", "", "different", "most repeated"], rows, numeric: [1, 2, 3], elastic: [0]))
    }

    private func failures(of statistics: DatasetStatistics) -> Section {
        let failures = statistics.metadata?.failures ?? []
        let total = statistics.metadata?.rowCount ?? 0
        let bars = failures.prefix(20).map {
            ("\($0.step): \($0.reason)", Double($0.count), count($0.count, of: total))
        }
        return Section(title: "Failures", lines: self.bars(Array(bars)))
    }

    private func tokens(of statistics: DatasetStatistics) -> Section {
        guard let metadata = statistics.metadata, !metadata.tokens.isEmpty else { return Section(title: "", lines: []) }
        var rows = metadata.tokens.map {
            [$0.step, NumberText.whole($0.calls), NumberText.whole($0.input), NumberText.whole($0.output)]
        }
        if rows.count > 1 {
            let total = metadata.totalTokens
            rows.append(["all", "", NumberText.whole(total.input), NumberText.whole(total.output)])
        }
        return Section(
            title: "Tokens",
            lines: table(["step", "calls", "read", "written"], rows, numeric: [1, 2, 3], elastic: [0]))
    }

    private func count(_ part: Int, of all: Int) -> String {
        "\(NumberText.whole(part))  \(NumberText.share(part, of: all))"
    }
}

extension PreferenceStatistics {
    /// Pairs whose chosen answer is the shorter one.
    var shorterCount: Int {
        max(0, (chosenCharacters?.count ?? 0) - chosenLongerCount - sameLengthCount)
    }
}
