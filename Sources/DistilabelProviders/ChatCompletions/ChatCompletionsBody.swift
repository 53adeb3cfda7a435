internal import DistilabelModels
internal import DistilabelValues

/// What a model's requests say: the JSON of `POST /chat/completions`.
struct ChatCompletionsBody: Sendable {
    /// The provider's name, for messages.
    var provider: String
    /// The model's name.
    var model: String
    /// What every request says beside its messages: `temperature`, `max_tokens`, ….
    var parameters: Value.Object
    /// The form that all answers must have.
    var structuredOutput: StructuredOutput?
    /// Whether the server makes several answers in one call (`n`).
    var makesSeveral: Bool

    /// The JSON that asks.
    func bytes(of request: GenerationRequest) throws -> [UInt8] {
        var body: Value.Object = ["model": .string(model), "messages": .array(request.messages.map(\.value))]
        for (key, value) in parameters where !value.isNull { body[key] = value }
        if makesSeveral { body["n"] = .int(request.numberOfGenerations) }
        // OpenAI's vision models refuse stop texts beside pictures.
        if request.messages.contains(where: { if case .parts = $0.content { true } else { false } }) {
            body["stop"] = nil
        }
        if let form = request.structuredOutput ?? structuredOutput {
            for (key, value) in try ChatCompletionsForm.parameters(of: form, provider: provider) {
                body[key] = value
            }
        }
        var bytes: [UInt8] = []
        try JSON.write(.object(body), into: &bytes)
        return bytes
    }
}
