public import DistilabelModels
public import DistilabelValues

/// An embedding model of OpenAI, or of any server that speaks OpenAI's embeddings API (vLLM, llama.cpp, text-embeddings-inference, Ollama, …)
/// with `base_url`.
///
/// Python's distilabel has no such model.
///
/// API: https://platform.openai.com/docs/api-reference/embeddings
public struct OpenAIEmbeddings: EmbeddingModel {
    /// The model's name at the provider.
    public var model: String
    /// The address up to `/v1`; OpenAI's when neither this nor `OPENAI_BASE_URL` is set.
    public var baseURL: String?
    /// The key; from `OPENAI_API_KEY` when not set.
    ///
    /// Servers other than OpenAI's may do without.
    public var apiKey: Secret?
    /// Headers for every request; never written to a file.
    public var defaultHeaders: SecretHeaders?
    /// How many numbers a vector is to have, where the model can choose.
    public var dimensions: Int?
    /// Whether vectors are brought to length 1.
    public var normalizeEmbeddings: Bool? = false
    /// More keys of the request, for servers that understand more.
    public var extraBody: Value = .null
    /// How often a request is tried again after a fault that may pass.
    public var maxRetries = 6
    /// Seconds that one try may take.
    public var timeout = 120.0
    /// How many requests may be under way at once, of each step.
    public var maxConcurrentRequests = 16
    /// Requests a minute that all steps with this model may send; where not set, the provider's own limits are found out.
    public var requestsPerMinute: Int?
    /// Tokens a minute that all steps with this model may use.
    public var tokensPerMinute: Int?

    /// Makes the description of a model.
    ///
    /// - Parameters:
    ///   - model: The model's name at the provider.
    ///   - baseURL: The address up to `/v1`.
    ///   - apiKey: The key.
    ///   - dimensions: How many numbers a vector is to have.
    ///   - normalizeEmbeddings: Whether vectors are brought to length 1.
    public init(
        model: String, baseURL: String? = nil, apiKey: Secret? = nil, dimensions: Int? = nil,
        normalizeEmbeddings: Bool = false
    ) {
        self.model = model
        self.baseURL = baseURL
        self.apiKey = apiKey
        self.dimensions = dimensions
        self.normalizeEmbeddings = normalizeEmbeddings
    }

    /// The name at the provider.
    public var modelName: String { model }

    /// A key that is missing, a wish that cannot be met.
    public func problems(in environment: [String: String]) -> [String] {
        var problems: [String] = []
        let endpoint = server(in: environment)
        if endpoint.apiKey == nil, endpoint.baseURL == OpenAILLM.ownURL {
            problems.append("OpenAI wants a key: set OPENAI_API_KEY, or `base_url` for another server")
        }
        if let dimensions, dimensions < 1 { problems.append("`dimensions` must be at least 1, not \(dimensions)") }
        return problems + endpoint.problems(addressedBy: "base_url", as: endpoint.baseURL)
    }

    /// Sees that the server is there.
    public func load(_ resources: RunResources) async throws -> any LoadedEmbeddingModel {
        try await load(resources, environment: resources.environment)
    }

    /// Sees that the server is there; address and key are looked for in `environment`.
    func load(_ resources: RunResources, environment: [String: String]) async throws -> any LoadedEmbeddingModel {
        let client = try await ChatCompletionsClient(server(in: environment), resources: resources)
        return OpenAIEmbeddingsModel(description: self, client: client)
    }

    /// The server, the key and the model.
    public func endpoint(in environment: [String: String]) -> Endpoint { server(in: environment).endpoint(of: model) }

    /// What requests say beside the texts, and whether vectors are brought to length 1.
    public func canonicalDescription() throws -> [UInt8] {
        var object = body(of: [])
        object["normalize"] = .bool(normalizeEmbeddings ?? false)
        var bytes: [UInt8] = []
        try JSON.write(.object(object), into: &bytes)
        return bytes
    }

    /// The JSON that asks for the vectors of some texts.
    func body(of texts: [String]) -> Value.Object {
        var body: Value.Object = ["model": .string(model), "input": .array(texts.map(Value.string))]
        if let dimensions { body["dimensions"] = .int(dimensions) }
        for (key, value) in extraBody.objectValue ?? [:] { body[key] = value }
        return body
    }

    private func server(in environment: [String: String]) -> ChatCompletionsEndpoint {
        ChatCompletionsEndpoint(
            provider: "OpenAI",
            baseURL: ChatCompletionsEndpoint.trimmed(baseURL ?? environment["OPENAI_BASE_URL"] ?? OpenAILLM.ownURL),
            apiKey: apiKey ?? environment["OPENAI_API_KEY"].map { Secret($0) },
            apiKeyVariable: "OPENAI_API_KEY", headers: defaultHeaders?.exposed ?? [:], maximumRetries: maxRetries,
            timeout: .seconds(timeout), concurrency: maxConcurrentRequests, requestsPerMinute: requestsPerMinute,
            tokensPerMinute: tokensPerMinute)
    }

    /// The defaults; the model's name must be given.
    public static var defaults: OpenAIEmbeddings { OpenAIEmbeddings(model: "") }
    /// The model's name.
    public static var requiredKeys: [String] { ["model"] }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "An embedding model of OpenAI, or of any server that speaks OpenAI's embeddings API.",
            parameters: ChatCompletionsDocumentation.parameters.filter { name, _ in
                [
                    "model", "max_retries", "timeout", "max_concurrent_requests", "requests_per_minute",
                    "tokens_per_minute",
                ].contains(name)
            }.merging([
                "base_url": "the address up to /v1; OPENAI_BASE_URL, or OpenAI's own, when not set",
                "api_key": "the key; OPENAI_API_KEY when not set; never written to a file",
                "default_headers": "headers for every request; never written to a file",
                "dimensions": "how many numbers a vector is to have, where the model can choose",
                "normalize_embeddings": "whether vectors are brought to length 1",
                "extra_body": "more keys of the request, for servers that understand more",
            ]) { _, own in own },
            source: "https://platform.openai.com/docs/api-reference/embeddings")
    }
}
