public import DistilabelEngine
internal import DistilabelModels
internal import DistilabelValues

/// Figures of a run as people read them.
public enum RunText {
    /// `10 rows in, 50 out, 10 calls, 1.2k tokens in, 3.4k out, 2 failed`, without what is nothing.
    public static func counts(of step: RunSummary.Step) -> String {
        var parts: [String] = []
        if step.rowsIn > 0 { parts.append("\(count(step.rowsIn, "row")) in") }
        parts.append(step.rowsIn > 0 ? "\(step.rowsOut) out" : "\(count(step.rowsOut, "row")) out")
        if step.calls > 0 { parts.append(calls(of: step)) }
        if step.usage.inputTokens + step.usage.outputTokens > 0 {
            parts.append("\(short(step.usage.inputTokens)) tokens in, \(short(step.usage.outputTokens)) out")
        }
        if step.failedRows > 0 { parts.append("\(step.failedRows) failed") }
        return parts.joined(separator: ", ")
    }

    /// `10 calls`, `10 calls (4 from the journal)`.
    public static func calls(of step: RunSummary.Step) -> String {
        count(step.calls, "call") + (step.recalled > 0 ? " (\(step.recalled) from the journal)" : "")
    }

    /// The counts of a run as one JSON object.
    public static func json(_ summary: RunSummary) -> String {
        JSON.string([
            "calls": .int(summary.calls), "recalled": .int(summary.recalled),
            "input_tokens": .int(summary.usage.inputTokens), "output_tokens": .int(summary.usage.outputTokens),
            "cost": .double(summary.cost.dollars), "unpriced_calls": .int(summary.unpricedCalls),
            "failed_rows": .int(summary.failedRows), "seconds": .double(summary.duration / .seconds(1)),
        ])
    }

    /// `1 row`, `2 rows`.
    public static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// `950`, `1.2k`, `34k`, `5.6M`.
    public static func short(_ number: Int) -> String {
        if number < 1000 { return String(number) }
        // What would round up to 1000k is written in millions.
        let (value, unit) = number < 999_500 ? (Double(number) / 1e3, "k") : (Double(number) / 1e6, "M")
        let tenths = Int((value * 10).rounded())
        return tenths < 100 ? "\(tenths / 10).\(tenths % 10)\(unit)" : "\(Int(value.rounded()))\(unit)"
    }

    /// `0.4 s`, `12 s`, `3:05 min`, `1:02:03 h`.
    public static func duration(_ seconds: Double) -> String {
        let tenths = Int((seconds * 10).rounded())
        if tenths < 100 { return "\(tenths / 10).\(tenths % 10) s" }
        let whole = Int(seconds.rounded())
        if whole < 60 { return "\(whole) s" }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        if whole < 3600 { return "\(whole / 60):\(two(whole % 60)) min" }
        return "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60)) h"
    }

    /// A duration in the same words.
    public static func duration(_ duration: Duration) -> String {
        let parts = duration.components
        return self.duration(Double(parts.seconds) + Double(parts.attoseconds) / 1e18)
    }
}
