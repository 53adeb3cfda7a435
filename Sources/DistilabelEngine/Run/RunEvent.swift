public import DistilabelModels

/// What happens in a run, for progress displays and logs alike.
public enum RunEvent: Sendable {
    /// The models are being made ready.
    case loading
    /// Rows begin to flow.
    case started
    /// A generator, or a step that wants all rows, begins to work.
    case stepStarted(step: String)
    /// A step took rows in.
    case received(step: String, rows: Int)
    /// A step gave rows out.
    case produced(step: String, rows: Int)
    /// A model answered a task, or had answered it in an earlier run.
    case answered(step: String, answer: AnswerReport)
    /// Something that a person should know, though the run goes on.
    case notice(String)
    /// A step failed on a row, which goes on with nulls.
    case rowFailed(step: String, reason: String)
    /// A step has nothing more to do.
    case stepFinished(step: String)
    /// All rows are where they belong.
    case finished
}

/// What an answer took.
public struct AnswerReport: Sendable, Hashable {
    /// Tokens.
    public var usage: Usage
    /// From asking to the answer, waits and tries included; as it was then for one of an earlier run.
    public var duration: Duration
    /// What it costs; nil where the price is not known.
    public var cost: Cost?
    /// Whether it stems from an earlier run.
    public var isRecalled: Bool

    /// Makes a report.
    public init(usage: Usage, duration: Duration = .zero, cost: Cost? = nil, isRecalled: Bool = false) {
        self.usage = usage
        self.duration = duration
        self.cost = cost
        self.isRecalled = isRecalled
    }

    /// Makes a report of an answer that is not asked for again.
    init(recalling entry: JournalEntry) {
        self.init(
            usage: entry.usage, duration: .seconds(entry.seconds), cost: entry.cost.map { Cost(picodollars: $0) },
            isRecalled: true)
    }
}

/// Takes events as they happen, from many tasks at once; must not block.
public typealias RunEventHandler = @Sendable (RunEvent) -> Void
