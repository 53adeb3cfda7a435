public import DistilabelEngine

/// A run that ended before its time, and what it leaves behind: all that was answered is kept, and the same run goes on from there.
public struct RunStopped: Error, Sendable, CustomStringConvertible {
    /// Why.
    public var stop: RunStop
    /// What was done.
    public var summary: RunSummary
    /// Where the answers are; nil where none are kept.
    public var journal: String?

    /// Why, and how to go on.
    public var description: String {
        guard let journal else { return "\(stop); no answers were kept, since there is no cache folder" }
        let kept = "\(stop); \(RunText.count(summary.calls, "answer")) kept in \(journal)"
        // The same again would meet the same limit.
        if case .budget = stop.reason { return kept }
        return kept + ": run the same again to go on"
    }
}
