public import DistilabelPipeline
public import DistilabelValues

/// Makes one list of several columns of the same row.
public struct MergeColumns: RowStep {
    /// The columns; they go.
    public var columns: [String]
    /// The list's name; `merged_column` when not set.
    public var outputColumn: String?

    /// Makes the step.
    public init(columns: [String], outputColumn: String? = nil) {
        self.columns = columns
        self.outputColumn = outputColumn
    }

    private var output: String { outputColumn ?? "merged_column" }

    /// The columns.
    public var inputs: [InputColumn] { columns.map { InputColumn($0) } }
    /// The list.
    public var outputs: [String] { [output] }
    /// The columns that stay, and the list.
    public func columns(after available: ColumnSet) -> ColumnSet {
        ColumnSet(available.names.filter { !columns.contains($0) }, isOpen: available.isOpen).adding(outputs)
    }

    /// Nothing to merge.
    public func problems() -> [String] { columns.isEmpty ? ["`columns` is empty: name the columns to merge"] : [] }

    /// The items of the columns one after the other; what is no list counts as one item.
    public func process(_ row: Row, in context: StepContext) async throws -> [Row] {
        let items = columns.flatMap { column -> [Value] in
            let value = row[column] ?? .null
            return value.arrayValue ?? [value]
        }
        var merged = row
        for column in columns { merged[column] = nil }
        merged[output] = .array(items)
        return [merged]
    }

    /// No columns yet; they must be given.
    public static var defaults: MergeColumns { MergeColumns(columns: []) }
    /// The columns.
    public static var requiredKeys: [String] { ["columns"] }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.columns.merge" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Makes one list of several columns of the same row.",
            discussion: "Lists are put one behind the other; any other value counts as one item. The columns go.",
            parameters: [
                "columns": "the columns to merge",
                "output_column": "the list's name; merged_column when not set",
            ])
    }
}
