internal import Distilabel
internal import DistilabelDatasets
internal import DistilabelEngine
internal import DistilabelModels
internal import DistilabelPipeline
internal import DistilabelValues

/// What a run did, for a person to read at its end.
struct SummaryText {
    /// The pipeline's name.
    var name: String
    /// The counts.
    var summary: RunSummary
    /// The configurations and how many rows and columns each has.
    var configurations: [(name: String, rows: Int, columns: Int)]
    /// The folder; nil when nothing was written.
    var output: String?
    /// Whether only the first rows were run.
    var isDryRun: Bool

    /// The reasons shown of each step.
    private static let reasonLimit = 5

    /// Takes what a run made and did.
    init(_ result: RunResult, output: String?, isDryRun: Bool) {
        name = result.pipeline.name
        summary = result.summary
        configurations = result.distiset.configurations.map { name, splits in
            (name, splits.values.reduce(0) { $0 + $1.count }, splits.values.first?.columnNames.count ?? 0)
        }
        self.output = output
        self.isDryRun = isDryRun
    }

    /// The text.
    func text(style: Style) -> String {
        let time = RunText.duration(summary.duration)
        var text = style.bold(name) + (isDryRun ? ": dry run, " : ": ") + "done in \(time)"
        if summary.calls > 0 {
            let usage = summary.usage
            text += ", \(RunText.count(summary.calls, "call")), "
            text += "\(RunText.short(usage.inputTokens)) tokens in, \(RunText.short(usage.outputTokens)) out"
            text += cost
        }
        text += "\n\n" + steps(style: style)
        text += failures(style: style)
        text += "\n"
        for configuration in configurations {
            text += "  \(style.bold(configuration.name))  \(RunText.count(configuration.rows, "row")), "
            text += "\(RunText.count(configuration.columns, "column"))\n"
            if configuration.rows == 0 {
                text += style.yellow("  no row came through: look at the steps above for where they stopped") + "\n"
            }
        }
        if let output { text += "  written to \(output)\n" }
        return text
    }

    /// What it cost, what of it stems from earlier runs, and what nobody knows the price of.
    private var cost: String {
        var text = ""
        if summary.cost > .zero { text += ", \(summary.cost)" }
        if summary.unpricedCalls > 0 { text += ", \(RunText.count(summary.unpricedCalls, "call")) of unknown price" }
        if summary.recalled > 0 { text += "; \(RunText.count(summary.recalled, "call")) from the journal" }
        return text
    }

    private func steps(style: Style) -> String {
        let rows = summary.steps.map { step in
            [
                step.name, String(step.rowsIn), String(step.rowsOut), step.calls == 0 ? "" : String(step.calls),
                step.calls == 0 ? "" : RunText.short(step.usage.inputTokens),
                step.calls == 0 ? "" : RunText.short(step.usage.outputTokens),
                step.cost == .zero ? "" : step.cost.description,
                step.failedRows == 0 ? "" : String(step.failedRows),
            ]
        }
        return TextTable(
            header: ["step", "rows in", "rows out", "calls", "tokens in", "tokens out", "cost", "failed"], rows: rows,
            numeric: Set(1...7)
        ).text(style: style)
    }

    /// Why rows failed, the most frequent reason first.
    private func failures(style: Style) -> String {
        guard summary.failedRows > 0 else { return "" }
        var text = "\n" + style.red(RunText.count(summary.failedRows, "failure")) + "\n"
        for step in summary.steps where step.failedRows > 0 {
            let reasons = step.failures.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            for (reason, count) in reasons.prefix(Self.reasonLimit) {
                let line = reason.split(whereSeparator: \.isNewline).joined(separator: " ⏎ ")
                text += "  \(step.name): \(count) × \(line.count > 300 ? line.prefix(300) + "…" : line)\n"
            }
            let rest = reasons.dropFirst(Self.reasonLimit)
            if !rest.isEmpty {
                text += "  \(step.name): \(rest.reduce(0) { $0 + $1.value }) × "
                text += RunText.count(rest.count, "other reason") + "\n"
            }
        }
        return text
    }
}
