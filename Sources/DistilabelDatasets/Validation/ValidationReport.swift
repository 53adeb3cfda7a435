/// What is wrong with a dataset that a trainer is to read.
public struct ValidationReport: Sendable, Hashable {
    /// How much a finding matters.
    public enum Severity: String, Sendable, Hashable {
        /// The trainer would fail, or learn what is wrong.
        case error
        /// It may be meant.
        case warning
    }

    /// One kind of fault, wherever it is.
    public struct Finding: Sendable, Hashable {
        /// How much it matters.
        public var severity: Severity
        /// What is wrong, without the rows.
        public var message: String
        /// What is wrong in the first of the rows, where that says more.
        public var example: String?
        /// In how many rows it is; 0 for what is wrong with the dataset as a whole.
        public var count = 0
        /// The numbers of the first rows, from 1; five at most.
        public var rows: [Int] = []
    }

    /// The form that was checked; nil where the columns have none.
    public var form: TrainingForm?
    /// How many rows there are.
    public var rowCount = 0
    /// How many rows have an error.
    public var faultyRowCount = 0
    /// What was found: errors first, then in the order in which they came.
    public var findings: [Finding] = []

    /// How many errors there are; one of several kinds in a row counts for each.
    public var errorCount: Int { count(.error) }
    /// How many warnings there are.
    public var warningCount: Int { count(.warning) }

    private func count(_ severity: Severity) -> Int {
        findings.reduce(0) { $1.severity == severity ? $0 + max(1, $1.count) : $0 }
    }
}
