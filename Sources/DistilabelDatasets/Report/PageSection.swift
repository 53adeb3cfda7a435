/// The part of the page that tells of a split.
struct PageSection {
    let part: StatisticsPage.Part

    private var statistics: DatasetStatistics { part.statistics }

    func write(to page: inout HTMLText) {
        page.raw(HTMLText.element("h2", "\(part.configuration), \(part.split)"))
        writeCards(to: &page)
        if !statistics.hints.isEmpty {
            let items = statistics.hints.map { HTMLText.element("li", $0) }.joined()
            page.raw("<ul class=\"hints\">\(items)</ul>")
        }
        writeColumns(to: &page)
        writePlots(to: &page)
        writeCategories(to: &page)
        writePreference(to: &page)
        writeDuplicates(to: &page)
        writeMetadata(to: &page)
    }

    private func writeCards(to page: inout HTMLText) {
        var cards = [
            (NumberText.whole(statistics.rowCount), "rows"), (NumberText.whole(statistics.columns.count), "columns"),
        ]
        if let rows = statistics.duplicates.first {
            cards.append(((rows.count.isExact ? "" : "~") + NumberText.whole(rows.count.repeated), "repeated rows"))
        }
        let preference = statistics.preference
        if preference.pairCount + preference.missingPairCount > 0 {
            cards.append((NumberText.whole(preference.pairCount), "pairs"))
            let different = preference.pairCount - preference.sameLengthCount
            cards.append((NumberText.share(preference.chosenLongerCount, of: different), "chosen is longer"))
        }
        if let margin = preference.margin { cards.append((NumberText.decimal(margin.mean), "mean margin")) }
        if let metadata = statistics.metadata {
            cards.append((NumberText.whole(metadata.failedRowCount), "failed rows"))
            let tokens = metadata.totalTokens
            if tokens.input + tokens.output > 0 {
                cards.append((NumberText.whole(tokens.input + tokens.output), "tokens"))
            }
        }
        let marks = cards.map {
            "<div class=\"card\">" + HTMLText.element("b", $0.0) + HTMLText.element("span", $0.1) + "</div>"
        }
        page.raw("<div class=\"cards\">\(marks.joined())</div>")
    }

    private func writeColumns(to page: inout HTMLText) {
        page.raw("<h3>Columns</h3>")
        page.table(
            ["column", "type", "nulls", "different", "most frequent"],
            statistics.columns.map { column in
                let nulls = NumberText.share(column.nullCount, of: statistics.rowCount)
                return [
                    column.name, TextWidth.cut(column.type.description, to: 90),
                    column.nullCount == 0 ? "–" : "\(NumberText.whole(column.nullCount)) (\(nulls))",
                    column.distinctText,
                    column.mostFrequent.map {
                        "\(TextWidth.cut(TextWidth.clean($0.label), to: 48)) (\(NumberText.share($0.count, of: statistics.rowCount)))"
                    } ?? "",
                ]
            }, numeric: [2, 3])
        page.raw("<h3>Lengths and numbers</h3>")
        page.table(
            ["column", "", "min", "median", "mean", "95 %", "max"],
            statistics.columns.flatMap { column in
                column.measures.map { name, spread in
                    [column.name, name]
                        + [spread.minimum, spread.median, spread.mean, spread.p95, spread.maximum].map {
                            NumberText.decimal($0)
                        }
                }
            }, numeric: [2, 3, 4, 5, 6])
    }

    private func writePlots(to page: inout HTMLText) {
        let ratings = Set(statistics.preference.ratings.map(\.column))
        let plots = statistics.columns.filter { !ratings.contains($0.name) }.flatMap { column in
            column.plotted.map { (title: column.name, note: $0.name, spread: $0.spread) }
        }
        write(plots: plots, title: "How they are spread", to: &page)
    }

    private func write(
        plots: [(title: String, note: String, spread: Distribution)], title: String, to page: inout HTMLText
    ) {
        guard !plots.isEmpty else { return }
        page.raw(HTMLText.element("h3", title) + "<div class=\"plots\">")
        for plot in plots {
            let caption = HTMLText.escaped(plot.title) + " " + HTMLText.element("span", plot.note)
            let svg = SVGPlot.histogram(plot.spread, title: "histogram of \(plot.title), \(plot.note)")
            page.raw("<figure><figcaption>\(caption)</figcaption>\(svg)</figure>")
        }
        page.raw("</div>")
    }

    private func writeCategories(to page: inout HTMLText) {
        for column in statistics.columns where column.values.count > 1 {
            writeCounts(column.values.map { ($0.name, $0.count) }, title: "Values of \(column.name)", to: &page)
        }
        for column in statistics.columns where !column.rolePatterns.isEmpty {
            writeCounts(
                column.rolePatterns.prefix(12).map { ($0.name, $0.count) }, title: "Turns in \(column.name)", to: &page)
        }
    }

