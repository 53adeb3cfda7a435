public import DistilabelPipeline
public import DistilabelValues

/// Makes conversations of instructions and answers, in the form that trainers of supervised fine-tuning read.
public struct FormatTextGenerationSFT: RowStep {
    /// Makes the step.
    public init() {}

    /// The instruction and the answer.
    public var inputs: [InputColumn] { ["instruction", "generation", .optional("system_prompt")] }
    /// The prompt, its hash and the conversation.
    public var outputs: [String] { ["prompt", "prompt_id", "messages"] }

    /// The row with its conversation.
    public func process(_ row: Row, in context: StepContext) async throws -> [Row] {
        let instruction = try row.text("instruction")
        let answer: Value = ["role": "assistant", "content": row["generation"] ?? .null]
        var new = row
        new.set([
            ("prompt", .string(instruction)), ("prompt_id", .string(sha256(instruction))),
            ("messages", .array(Conversation.turns(instruction: instruction, in: row) + [answer])),
        ])
        return [new]
    }

    /// The step has no parameters.
    public static var defaults: FormatTextGenerationSFT { FormatTextGenerationSFT() }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.formatting.sft" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(summary: "Makes conversations of instructions and answers.")
    }
}
