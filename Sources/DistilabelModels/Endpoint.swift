/// The server, account and model behind which a model stands: all that share it share one gate.
public struct Endpoint: Sendable, Hashable {
    /// What tells it from others: the address, a fingerprint of the key, the model's name; no secret.
    public var id: String
    /// How messages call it: `Mistral's open-mistral-7b at https://api.mistral.ai/v1`.
    public var name: String
    /// The model's name, for prices.
    public var model: String
    /// The server's address, for prices; nil for a model in this process.
    public var host: String?
    /// The requests a minute that the user allows; nil for no limit but the provider's.
    public var requestsPerMinute: Int?
    /// The tokens a minute that the user allows, of prompts and answers together.
    public var tokensPerMinute: Int?
    /// How many requests may be under way at once, of each step.
    public var concurrency: Int
    /// How often a request is tried again after a fault.
    public var maximumRetries: Int
    /// Whether calls go over a network: adaptive concurrency, waits and a circuit breaker are for those alone.
    public var isRemote: Bool

    /// Makes an endpoint.
    public init(
        id: String, name: String, model: String, host: String? = nil, requestsPerMinute: Int? = nil,
        tokensPerMinute: Int? = nil, concurrency: Int, maximumRetries: Int = 6, isRemote: Bool = true
    ) {
        self.id = id
        self.name = name
        self.model = model
        self.host = host
        self.requestsPerMinute = requestsPerMinute
        self.tokensPerMinute = tokensPerMinute
        self.concurrency = concurrency
        self.maximumRetries = maximumRetries
        self.isRemote = isRemote
    }
}
