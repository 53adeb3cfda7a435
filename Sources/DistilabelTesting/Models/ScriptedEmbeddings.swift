public import DistilabelModels
internal import DistilabelValues

/// An embedding model that answers from a closure: for tests without a server.
///
///     let model = ScriptedEmbeddings { texts in texts.map { [Double($0.count)] } }
///
/// It cannot stand in a file: reading one from YAML gives a model whose vectors hold the length of the texts.
public struct ScriptedEmbeddings: EmbeddingModel {
    /// The name that goes into the column `model_name`.
    public var name: String
    /// How many requests it takes at once.
    public var concurrency: Int
    /// What answers.
    private let script: Script

    private typealias Script = @Sendable ([String]) async throws -> [[Double]]

    private enum CodingKeys: CodingKey {
        case name, concurrency
    }

    /// Reads the name; the answers are lengths.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        concurrency = try container.decode(Int.self, forKey: .concurrency)
        script = { texts in texts.map { [Double($0.count)] } }
    }

    /// Makes a model whose vectors a closure gives.
    ///
    /// - Parameters:
    ///   - name: The name that goes into the column `model_name`.
    ///   - concurrency: How many requests it takes at once.
    ///   - embed: Gives a vector a text.
    public init(
        name: String = "scripted", concurrency: Int = 4,
        _ embed: @escaping @Sendable ([String]) async throws -> [[Double]]
    ) {
        self.name = name
        self.concurrency = concurrency
        script = embed
    }

    /// The name.
    public var modelName: String { name }

    /// Makes the model ready, at once.
    public func load(_ resources: RunResources) async throws -> any LoadedEmbeddingModel {
        Loaded(modelName: name, concurrency: concurrency, script: script)
    }

    private struct Loaded: LoadedEmbeddingModel {
        let modelName: String
        let concurrency: Int
        let script: Script

        func embed(_ texts: [String]) async throws -> EmbeddingResponse {
            EmbeddingResponse(
                vectors: try await script(texts), usage: [Usage(inputTokens: texts.count, outputTokens: 0)])
        }
    }

    /// A model whose vectors hold the length of the texts.
    public static var defaults: ScriptedEmbeddings { ScriptedEmbeddings { texts in texts.map { [Double($0.count)] } } }
}
