public import DistilabelModels
public import DistilabelPipeline
public import DistilabelValues

/// Asks a model for the next turn of a conversation.
public struct ChatGeneration: LLMTask {
    /// The model.
    public var llm: LLM
    /// What all tasks let the user set.
    public var settings = TaskSettings()

    /// Makes the task.
    public init(llm: any LanguageModel, settings: TaskSettings = TaskSettings()) {
        self.llm = LLM(llm)
        self.settings = settings
    }

    /// The conversation, `[{role, content}]`.
    public var inputs: [InputColumn] { ["messages"] }
    /// The next turn.
    public var outputs: [String] { ["generation", "model_name"] }

    /// The conversation as it is; its last turn must be the user's.
    public func prompt(for row: Row) throws -> Prompt {
        guard case .array(let turns)? = row["messages"], !turns.isEmpty else {
            throw RowFailure("`messages` is no conversation: it must be a list of {role, content}")
        }
        let messages = try turns.enumerated().map { index, turn in
            guard let message = Message(turn) else {
                throw RowFailure(
                    "`messages[\(index)]` is no turn: it must be {role: system | user | assistant, content: …}")
            }
            return message
        }
        guard messages.last?.role == .user else {
            throw RowFailure(
                "the last turn of `messages` must be the user's, not '\(messages.last?.role.rawValue ?? "")'")
        }
        return Prompt(messages)
    }

    /// The answer as it is.
    public func parse(_ text: String?, for row: Row) throws -> Value.Object {
        ["generation": text.map(Value.string) ?? .null]
    }

    /// The defaults; the model must be given.
    public static var defaults: ChatGeneration { ChatGeneration(llm: PlaceholderLLM()) }
    /// The model.
    public static var requiredKeys: [String] { ["llm"] }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.tasks.text_generation" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Asks a model for the next turn of a conversation.", parameters: TaskDocumentation.parameters)
    }
}
