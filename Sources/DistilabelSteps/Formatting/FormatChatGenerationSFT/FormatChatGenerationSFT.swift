public import DistilabelPipeline
public import DistilabelValues

/// Makes conversations of conversations and the answers to them, in the form that trainers of supervised fine-tuning read.
public struct FormatChatGenerationSFT: RowStep {
    /// Makes the step.
    public init() {}

    /// The conversation and the answer.
    public var inputs: [InputColumn] { ["messages", "generation"] }
    /// The prompt, its hash and the conversation with the answer.
    public var outputs: [String] { ["prompt", "prompt_id", "messages"] }

    /// The row with the answer as the last turn.
    public func process(_ row: Row, in context: StepContext) async throws -> [Row] {
        let messages = try Conversation.messages(of: row)
        var new = row
        new.set([
            ("prompt", .string(messages.prompt)), ("prompt_id", .string(sha256(messages.prompt))),
            ("messages", .array(messages.turns + [["role": "assistant", "content": row["generation"] ?? .null]])),
        ])
        return [new]
    }

    /// The step has no parameters.
    public static var defaults: FormatChatGenerationSFT { FormatChatGenerationSFT() }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.formatting.sft" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(summary: "Makes conversations of conversations and the answers to them.")
    }
}
