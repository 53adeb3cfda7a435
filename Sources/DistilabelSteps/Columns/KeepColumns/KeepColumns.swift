public import DistilabelPipeline
public import DistilabelValues

/// Keeps some columns and drops the others.
public struct KeepColumns: RowStep {
    /// The columns to keep, in the order that they get.
    public var columns: [String]

    /// Makes the step.
    public init(columns: [String]) { self.columns = columns }

    /// The columns to keep.
    public var inputs: [InputColumn] { columns.map { InputColumn($0) } }
    /// The same.
    public var outputs: [String] { columns }
    /// These columns and no others.
    public func columns(after available: ColumnSet) -> ColumnSet { ColumnSet(columns) }

    /// Nothing to keep.
    public func problems() -> [String] { columns.isEmpty ? ["`columns` is empty: name the columns to keep"] : [] }

    /// The row with these columns only; one that it does not have is null.
    public func process(_ row: Row, in context: StepContext) async throws -> [Row] {
        [Row(columns: Columns(columns), values: Columns(columns).names.map { row[$0] ?? .null })]
    }

    /// No columns yet; they must be given.
    public static var defaults: KeepColumns { KeepColumns(columns: []) }
    /// The columns.
    public static var requiredKeys: [String] { ["columns"] }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.columns.keep" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Keeps some columns and drops the others.",
            parameters: ["columns": "the columns to keep, in the order that they get"])
    }
}
