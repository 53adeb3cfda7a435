public import DistilabelModels
public import DistilabelValues

/// A model of OpenAI, or of any server that speaks OpenAI's chat API (vLLM, llama.cpp, Ollama, LM Studio, …) with `base_url`.
///
/// API: https://platform.openai.com/docs/api-reference/chat
public struct OpenAILLM: LanguageModel {
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
    /// How often a request is tried again after a fault that may pass.
    public var maxRetries = 6
    /// Seconds that one try may take.
    public var timeout = 120.0
    /// The form that all answers must have.
    public var structuredOutput: StructuredOutput?
    /// How answers are made.
    public var generationKwargs = OpenAIGenerationOptions()
    /// How many requests may be under way at once, of each step.
    public var maxConcurrentRequests = 256
    /// Requests a minute that all steps with this model may send; where not set, the provider's own limits are found out.
    public var requestsPerMinute: Int?
    /// Tokens a minute that all steps with this model may use, of prompts and answers together.
    public var tokensPerMinute: Int?
    /// Python's switch for OpenAI's batch API, which is not supported yet.
    public var useOfflineBatchGeneration = false
    /// Seconds between polls of OpenAI's batch API; read, and of no effect.
    public var offlineBatchGenerationBlockUntilDone: Int?
    /// Jobs of OpenAI's batch API; read, and of no effect.
    public var jobsIds: [String]?

    /// Makes the description of a model.
    public init(
        model: String, baseURL: String? = nil, apiKey: Secret? = nil,
        generationKwargs: OpenAIGenerationOptions = OpenAIGenerationOptions(),
        structuredOutput: StructuredOutput? = nil, maxConcurrentRequests: Int = 256
    ) {
        self.model = model
        self.baseURL = baseURL
        self.apiKey = apiKey
        self.generationKwargs = generationKwargs
        self.structuredOutput = structuredOutput
        self.maxConcurrentRequests = maxConcurrentRequests
    }

    /// The name at the provider.
    public var modelName: String { model }

    /// OpenAI's own address.
    static let ownURL = "https://api.openai.com/v1"

    /// A key that is missing, a wish that cannot be met.
    public func problems(in environment: [String: String]) -> [String] {
        var problems: [String] = []
        let endpoint = server(in: environment)
        if endpoint.apiKey == nil, endpoint.baseURL == Self.ownURL {
            problems.append("OpenAI wants a key: set OPENAI_API_KEY, or `base_url` for another server")
        }
        if useOfflineBatchGeneration {
            problems.append("`use_offline_batch_generation` is not supported yet: take it away")
        }
        return problems + endpoint.problems(addressedBy: "base_url", as: endpoint.baseURL)
    }

    /// Sees that the server is there.
    public func load(_ resources: RunResources) async throws -> any LoadedLanguageModel {
        try await ChatCompletionsModel.load(body, at: server(in: resources.environment), resources: resources)
    }

    /// The server, the key and the model.
    public func endpoint(in environment: [String: String]) -> Endpoint { server(in: environment).endpoint(of: model) }

    /// What is sent.
    public func canonicalRequest(_ request: GenerationRequest) throws -> [UInt8] { try body.bytes(of: request) }

    /// `max_new_tokens`.
    public var maximumOutputTokens: Int? { generationKwargs.maxNewTokens }

    private var body: ChatCompletionsBody {
        ChatCompletionsBody(
            provider: "OpenAI", model: model, parameters: generationKwargs.parameters,
            structuredOutput: structuredOutput, makesSeveral: true)
    }

    private func server(in environment: [String: String]) -> ChatCompletionsEndpoint {
        ChatCompletionsEndpoint(
            provider: "OpenAI",
            baseURL: ChatCompletionsEndpoint.trimmed(baseURL ?? environment["OPENAI_BASE_URL"] ?? Self.ownURL),
            apiKey: apiKey ?? environment["OPENAI_API_KEY"].map { Secret($0) },
            apiKeyVariable: "OPENAI_API_KEY", headers: defaultHeaders?.exposed ?? [:], maximumRetries: maxRetries,
            timeout: .seconds(timeout), concurrency: maxConcurrentRequests, requestsPerMinute: requestsPerMinute,
            tokensPerMinute: tokensPerMinute)
    }

    /// The defaults; the model's name must be given.
    public static var defaults: OpenAILLM { OpenAILLM(model: "") }
    /// The model's name.
    public static var requiredKeys: [String] { ["model"] }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.models.llms.openai" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "A model of OpenAI, or of any server that speaks OpenAI's chat API.",
            parameters: ChatCompletionsDocumentation.parameters.merging([
                "base_url": "the address up to /v1; OPENAI_BASE_URL, or OpenAI's own, when not set",
                "api_key": "the key; OPENAI_API_KEY when not set; never written to a file",
                "default_headers": "headers for every request; never written to a file",
            ]) { _, own in own },
            source: "https://platform.openai.com/docs/api-reference/chat")
    }
}

/// What parameters mean that several providers share.
enum ChatCompletionsDocumentation {
    static let parameters: [String: String] = [
        "model": "the model's name at the provider",
        "max_retries": "how often a request is tried again after a fault that may pass",
        "timeout": "seconds that one try may take",
        "structured_output": "the form that all answers must have: {format: json | regex, schema: …}",
        "generation_kwargs": "how answers are made: max_new_tokens, temperature, top_p, stop, …",
        "max_concurrent_requests": "how many requests may be under way at once, of each step",
        "requests_per_minute": "requests a minute that all steps with this model may send; found out where not set",
        "tokens_per_minute": "tokens a minute that all steps with this model may use; found out where not set",
        "use_offline_batch_generation": "Python's switch for OpenAI's batch API; not supported yet",
        "offline_batch_generation_block_until_done": "seconds between polls of OpenAI's batch API; of no effect",
        "jobs_ids": "jobs of OpenAI's batch API; of no effect",
    ]
}
