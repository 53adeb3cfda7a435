import DistilabelModels

/// A model that answers every request alike, or fails.
struct ScriptedModel: LoadedLanguageModel {
    var modelName = "scripted"
    var concurrency = 3
    var answer: Result<GenerationResponse, any Error>

    func generate(_ request: GenerationRequest) async throws -> GenerationResponse { try answer.get() }

    static let request = GenerationRequest(messages: [.user("the secret prompt")], numberOfGenerations: 2)
    static let response = GenerationResponse(
        generations: [
            Generation(text: "the secret answer", finishReason: .stop),
            Generation(text: "another secret", finishReason: .length),
        ],
        usage: [Usage(inputTokens: 10, outputTokens: 20), Usage(inputTokens: 10, outputTokens: 5)])
}
