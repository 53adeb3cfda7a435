public import DistilabelModels
public import DistilabelPipeline
public import DistilabelValues

/// Turns the texts of rows into vectors.
public struct EmbeddingGeneration: EmbeddingStep {
    /// The model.
    public var embeddings: Embeddings

    /// Makes the step.
    ///
    /// - Parameter embeddings: The model.
    public init(embeddings: any EmbeddingModel) { self.embeddings = Embeddings(embeddings) }

    /// The text.
    public var inputs: [InputColumn] { ["text"] }
    /// The vector, and the model's name.
    public var outputs: [String] { ["embedding", "model_name"] }

    /// The column `text`.
    public func text(of row: Row) throws -> String { try row.text("text") }

    /// The vector as a list, and the model's name.
    public func columns(of vector: [Double], modelName: String) -> Value.Object {
        ["embedding": .array(vector.map(Value.double)), "model_name": .string(modelName)]
    }

    /// The model must be given.
    public static var defaults: EmbeddingGeneration { EmbeddingGeneration(embeddings: PlaceholderEmbeddings()) }
    /// The model.
    public static var requiredKeys: [String] { ["embeddings"] }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.embeddings.embedding_generation" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Turns the texts of rows into vectors.",
            discussion:
                "`input_batch_size` texts go to the model at a time, and several such batches at once where the model takes them.",
            parameters: ["embeddings": "the model: OpenAIEmbeddings or LlamaCppEmbeddings with its parameters"])
    }
}

/// Stands where a model must be given; a pipeline with it does not run.
public struct PlaceholderEmbeddings: EmbeddingModel {
    /// Makes one.
    public init() {}
    /// No name.
    public var modelName: String { "" }
    /// That a model must be given.
    public func problems(in environment: [String: String]) -> [String] {
        ["`embeddings` is not set: give an embedding model, such as OpenAIEmbeddings"]
    }
    /// Always an error.
    public func load(_ resources: RunResources) async throws -> any LoadedEmbeddingModel {
        throw LanguageModelError(code: .unsupported, message: "`embeddings` is not set: give an embedding model")
    }
    /// One.
    public static var defaults: PlaceholderEmbeddings { PlaceholderEmbeddings() }
}
