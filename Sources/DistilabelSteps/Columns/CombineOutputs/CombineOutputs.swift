public import DistilabelPipeline
public import DistilabelValues

/// Makes one row of the columns that several branches have.
public struct CombineOutputs: JoinStep {
    /// Makes the step.
    public init() {}

    /// None in particular.
    public var inputs: [InputColumn] { [] }
    /// None of its own.
    public var outputs: [String] { [] }

    /// The columns of all branches; of those that several have, what the last one says.
    public func join(_ rows: [Row?], in context: StepContext) throws -> Row { Joining.union(rows) }

    /// The step has no parameters.
    public static var defaults: CombineOutputs { CombineOutputs() }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.columns.combine" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Makes one row of the columns that several branches have.",
            discussion: "Of a column that several branches have, the last one's value counts.")
    }
}
