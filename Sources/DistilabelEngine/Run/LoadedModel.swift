internal import DistilabelModels
internal import DistilabelPipeline

/// The model of a step, ready to answer.
struct LoadedModel: Sendable {
    /// Of a task.
    let language: (any LoadedLanguageModel)?
    /// Of a step that gets vectors.
    let embedding: (any LoadedEmbeddingModel)?

    /// How many requests at once it can make use of.
    var concurrency: Int { language?.concurrency ?? embedding?.concurrency ?? 0 }

    /// Makes the model of a step ready.
    init(of step: any Step, from resources: RunResources) async throws {
        language = try await (step as? any LLMTask)?.llm.model.load(resources)
        embedding = try await (step as? any EmbeddingStep)?.embeddings.model.load(resources)
    }
}
