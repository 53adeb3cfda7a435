public import DistilabelPipeline
public import DistilabelValues

/// What `GroupColumns` was called before distilabel 1.3, with the names that it gave then.
public struct CombineColumns: JoinStep {
    /// The columns to group.
    public var columns: [String]
    /// The names of the lists; `merged_<column>` when not set.
    public var outputColumns: [String]?

    /// Makes the step.
    public init(columns: [String], outputColumns: [String]? = nil) {
        self.columns = columns
        self.outputColumns = outputColumns
    }

    private var group: GroupColumns {
        GroupColumns(columns: columns, outputColumns: outputColumns ?? columns.map { "merged_\($0)" })
    }

    /// The same step under today's name, the only one that Python still knows.
    public var successor: any Component { group }

    /// The columns to group.
    public var inputs: [InputColumn] { group.inputs }
    /// The lists.
    public var outputs: [String] { group.outputs }
    /// Names that do not fit together.
    public func problems() -> [String] { group.problems() }
    /// The columns that go and those that come.
    public func columns(afterJoining branches: [ColumnSet]) -> ColumnSet { group.columns(afterJoining: branches) }

    /// One row of several, as `GroupColumns` makes it.
    public func join(_ rows: [Row?], in context: StepContext) throws -> Row { try group.join(rows, in: context) }

    /// No columns yet; they must be given.
    public static var defaults: CombineColumns { CombineColumns(columns: []) }
    /// The columns.
    public static var requiredKeys: [String] { ["columns"] }
    /// Where Python had it.
    public static var pythonModule: String? { "distilabel.steps.combine" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "What GroupColumns was called before distilabel 1.3.",
            parameters: [
                "columns": "the columns to group",
                "output_columns": "the names of the lists; merged_<column> when not set",
            ])
    }
}
