internal import Distilabel
internal import DistilabelEngine
internal import DistilabelModels

/// How far a run is, as lines for a terminal.
struct ProgressText {
    /// The pipeline's name.
    var name: String
    /// The counts of each step, in the order in which rows flow.
    var steps: [RunSummary.Step]
    /// Whether rows flow already.
    var isRunning: Bool
    /// Since the beginning.
    var elapsed: Duration
    /// The number of this picture, which turns the wheel.
    var tick: Int

    private static let wheel = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]

    /// The lines.
    ///
    /// - Parameters:
    ///   - columns: How wide a line may be.
    ///   - limit: How many lines there may be; steps that have nothing to do are left out first.
    func lines(columns: Int, limit: Int, style: Style) -> [String] {
        let wheel = Self.wheel[tick % Self.wheel.count]
        let state = isRunning ? "" : "  making the models ready"
        var header = StyledLine()
        header.add(name, style.bold)
        header.add("  \(RunText.duration(elapsed))\(state)", style.dim)
        var lines = [header.text(columns: columns)]
        let shown = selection(limit: max(2, limit) - 1)
        let width = shown.map(\.name.count).max() ?? 0
        for step in shown {
            var line = StyledLine()
            if step.isFinished {
                line.add("  ✓ ", style.green)
            } else if step.rowsIn + step.rowsOut > 0 {
                line.add("  \(wheel) ", { $0 })
            } else {
                line.add("  · ", style.dim)
            }
            line.add(step.name + String(repeating: " ", count: width - step.name.count + 2), { $0 })
            line.add(Self.counts(of: step), style.dim)
            if step.failedRows > 0 { line.add("  \(step.failedRows) failed", style.red) }
            lines.append(line.text(columns: columns))
        }
        if shown.count < steps.count {
            lines.append(style.dim("    and \(RunText.count(steps.count - shown.count, "more step"))"))
        }
        return lines
    }

    /// The steps for which there is room: those that work first.
    private func selection(limit: Int) -> [RunSummary.Step] {
        guard steps.count > limit else { return steps }
        func rank(_ step: RunSummary.Step) -> Int {
            step.isFinished ? 1 : (step.rowsIn + step.rowsOut > 0 ? 0 : 2)
        }
        let kept = Set(
            steps.indices.sorted { (rank(steps[$0]), $0) < (rank(steps[$1]), $1) }.prefix(max(1, limit - 1)))
        return steps.indices.filter(kept.contains).map { steps[$0] }
    }

    private static func counts(of step: RunSummary.Step) -> String {
        guard step.rowsIn + step.rowsOut > 0 else { return "" }
        var text = step.rowsIn > 0 ? "\(step.rowsIn) → \(step.rowsOut) rows" : RunText.count(step.rowsOut, "row")
        if step.calls > 0 { text += "  \(RunText.calls(of: step))" }
        if step.cost > .zero { text += "  \(step.cost)" }
        if step.usage.inputTokens + step.usage.outputTokens > 0 {
            text += "  \(RunText.short(step.usage.inputTokens))+\(RunText.short(step.usage.outputTokens)) tokens"
        }
        return text
    }
}

/// A line of coloured pieces that can be cut to a width.
struct StyledLine {
    private var pieces: [(text: String, style: (String) -> String)] = []

    /// Adds a piece.
    mutating func add(_ text: String, _ style: @escaping (String) -> String) { pieces.append((text, style)) }

    /// The line; what does not fit is cut, and `…` stands in its place.
    func text(columns: Int) -> String {
        var left = max(1, columns)
        var line = ""
        let total = pieces.reduce(0) { $0 + $1.text.count }
        for piece in pieces {
            if piece.text.count < left || total <= columns {
                line += piece.style(piece.text)
                left -= piece.text.count
            } else {
                line += piece.style(String(piece.text.prefix(left - 1)) + "…")
                break
            }
        }
        return line
    }
}
