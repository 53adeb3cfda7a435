public import DistilabelModels
public import DistilabelValues

/// A model of Mistral.
///
/// API: https://docs.mistral.ai/api
public struct MistralLLM: LanguageModel {
    /// The `generation_kwargs` of Mistral's models; what is not set is left to the server.
    public struct GenerationOptions: DefaultsProviding, Sendable, Hashable {
        /// Most tokens of an answer; sent as `max_tokens`.
        public var maxNewTokens: Int?
        /// How random the choice of words is.
        public var temperature: Double?
        /// Only the likeliest words that make up this share are chosen from.
        public var topP: Double?
        /// Makes equal requests give equal answers; sent as `random_seed`.
        public var seed: Int?
        /// Texts at which the answer ends: one, or a list.
        public var stop: Value = .null

        /// Makes the defaults.
        public init(maxNewTokens: Int? = nil, temperature: Double? = nil, topP: Double? = nil, seed: Int? = nil) {
            self.maxNewTokens = maxNewTokens
            self.temperature = temperature
            self.topP = topP
            self.seed = seed
        }

        /// The defaults.
        public static var defaults: GenerationOptions { GenerationOptions() }

        /// As keys of a request.
        var parameters: Value.Object {
            [
                "max_tokens": maxNewTokens.map(Value.int) ?? .null,
                "temperature": temperature.map(Value.double) ?? .null,
                "top_p": topP.map(Value.double) ?? .null,
                "random_seed": seed.map(Value.int) ?? .null,
                "stop": stop,
            ]
        }
    }

    /// The model's name at Mistral.
    public var model: String
    /// The address without `/v1`.
    public var endpoint = "https://api.mistral.ai"
    /// The key; from `MISTRAL_API_KEY` when not set.
    public var apiKey: Secret?
    /// How often a request is tried again after a fault that may pass.
    public var maxRetries = 6
    /// Seconds that one try may take.
    public var timeout = 120.0
    /// How many requests may be under way at once, of each step.
    public var maxConcurrentRequests = 64
    /// Requests a minute that all steps with this model may send; where not set, the provider's own limits are found out.
    public var requestsPerMinute: Int?
    /// Tokens a minute that all steps with this model may use, of prompts and answers together.
    public var tokensPerMinute: Int?
    /// The form that all answers must have.
    public var structuredOutput: StructuredOutput?
    /// How answers are made.
    public var generationKwargs = GenerationOptions()
    /// Python's switch for a batch API, which it does not have for Mistral either.
    public var useOfflineBatchGeneration = false
    /// Read, and of no effect.
    public var offlineBatchGenerationBlockUntilDone: Int?
    /// Read, and of no effect.
    public var jobsIds: [String]?

    /// Makes the description of a model.
    public init(
        model: String, endpoint: String = "https://api.mistral.ai", apiKey: Secret? = nil,
        generationKwargs: GenerationOptions = GenerationOptions(), structuredOutput: StructuredOutput? = nil
    ) {
        self.model = model
        self.endpoint = endpoint
        self.apiKey = apiKey
        self.generationKwargs = generationKwargs
        self.structuredOutput = structuredOutput
    }

    /// The name at Mistral.
    public var modelName: String { model }

    /// A key that is missing, a wish that cannot be met.
    public func problems(in environment: [String: String]) -> [String] {
        var problems: [String] = []
        if apiKey == nil, environment["MISTRAL_API_KEY"] == nil, endpoint == Self.defaults.endpoint {
            problems.append("Mistral wants a key: set MISTRAL_API_KEY")
        }
        return problems + server(in: environment).problems(addressedBy: "endpoint", as: endpoint)
    }

    /// Sees that the server is there.
    public func load(_ resources: RunResources) async throws -> any LoadedLanguageModel {
        try await ChatCompletionsModel.load(body, at: server(in: resources.environment), resources: resources)
    }

    /// The server, the key and the model.
    public func endpoint(in environment: [String: String]) -> Endpoint { server(in: environment).endpoint(of: model) }

    /// What is sent.
    public func canonicalRequest(_ request: GenerationRequest) throws -> [UInt8] { try body.bytes(of: request) }

    /// The API makes one answer a call.
    public var makesSeveral: Bool { false }

    /// `max_new_tokens`.
    public var maximumOutputTokens: Int? { generationKwargs.maxNewTokens }

    private var body: ChatCompletionsBody {
        ChatCompletionsBody(
            provider: "Mistral", model: model, parameters: generationKwargs.parameters,
            structuredOutput: structuredOutput, makesSeveral: false)
    }

    private func server(in environment: [String: String]) -> ChatCompletionsEndpoint {
        ChatCompletionsEndpoint(
            provider: "Mistral", baseURL: ChatCompletionsEndpoint.trimmed(endpoint) + "/v1",
            apiKey: apiKey ?? environment["MISTRAL_API_KEY"].map { Secret($0) }, apiKeyVariable: "MISTRAL_API_KEY",
            maximumRetries: maxRetries, timeout: .seconds(timeout), concurrency: maxConcurrentRequests,
            requestsPerMinute: requestsPerMinute, tokensPerMinute: tokensPerMinute)
    }

    /// The defaults; the model's name must be given.
    public static var defaults: MistralLLM { MistralLLM(model: "") }
    /// The model's name.
    public static var requiredKeys: [String] { ["model"] }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.models.llms.mistral" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "A model of Mistral.",
            parameters: ChatCompletionsDocumentation.parameters.merging([
                "endpoint": "the address without /v1",
                "api_key": "the key; MISTRAL_API_KEY when not set; never written to a file",
            ]) { _, own in own },
            source: "https://docs.mistral.ai/api")
    }
}
