public import DistilabelModels
internal import DistilabelValues

/// A model that answers from a closure: for tests without a server.
///
///     let llm = ScriptedLLM { request in "You said: \(request.messages.last?.text ?? "")" }
///
/// It cannot stand in a file: reading one from YAML gives a model that repeats what it hears.
public struct ScriptedLLM: LanguageModel {
    /// The name that goes into the column `model_name`.
    public var name: String
    /// How many requests it takes at once.
    public var concurrency: Int
    /// Of no effect.
    public var structuredOutput: StructuredOutput?
    /// Whether one call gives all answers of a request.
    public var makesSeveral = true
    /// What answers.
    private let script: Script

    private typealias Script = @Sendable (GenerationRequest) async throws -> GenerationResponse

    private enum CodingKeys: CodingKey {
        case name, concurrency, structuredOutput
    }

    /// Reads the name; the answers are an echo.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        concurrency = try container.decode(Int.self, forKey: .concurrency)
        structuredOutput = try container.decodeIfPresent(StructuredOutput.self, forKey: .structuredOutput)
        script = Self.echo
    }

    /// Makes a model whose answers a closure gives.
    public init(
        name: String = "scripted", concurrency: Int = 64,
        answering answer: @escaping @Sendable (GenerationRequest) async throws -> GenerationResponse
    ) {
        self.name = name
        self.concurrency = concurrency
        script = answer
    }

    /// Makes a model that answers with one text, as often as it is asked to; a word counts as a token.
    public init(
        name: String = "scripted", concurrency: Int = 64,
        text answer: @escaping @Sendable (GenerationRequest) async throws -> String?
    ) {
        self.init(name: name, concurrency: concurrency) { request in
            var generations: [Generation] = []
            for _ in 0..<request.numberOfGenerations { generations.append(Generation(text: try await answer(request))) }
            let words = generations.compactMap(\.text).reduce(0) { $0 + $1.split(separator: " ").count }
            return GenerationResponse(
                generations: generations, usage: [Usage(inputTokens: request.messages.count, outputTokens: words)])
        }
    }

    /// The name.
    public var modelName: String { name }

    /// Makes the model ready, at once.
    public func load(_ resources: RunResources) async throws -> any LoadedLanguageModel {
        Loaded(modelName: name, concurrency: concurrency, answer: script)
    }

    private struct Loaded: LoadedLanguageModel {
        let modelName: String
        let concurrency: Int
        let answer: @Sendable (GenerationRequest) async throws -> GenerationResponse

        func generate(_ request: GenerationRequest) async throws -> GenerationResponse { try await answer(request) }
    }

    private static let echo: @Sendable (GenerationRequest) async throws -> GenerationResponse = { request in
        GenerationResponse(generations: [Generation(text: request.messages.last?.text)])
    }

    /// An echo.
    public static var defaults: ScriptedLLM { ScriptedLLM(answering: echo) }
}
