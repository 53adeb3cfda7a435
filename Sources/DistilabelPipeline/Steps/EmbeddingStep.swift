public import DistilabelModels
public import DistilabelValues

/// A step that gets a vector of an embedding model for a text of each row.
///
/// The engine asks for as many texts at a time as `input_batch_size` says, and for several such batches at once.
public protocol EmbeddingStep: Step {
    /// The model.
    var embeddings: Embeddings { get set }
    /// The text of a row.
    ///
    /// - Throws: `RowFailure` when it has none.
    func text(of row: Row) throws -> String
    /// The columns that a row gets.
    ///
    /// - Parameters:
    ///   - vector: What the model made of the row's text.
    ///   - modelName: The model's name.
    func columns(of vector: [Double], modelName: String) -> Value.Object
}

extension Step {
    /// Whether it asks a model, of language or of embeddings.
    public var asksAModel: Bool { self is any LLMTask || self is any EmbeddingStep }

    /// Where its model stands; nil where it asks none.
    ///
    /// - Parameter environment: The environment variables.
    public func endpoint(in environment: [String: String]) -> Endpoint? {
        (self as? any LLMTask)?.llm.model.endpoint(in: environment)
            ?? (self as? any EmbeddingStep)?.embeddings.model.endpoint(in: environment)
    }

    /// What is wrong with its model before any call.
    ///
    /// - Parameter environment: The environment variables.
    func modelProblems(in environment: [String: String]) -> [String] {
        (self as? any LLMTask)?.llm.model.problems(in: environment)
            ?? (self as? any EmbeddingStep)?.embeddings.model.problems(in: environment) ?? []
    }
}
