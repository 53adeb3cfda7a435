/// What a journal says of a run.
public struct RunRecord: Sendable, Hashable {
    /// How a run stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// It goes on, or it was killed and nobody has looked since.
        case running
        /// All is done.
        case finished
        /// It was stopped, or stopped itself, and can go on.
        case stopped
        /// It failed.
        case failed
        /// It ended without a word.
        case killed
    }

    /// Which run of the journal it is, from 1.
    public var number: Int
    /// When it began, in seconds since 1970.
    public var started: Double
    /// When it ended; nil where nothing says so.
    public var ended: Double?
    /// How it stands.
    public var state: State
    /// The number of its process.
    public var process: Int
    /// What was asked for, as JSON: whatever whoever began it wants to know later.
    public var command: String
    /// What it did, as JSON; nil while it goes on.
    public var summary: String?
}

/// What the answers of a step in a journal took.
public struct JournalTotals: Sendable, Hashable {
    /// How many there are.
    public var calls = 0
    /// Tokens of the prompts.
    public var inputTokens = 0
    /// Tokens of the answers.
    public var outputTokens = 0
    /// Trillionths of a dollar, of those whose price is known.
    public var cost = 0
    /// How many of them failed, or could not be read.
    public var failures = 0
    /// How many were answered at a price that is not known.
    public var unpriced = 0

    /// Makes counts of nothing.
    public init() {}

    /// Makes counts.
    init(calls: Int, inputTokens: Int, outputTokens: Int, cost: Int, failures: Int, unpriced: Int) {
        self.calls = calls
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.cost = cost
        self.failures = failures
        self.unpriced = unpriced
    }
}
