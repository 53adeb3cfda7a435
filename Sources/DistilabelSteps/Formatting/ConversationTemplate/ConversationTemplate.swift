public import DistilabelPipeline
public import DistilabelValues

/// Makes a conversation of two turns of an instruction and a response.
public struct ConversationTemplate: RowStep {
    /// Makes the step.
    public init() {}

    /// The two turns.
    public var inputs: [InputColumn] { ["instruction", "response"] }
    /// The conversation.
    public var outputs: [String] { ["conversation"] }

    /// The row with its conversation.
    public func process(_ row: Row, in context: StepContext) async throws -> [Row] {
        var new = row
        new["conversation"] = [
            ["role": "user", "content": row["instruction"] ?? .null],
            ["role": "assistant", "content": row["response"] ?? .null],
        ]
        return [new]
    }

    /// The step has no parameters.
    public static var defaults: ConversationTemplate { ConversationTemplate() }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.formatting.conversation" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(summary: "Makes a conversation of two turns of an instruction and a response.")
    }
}
