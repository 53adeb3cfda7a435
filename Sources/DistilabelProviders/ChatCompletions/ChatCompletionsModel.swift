internal import DistilabelHTTP
internal import DistilabelModels

/// A model behind an OpenAI-compatible server, ready to answer.
struct ChatCompletionsModel: LoadedLanguageModel {
    let client: ChatCompletionsClient
    /// What requests say.
    let body: ChatCompletionsBody

    var modelName: String { body.model }
    var concurrency: Int { client.endpoint.concurrency }

    /// Makes the model ready: sees that somebody listens there.
    ///
    /// - Throws: `LanguageModelError` when nobody does, or the key is refused.
    static func load(
        _ body: ChatCompletionsBody, at endpoint: ChatCompletionsEndpoint, resources: RunResources
    ) async throws -> ChatCompletionsModel {
        ChatCompletionsModel(client: try await ChatCompletionsClient(endpoint, resources: resources), body: body)
    }

    func generate(_ request: GenerationRequest) async throws -> GenerationResponse {
        let response = try await client.post("/chat/completions", try body.bytes(of: request), model: modelName)
        var answer = try ChatCompletionsAnswer.read(response.body, endpoint: client.endpoint)
        answer.limits = RateLimitHeaders.limits(in: response.headers)
        return answer
    }
}
