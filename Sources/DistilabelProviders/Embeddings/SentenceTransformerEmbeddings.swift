public import DistilabelModels
public import DistilabelValues

/// Python's embedding model of sentence-transformers, here one that a server answers for: text-embeddings-inference, vLLM or llama.cpp with the
/// same model.
///
/// sentence-transformers itself runs in Python only, so `base_url` must say where the server is. The parameters that tell Python how to
/// load the model are read, and of no effect.
public struct SentenceTransformerEmbeddings: EmbeddingModel {
    /// The model's name.
    public var model: String
    /// The server's address up to `/v1`; must be given.
    public var baseURL: String?
    /// The key, where the server wants one.
    public var apiKey: Secret?
    /// Texts to put before the texts, by name.
    public var prompts: [String: String]?
    /// Which of them is put before every text.
    public var defaultPromptName: String?
    /// How many numbers of a vector are kept, where the model can leave some out.
    public var truncateDim: Int?
    /// How numbers are written; only `float32`.
    public var precision: String? = "float32"
    /// Whether vectors are brought to length 1.
    public var normalizeEmbeddings: Bool? = true
    /// The server's matter; read, and of no effect.
    public var device: String?
    /// The server's matter; read, and of no effect.
    public var trustRemoteCode = false
    /// The server's matter; read, and of no effect.
    public var revision: String?
    /// The server's matter; read, and of no effect.
    public var token: Secret?
    /// The server's matter; read, and of no effect.
    public var modelKwargs: Value = .null
    /// The server's matter; read, and of no effect.
    public var tokenizerKwargs: Value = .null
    /// The server's matter; read, and of no effect.
    public var configKwargs: Value = .null
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
    private var served: OpenAIEmbeddings {
        OpenAIEmbeddings(
            model: model, baseURL: baseURL, apiKey: apiKey, dimensions: truncateDim,
            normalizeEmbeddings: normalizeEmbeddings ?? true)
    }

    /// What is put before every text.
    private var prompt: String { defaultPromptName.flatMap { prompts?[$0] } ?? "" }

    /// The model's name.
    public var modelName: String { model }
    /// An address that is missing, a precision that there is not, a prompt that is not there.
    public func problems(in environment: [String: String]) -> [String] {
        var problems: [String] = []
        if baseURL == nil {
            problems.append(
                "sentence-transformers runs in Python only: serve '\(model)' with text-embeddings-inference, vLLM or llama.cpp, and say where with `base_url`, such as http://localhost:8080/v1"
            )
        } else {
            problems += served.problems(in: [:])
        }
        if let precision, precision != "float32" {
            problems.append("`precision` '\(precision)' is not supported: take float32")
        }
        if let defaultPromptName, prompts?[defaultPromptName] == nil {
            problems.append("`default_prompt_name` '\(defaultPromptName)' is not among `prompts`")
        }
        return problems
    }
    /// Sees that the server is there.
    public func load(_ resources: RunResources) async throws -> any LoadedEmbeddingModel {
        Prompting(prompt: prompt, model: try await served.load(resources, environment: [:]))
    }
    /// The server and the model.
    public func endpoint(in environment: [String: String]) -> Endpoint { served.endpoint(in: [:]) }
    /// What requests say beside the texts.
    public func canonicalDescription() throws -> [UInt8] {
        try served.canonicalDescription() + [0] + Array(prompt.utf8)
    }

    /// Puts a text before every text.
    private struct Prompting: LoadedEmbeddingModel {
        let prompt: String
        let model: any LoadedEmbeddingModel

        var modelName: String { model.modelName }
        var concurrency: Int { model.concurrency }

        func embed(_ texts: [String]) async throws -> EmbeddingResponse {
            try await model.embed(prompt.isEmpty ? texts : texts.map { prompt + $0 })
        }
    }

    /// The defaults; the model's name must be given.
    public static var defaults: SentenceTransformerEmbeddings { SentenceTransformerEmbeddings(model: "", baseURL: nil) }
    /// The model's name.
    public static var requiredKeys: [String] { ["model"] }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.models.embeddings.sentence_transformers" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        let own = [
            "model": "the model's name", "base_url": "the server's address up to /v1; must be given",
            "api_key": "the key, where the server wants one; never written to a file",
            "prompts": "texts to put before the texts, by name",
            "default_prompt_name": "which of them is put before every text",
            "truncate_dim": "how many numbers of a vector are kept, where the model can leave some out",
            "precision": "how numbers are written; only float32",
            "normalize_embeddings": "whether vectors are brought to length 1",
        ]
        return ComponentDocumentation(
            summary: "A model of sentence-transformers that a server answers for.",
            discussion: "How the model is loaded is the server's matter: those parameters are read, and of no effect.",
            parameters: ServedEmbeddings.parameters(
                own,
                ofNoEffect: [
                    "device", "trust_remote_code", "revision", "token", "model_kwargs", "tokenizer_kwargs",
                    "config_kwargs", "cuda_devices", "disable_cuda_device_placement",
                ]),
            source: "https://github.com/huggingface/text-embeddings-inference")
    }
}
