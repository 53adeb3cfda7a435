public import DistilabelValues

/// A step that makes rows from nothing but its parameters, a file or a service.
public protocol GeneratorStep: Step {
    /// How many rows make a batch where a routing function behind the step sends batches to different steps; 50 unless said otherwise.
    var batchSize: Int { get }
    /// Makes the rows, in order.
    ///
    /// - Parameters:
    ///   - context: What the step may use.
    ///   - emit: Takes one row; returns when there is room for the next, and throws when the run ends early.
    /// - Throws: What ends the run.
    func generate(in context: StepContext, emit: (Row) async throws -> Void) async throws
}

extension GeneratorStep {
    /// None.
    public var inputs: [InputColumn] { [] }
    /// 50.
    public var batchSize: Int { 50 }
}

/// A step that turns one row into any number of rows.
///
/// Rows are processed several at once, in any order; what comes out stands in the order of what came in.
public protocol RowStep: Step {
    /// Turns a row into rows: one, none (it is filtered out) or several.
    ///
    /// - Throws: Why this row cannot be processed: it goes on with nulls in the outputs and the reason in `distilabel_metadata`.
    func process(_ row: Row, in context: StepContext) async throws -> [Row]
}

/// A step that wants some rows at a time, in order.
public protocol BatchStep: Step {
    /// Turns some rows, at most `input_batch_size` of them, into rows.
    ///
    /// Where it fails on one of them, that row goes on with `noteFailure` and is counted; the others are not concerned.
    ///
    /// - Throws: Why these rows cannot be processed: they go on with nulls in the outputs and the reason in `distilabel_metadata`.
    func process(_ rows: [Row], in context: StepContext) async throws -> [Row]
}

/// A step that wants all rows at once, in order.
public protocol GlobalStep: Step {
    /// Turns all rows into rows.
    ///
    /// - Throws: What ends the run.
    func process(_ rows: [Row], in context: StepContext) async throws -> [Row]
}

/// A step that several branches lead to, and that makes one row of those that stem from the same row.
public protocol JoinStep: Step {
    /// Makes a row of the rows of the branches.
    ///
    /// - Parameter rows: One a branch, in the order of the connections; nil where a branch dropped the row.
    /// - Throws: Why these rows cannot be joined: the first of them goes on with nulls in the outputs and the reason in
    ///   `distilabel_metadata`.
    func join(_ rows: [Row?], in context: StepContext) throws -> Row
    /// The columns that rows have behind this step.
    ///
    /// - Parameter branches: The columns of each branch.
    func columns(afterJoining branches: [ColumnSet]) -> ColumnSet
}

extension JoinStep {
    /// The columns of all branches, and the outputs.
    public func columns(afterJoining branches: [ColumnSet]) -> ColumnSet {
        let all = branches.reduce(ColumnSet([])) { sum, branch in
            ColumnSet(sum.adding(branch.names).names, isOpen: sum.isOpen || branch.isOpen)
        }
        return all.adding(outputs)
    }

    /// What a single branch would give.
    public func columns(after available: ColumnSet) -> ColumnSet { columns(afterJoining: [available]) }
}
