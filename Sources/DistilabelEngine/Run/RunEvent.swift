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
    /// A model answered a task.
    case answered(step: String, usage: Usage, duration: Duration)
    /// A step failed on a row, which goes on with nulls.
    case rowFailed(step: String, reason: String)
    /// A step has nothing more to do.
    case stepFinished(step: String)
    /// All rows are where they belong.
    case finished
}

/// Takes events as they happen, from many tasks at once; must not block.
public typealias RunEventHandler = @Sendable (RunEvent) -> Void