    private func writeCounts(_ counts: [(String, Int)], of all: Int? = nil, title: String, to page: inout HTMLText) {
        guard !counts.isEmpty else { return }
        let total = all ?? counts.reduce(0) { $0 + $1.1 }
        let entries = counts.map { name, count -> (label: String, parts: [SVGPlot.Part], note: String) in
            let note = "\(NumberText.whole(count))  (\(NumberText.share(count, of: total)))"
            return (name, [.init(value: Double(count), kind: "", tip: note)], note)
        }
        let most = counts.map { Double($0.1) }.max() ?? 0
        page.raw(HTMLText.element("h3", title))
        page.raw("<figure>\(SVGPlot.bars(entries, full: most, title: title))</figure>")
    }

    // MARK: - Preferences

    private func writePreference(to page: inout HTMLText) {
        let preference = statistics.preference
        var plots = preference.ratings.filter { $0.distribution.histogram.count > 1 }.map {
            (
                title: $0.column, note: "ratings, mean \(NumberText.decimal($0.distribution.mean))",
                spread: $0.distribution
            )
        }
        if let margin = preference.margin, margin.histogram.count > 1 {
            plots.append(("margin", "chosen_rating − rejected_rating", margin))
        }
        if let chosen = preference.chosenCharacters, let rejected = preference.rejectedCharacters {
            plots.append(("chosen", "characters of the answer, median \(NumberText.decimal(chosen.median))", chosen))
            plots.append(
                ("rejected", "characters of the answer, median \(NumberText.decimal(rejected.median))", rejected))
        }
        write(plots: plots, title: "Preferences", to: &page)
        writeModels(preference.pairModels, title: "Win share a model, by chosen and rejected", to: &page)
        writeModels(preference.ratedModels, title: "Win share a model, by ratings of all answers", to: &page)
    }

    private func writeModels(_ models: [PreferenceStatistics.Model], title: String, to page: inout HTMLText) {
        guard !models.isEmpty else { return }
        page.raw(HTMLText.element("h3", title))
        page.raw(
            "<p class=\"quiet key\"><i class=\"win\"></i>won<i class=\"tie\"></i>tied<i class=\"loss\"></i>lost; the share counts half of the ties</p>"
        )
        let entries = models.prefix(30).map { model -> (label: String, parts: [SVGPlot.Part], note: String) in
            let all = Double(max(1, model.wins + model.ties + model.losses))
            let counts = [(model.wins, "win", "won"), (model.ties, "tie", "tied"), (model.losses, "loss", "lost")]
            let parts = counts.map { count, kind, word in
                SVGPlot.Part(value: Double(count) / all, kind: kind, tip: "\(word) \(NumberText.whole(count))")
            }
            let share = model.winShare.map { NumberText.percent($0) } ?? "–"
            let mean = model.meanRating.map { ", mean rating " + NumberText.fixed($0, digits: 2, trimmed: false) } ?? ""
            return (model.name, parts, share + mean)
        }
        page.raw("<figure>\(SVGPlot.bars(Array(entries), full: 1, title: title))</figure>")
    }

    // MARK: - Rows and runs

    private func writeDuplicates(to page: inout HTMLText) {
        page.raw("<h3>Duplicates</h3>")
        page.table(
            ["", "repeated", "share", "different", "most repeated"],
            statistics.duplicates.map { entry in
                let mark = entry.count.isExact ? "" : "~"
                return [
                    entry.column.map { "prompts in \($0)" } ?? "rows", mark + NumberText.whole(entry.count.repeated),
                    NumberText.share(entry.count.repeated, of: entry.count.total),
                    mark + NumberText.whole(entry.count.distinct),
                    entry.count.largestGroupRow.map {
                        "\(NumberText.whole(entry.count.largestGroup)) times, first in row \(NumberText.whole($0))"
                    }
                        ?? "–",
                ]
            }, numeric: [1, 2, 3])
    }

    private func writeMetadata(to page: inout HTMLText) {
        guard let metadata = statistics.metadata else { return }
        writeCounts(
            metadata.failures.prefix(20).map { ("\($0.step): \($0.reason)", $0.count) }, of: metadata.rowCount,
            title: "Failures", to: &page)
        guard !metadata.tokens.isEmpty else { return }
        page.raw("<h3>Tokens</h3>")
        page.table(
            ["step", "calls", "read", "written"],
            metadata.tokens.map {
                [$0.step, NumberText.whole($0.calls), NumberText.whole($0.input), NumberText.whole($0.output)]
            }, numeric: [1, 2, 3])
    }
}
