public import DistilabelPipeline
public import DistilabelValues

/// Puts the values that several branches have in a column into a list.
public struct GroupColumns: JoinStep {
    /// The columns to group.
    public var columns: [String]
    /// The names of the lists; `grouped_<column>` when not set.
    public var outputColumns: [String]?

    /// Makes the step.
    public init(columns: [String], outputColumns: [String]? = nil) {
        self.columns = columns
        self.outputColumns = outputColumns
    }

    /// The columns to group.
    public var inputs: [InputColumn] { columns.map { InputColumn($0) } }
    /// The lists.
    public var outputs: [String] { outputColumns ?? columns.map { "grouped_\($0)" } }

    /// Names that do not fit together.
    public func problems() -> [String] {
        if columns.isEmpty { return ["`columns` is empty: name the columns to group"] }
        guard let outputColumns, outputColumns.count != columns.count else { return [] }
        return [
            "`output_columns` names \(outputColumns.count) columns and `columns` \(columns.count): name one for each"
        ]
    }

    /// The columns that go and those that come.
    public func columns(afterJoining branches: [ColumnSet]) -> ColumnSet {
        let all = branches.reduce(ColumnSet([])) {
            ColumnSet($0.adding($1.names).names, isOpen: $0.isOpen || $1.isOpen)
        }
        return ColumnSet(all.names.filter { !columns.contains($0) }, isOpen: all.isOpen).adding(outputs)
    }

    /// One row of several: a list for each grouped column, and of the other columns what the last branch says.
    public func join(_ rows: [Row?], in context: StepContext) throws -> Row {
        var joined = Joining.union(rows)
        for column in columns { joined[column] = nil }
        for (column, output) in zip(columns, outputs) { joined[output] = .array(rows.map { $0?[column] ?? .null }) }
        return joined
    }

    /// No columns yet; they must be given.
    public static var defaults: GroupColumns { GroupColumns(columns: []) }
    /// The columns.
    public static var requiredKeys: [String] { ["columns"] }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.columns.group" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Puts the values that several branches have in a column into a list.",
            discussion: "Branches meet row by row; where one dropped the row, its place in the lists is null.",
            parameters: [
                "columns": "the columns to group",
                "output_columns": "the names of the lists; grouped_<column> when not set",
            ])
    }
}
