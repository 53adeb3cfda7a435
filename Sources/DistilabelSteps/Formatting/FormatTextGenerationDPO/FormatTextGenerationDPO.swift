public import DistilabelPipeline
public import DistilabelValues

/// Makes preference rows of instructions with rated answers, in the form that trainers of DPO read.
///
/// Method: Direct Preference Optimization, https://arxiv.org/abs/2305.18290
public struct FormatTextGenerationDPO: RowStep {
    /// Makes the step.
    public init() {}

    /// The instruction, the answers and their ratings.
    public var inputs: [InputColumn] { ["instruction", .optional("system_prompt")] + Preference.inputs }
    /// The prompt, its hash, and the chosen and the rejected conversation.
    public var outputs: [String] { Preference.outputs }
    /// The models only where the rows say which they are.
    public func columns(after available: ColumnSet) -> ColumnSet { Preference.columns(after: available) }

    /// The row with its pair; without one, and with the reason, when a rating is missing or all are equal.
    public func process(_ row: Row, in context: StepContext) async throws -> [Row] {
        let formatted = try Preference.row(of: row) {
            let instruction = try row.text("instruction")
            return (instruction, Conversation.turns(instruction: instruction, in: row))
        }
        return [formatted]
    }

    /// The step has no parameters.
    public static var defaults: FormatTextGenerationDPO { FormatTextGenerationDPO() }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.formatting.dpo" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Makes preference rows of instructions with rated answers.",
            discussion: Preference.discussion, source: "https://arxiv.org/abs/2305.18290")
    }
}
