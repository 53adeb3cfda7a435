public import DistilabelModels
public import DistilabelValues

/// Python's embedding model in vLLM, here one that `vllm serve` answers for.
///
/// vLLM itself runs in Python only, so `base_url` must say where its server is. The parameters that tell Python how to load the model
/// are read, and of no effect: they belong to the command that starts the server.
public struct VLLMEmbeddings: EmbeddingModel {
    /// The model's name.
    public var model: String
    /// The server's address up to `/v1`; must be given.
    public var baseURL: String?
    /// The key, where the server wants one.
    public var apiKey: Secret?
    /// The server's matter; read, and of no effect.
    public var dtype = "auto"
    /// The server's matter; read, and of no effect.
    public var trustRemoteCode = false
    /// The server's matter; read, and of no effect.
    public var quantization: String?
    /// The server's matter; read, and of no effect.
    public var revision: String?
    /// The server's matter; read, and of no effect.
    public var enforceEager = true
    /// The server's matter; read, and of no effect.
    public var seed = 0
    /// The server's matter; read, and of no effect.
    public var extraKwargs: Value = .object([:])
    /// The server's matter; read, and of no effect.
    public var cudaDevices: Value = "auto"
    /// The server's matter; read, and of no effect.
    public var disableCudaDevicePlacement: Bool? = false

    /// Makes the description of a model.
    ///
    /// - Parameters:
    ///   - model: The model's name.
    ///   - baseURL: The server's address up to `/v1`.
    public init(model: String, baseURL: String?) {
        self.model = model
        self.baseURL = baseURL
    }

    /// Asked without the environment: the key in it is OpenAI's, and this is another's server.
    private var served: OpenAIEmbeddings { OpenAIEmbeddings(model: model, baseURL: baseURL, apiKey: apiKey) }

    /// The model's name.
    public var modelName: String { model }
    /// An address that is missing.
    public func problems(in environment: [String: String]) -> [String] {
        baseURL == nil
            ? [
                "vLLM runs in Python only: start `vllm serve \(model)`, and say where it is with `base_url`, such as http://localhost:8000/v1"
            ] : served.problems(in: [:])
    }
    /// Sees that the server is there.
    public func load(_ resources: RunResources) async throws -> any LoadedEmbeddingModel {
        try await served.load(resources, environment: [:])
    }
    /// The server and the model.
    public func endpoint(in environment: [String: String]) -> Endpoint { served.endpoint(in: [:]) }
    /// What requests say beside the texts.
    public func canonicalDescription() throws -> [UInt8] { try served.canonicalDescription() }

    /// As in Python.
    public static var componentName: String { "vLLMEmbeddings" }
    /// The defaults; the model's name must be given.
    public static var defaults: VLLMEmbeddings { VLLMEmbeddings(model: "", baseURL: nil) }
    /// The model's name.
    public static var requiredKeys: [String] { ["model"] }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.models.embeddings.vllm" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        let own = [
            "model": "the model's name", "base_url": "the address of `vllm serve` up to /v1; must be given",
            "api_key": "the key, where the server wants one; never written to a file",
        ]
        return ComponentDocumentation(
            summary: "An embedding model that a vLLM server answers for.",
            discussion: "How the model is loaded is the server's matter: those parameters are read, and of no effect.",
            parameters: ServedEmbeddings.parameters(
                own,
                ofNoEffect: [
                    "dtype", "trust_remote_code", "quantization", "revision", "enforce_eager", "seed", "extra_kwargs",
                    "cuda_devices", "disable_cuda_device_placement",
                ]),
            source: "https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html")
    }
}

/// What Python's embedding models share that are served here.
enum ServedEmbeddings {
    /// What parameters mean, with those that are the server's matter.
    static func parameters(_ own: [String: String], ofNoEffect names: [String]) -> [String: String] {
        names.reduce(into: own) { $0[$1] = "the server's matter; of no effect" }
    }
}
