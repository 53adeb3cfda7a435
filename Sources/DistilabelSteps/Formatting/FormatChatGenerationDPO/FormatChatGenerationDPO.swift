public import DistilabelPipeline
public import DistilabelValues

/// Makes preference rows of conversations with rated answers, in the form that trainers of DPO read.
///
/// Method: Direct Preference Optimization, https://arxiv.org/abs/2305.18290
public struct FormatChatGenerationDPO: RowStep {
    /// Makes the step.
    public init() {}

    /// The conversation, the answers and their ratings.
    public var inputs: [InputColumn] { ["messages"] + Preference.inputs }
    /// The prompt, its hash, and the chosen and the rejected conversation.
    public var outputs: [String] { Preference.outputs }
    /// The models only where the rows say which they are.
    public func columns(after available: ColumnSet) -> ColumnSet { Preference.columns(after: available) }

    /// The row with its pair; without one, and with the reason, when a rating is missing or all are equal.
    public func process(_ row: Row, in context: StepContext) async throws -> [Row] {
        [try Preference.row(of: row) { try Conversation.messages(of: row) }]
    }

    /// The step has no parameters.
    public static var defaults: FormatChatGenerationDPO { FormatChatGenerationDPO() }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.formatting.dpo" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Makes preference rows of conversations with rated answers.",
            discussion: Preference.discussion, source: "https://arxiv.org/abs/2305.18290")
    }
}
