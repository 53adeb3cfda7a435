/// What `distilabel_metadata` says of how the rows were made.
public struct MetadataStatistics: Sendable, Hashable {
    /// Tokens of a step.
    public struct Tokens: Sendable, Hashable {
        /// The step.
        public var step: String
        /// How many calls say how many tokens they took.
        public var calls = 0
        /// Tokens of what the model read.
        public var input = 0
        /// Tokens of what it wrote.
        public var output = 0
    }

    /// Failures of a step for one reason.
    public struct Failure: Sendable, Hashable {
        /// The step.
        public var step: String
        /// The reason, as the step gave it.
        public var reason: String
        /// In how many rows.
        public var count: Int
    }

    /// Rows that have metadata.
    public var rowCount = 0
    /// Rows in which a step failed.
    public var failedRowCount = 0
    /// Failures by step and reason, the most frequent first.
    public var failures: [Failure] = []
    /// Tokens by step, in the order in which the steps came.
    public var tokens: [Tokens] = []
}

extension MetadataStatistics {
    /// The tokens of all steps.
    public var totalTokens: (input: Int, output: Int) {
        tokens.reduce((0, 0)) { ($0.0 &+ $1.input, $0.1 &+ $1.output) }
    }
}
