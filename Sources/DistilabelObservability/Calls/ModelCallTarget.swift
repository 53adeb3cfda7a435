public import DistilabelModels

/// What a call of a model goes to, as metrics and spans name it: nothing of it is secret, and there are few of them in a run.
public struct ModelCallTarget: Sendable, Hashable {
    /// What is done: `chat`, `embeddings`, `text_completion`.
    public var operation: String
    /// Who answers, in OpenTelemetry's word where it has one: `openai`, `mistral_ai`.
    public var provider: String
    /// The model's name.
    public var model: String
    /// The server's name; nil in this process.
    public var serverAddress: String?
    /// The server's port.
    public var serverPort: Int?

    /// Makes a target.
    public init(
        operation: String = "chat", provider: String, model: String, serverAddress: String? = nil,
        serverPort: Int? = nil
    ) {
        self.operation = operation
        self.provider = provider
        self.model = model
        self.serverAddress = serverAddress
        self.serverPort = serverPort
    }

    /// Makes the target of calls to an endpoint: of its address only host and port are kept.
    ///
    /// - Parameter provider: Who answers; nil for what the host's name says, `local` without one.
    public init(operation: String = "chat", endpoint: Endpoint, provider: String? = nil) {
        let address = endpoint.host.map { ServerAddress($0) }.flatMap { $0.host.isEmpty ? nil : $0 }
        self.init(
            operation: operation, provider: provider ?? address.map(\.provider) ?? "local", model: endpoint.model,
            serverAddress: address?.host, serverPort: address.flatMap { $0.port ?? $0.usualPort })
    }
}

extension ServerAddress {
    /// Who stands behind a host; where OpenTelemetry has no word, the host itself.
    fileprivate var provider: String {
        for (name, word) in Self.known where host == name || host.hasSuffix("." + name) { return word }
        return host
    }

    /// OpenTelemetry's well-known values of `gen_ai.provider.name`, by domain; the narrower domain first.
    private static let known = [
        ("openai.azure.com", "azure.ai.openai"), ("services.ai.azure.com", "azure.ai.inference"),
        ("openai.com", "openai"), ("anthropic.com", "anthropic"), ("mistral.ai", "mistral_ai"),
        ("cohere.ai", "cohere"), ("cohere.com", "cohere"), ("groq.com", "groq"), ("deepseek.com", "deepseek"),
        ("perplexity.ai", "perplexity"), ("x.ai", "x_ai"), ("generativelanguage.googleapis.com", "gcp.gemini"),
        ("aiplatform.googleapis.com", "gcp.vertex_ai"), ("amazonaws.com", "aws.bedrock"),
        ("ml.cloud.ibm.com", "ibm.watsonx.ai"),
    ]

    /// Where such servers listen unless the address says otherwise.
    fileprivate var usualPort: Int? { ["https": 443, "http": 80][scheme ?? ""] }
}
