public import DistilabelModels
internal import DistilabelValues

/// What the parameters mean that all tasks share.
enum TaskDocumentation {
    static let parameters: [String: String] = [
        "llm": "the model that is asked",
        "num_generations": "how many answers are asked for about each row",
        "group_generations": "whether the answers to a row go into lists of one row, instead of a row each",
        "add_raw_output": "whether the metadata gets what the model said, word for word",
        "add_raw_input": "whether the metadata gets what was asked",
        "use_default_structured_output": "whether the model must answer in the task's own JSON form",
    ]
}

/// Stands where a model must be given: the defaults of tasks need one.
public struct PlaceholderLLM: LanguageModel {
    /// Of no effect.
    public var structuredOutput: StructuredOutput?
    /// Makes the placeholder.
    public init() {}
    /// Nothing.
    public var modelName: String { "" }
    /// That a model must be given.
    public func problems(in environment: [String: String]) -> [String] { ["no model is given: set `llm`"] }
    /// Always an error.
    public func load(_ resources: RunResources) async throws -> any LoadedLanguageModel {
        throw LanguageModelError(code: .noSuchModel, message: "no model is given: set `llm`")
    }
    /// The placeholder.
    public static var defaults: PlaceholderLLM { PlaceholderLLM() }
}
