internal import Distilabel
internal import DistilabelEngine
internal import DistilabelModels

/// What a run may take, for a person to read.
struct EstimateText {
    /// The pipeline's name.
    var name: String
    /// The figures.
    var estimate: Estimate

    /// The text.
    func text(style: Style) -> String {
        var text = style.bold(name) + ": about " + Self.amount(estimate.calls) { RunText.short(Int($0)) + " calls" }
        text += ", " + Self.amount(estimate.inputTokens) { RunText.short(Int($0)) + " tokens in" }
        text += ", " + Self.amount(estimate.outputTokens) { RunText.short(Int($0)) + " out" }
        text += ", " + Self.amount(estimate.seconds) { RunText.duration($0) } + "\n"
        text += "for \(RunText.count(estimate.totalRows, "source row")), from a sample of \(estimate.sampledRows), "
        text += "whose answers are kept\n\n"
        let rows = estimate.steps.map { step in
            let asks = step.bottleneck != nil
            return [
                step.name, Self.short(step.rowsIn), Self.short(step.rowsOut),
                asks ? Self.amount(step.calls) { Self.short($0) } : "",
                asks ? Self.short(step.inputTokens.mean) : "", asks ? Self.short(step.outputTokens.mean) : "",
                asks ? step.dollars.map { Self.amount($0, Self.money) } ?? "not known" : "",
                asks ? RunText.duration(step.seconds.mean) : "",
            ]
        }
        text += TextTable(
            header: ["step", "rows in", "rows out", "calls", "tokens in", "tokens out", "cost", "time"], rows: rows,
            numeric: Set(1...7)
        ).text(style: style)
        text += "\n  cost: " + Self.amount(estimate.dollars, Self.money)
        let unpriced = estimate.unpricedSteps
        if !unpriced.isEmpty {
            text += "; no price is known for " + unpriced.map { "'\($0)'" }.joined(separator: ", ")
            text += " (state it with --prices FILE)"
        }
        return text + "\n"
    }

    private static func short(_ number: Double) -> String { RunText.short(Int(number.rounded())) }

    private static func money(_ dollars: Double) -> String { Cost(dollars: dollars).map(\.description) ?? "$?" }

    /// `1.2k calls`, or `1.2k calls (1.0k calls to 1.4k calls)` where the range says more.
    private static func amount(_ projection: Projection, _ words: (Double) -> String) -> String {
        let mean = words(projection.mean)
        guard let low = projection.low, let high = projection.high else { return mean }
        let (least, most) = (words(low), words(high))
        return least == most ? mean : "\(mean) (\(least) to \(most))"
    }
}
