internal import DistilabelHTTP
internal import DistilabelModels
internal import DistilabelValues

/// An embedding model behind an OpenAI-compatible server, ready to answer.
struct OpenAIEmbeddingsModel: LoadedEmbeddingModel {
    let description: OpenAIEmbeddings
    let client: ChatCompletionsClient

    var modelName: String { description.modelName }
    var concurrency: Int { client.endpoint.concurrency }

    func embed(_ texts: [String]) async throws -> EmbeddingResponse {
        var body: [UInt8] = []
        try JSON.write(.object(description.body(of: texts)), into: &body)
        let response = try await client.post("/embeddings", body, model: modelName)
        var answer = try EmbeddingsAnswer.read(response.body, count: texts.count, endpoint: client.endpoint)
        if description.normalizeEmbeddings ?? false { answer.vectors = answer.vectors.map(Self.normalized) }
        answer.limits = RateLimitHeaders.limits(in: response.headers)
        return answer
    }

    private static func normalized(_ vector: [Double]) -> [Double] {
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? vector.map { $0 / length } : vector
    }
}

/// Reads what `/embeddings` answers.
enum EmbeddingsAnswer {
    /// The vectors, in the order of the texts, and the count of tokens.
    ///
    /// - Throws: `LanguageModelError` with `.invalidResponse` for an answer that is no JSON, or lacks a vector.
    static func read(_ body: [UInt8], count: Int, endpoint: ChatCompletionsEndpoint) throws -> EmbeddingResponse {
        let value = try ChatCompletionsAnswer.value(of: body, endpoint: endpoint)
        guard let data = value["data"]?.arrayValue else {
            throw invalid("without `data`; is it a server of embeddings?", endpoint)
        }
        guard data.count == count else { throw invalid("with \(data.count) vectors for \(count) texts", endpoint) }
        var vectors = Array(repeating: [Double](), count: count)
        for (place, item) in data.enumerated() {
            let index = item["index"]?.intValue ?? place
            guard vectors.indices.contains(index), vectors[index].isEmpty,
                let numbers = item["embedding"]?.arrayValue?.compactMap(\.doubleValue), !numbers.isEmpty,
                numbers.count == item["embedding"]?.arrayValue?.count
            else { throw invalid("with a vector that is none, at \(place)", endpoint) }
            vectors[index] = numbers
        }
        let tokens = value["usage"]?["prompt_tokens"]?.intValue ?? value["usage"]?["total_tokens"]?.intValue
        return EmbeddingResponse(
            vectors: vectors, usage: tokens.map { [Usage(inputTokens: $0, outputTokens: 0)] } ?? [])
    }

    private static func invalid(_ how: String, _ endpoint: ChatCompletionsEndpoint) -> LanguageModelError {
        LanguageModelError(
            code: .invalidResponse, message: "\(endpoint.baseURL) answered \(how)", recovery: .again)
    }
}
