public import DistilabelModels
internal import DistilabelValues

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
