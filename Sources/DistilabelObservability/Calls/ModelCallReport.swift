public import DistilabelModels

/// What one call of a model took, and whether it was answered.
public struct ModelCallReport: Sendable, Hashable {
    /// What the call went to.
    public var target: ModelCallTarget
    /// The step that asked.
    public var step: String
    /// From sending to the answer or the error.
    public var duration: Duration
    /// Tokens; nil where nobody said.
    public var usage: Usage?
    /// What it costs; nil where the price is not known.
    public var cost: Cost?
    /// What went wrong, in few different words (``ErrorType``); nil for an answer.
    public var errorType: String?

    /// Makes a report.
    public init(
        target: ModelCallTarget, step: String, duration: Duration, usage: Usage? = nil, cost: Cost? = nil,
        errorType: String? = nil
    ) {
        self.target = target
        self.step = step
        self.duration = duration
        self.usage = usage
        self.cost = cost
        self.errorType = errorType
    }
}

/// Which way rows go.
public enum RowDirection: String, Sendable, Hashable, CaseIterable {
    /// Into a step.
    case `in`
    /// Out of it.
    case out
}
