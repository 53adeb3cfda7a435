#if Llama
    public import DistilabelModels
    public import DistilabelValues

    /// An embedding model in this process, from a GGUF file, through llama.cpp.
    ///
    /// Any GGUF model makes vectors; those that were trained for it make good ones.
    public struct LlamaCppEmbeddings: EmbeddingModel {
        /// The file's name in `model_path`.
        public var model: String
        /// The folder that the file is in, or the file itself; the working directory where not set.
        public var modelPath: String?
        /// A repository on the Hub to take the file from; not supported.
        public var repoId: String?
        /// How many layers go to a graphics card; -1 for all, where llama.cpp was built with one.
        public var nGpuLayers: Int? = -1
        /// Tokens that a text may have; of a longer one the first are taken.
        public var nCtx = 512
        /// Tokens that are evaluated at once; a text may not have more of them either.
        public var nBatch = 512
        /// Python's start of random choices, of which there are none.
        public var seed = 4_294_967_295
        /// Whether vectors are brought to length 1.
        public var normalizeEmbeddings: Bool? = false
        /// How a text's vector is made of those of its tokens; as the file says where not set, the mean where it says nothing.
        public var pooling: LlamaPooling?
        /// Read, and of no effect.
        public var verbose: Bool? = false
        /// Read, and of no effect.
        public var extraKwargs: Value = .object([:])
        /// Read, and of no effect.
        public var cudaDevices: Value = "auto"
        /// Read, and of no effect.
        public var disableCudaDevicePlacement: Bool? = false

        /// Makes the description of a model.
        ///
        /// - Parameters:
        ///   - model: The file's name.
        ///   - modelPath: The folder that it is in.
        ///   - normalizeEmbeddings: Whether vectors are brought to length 1.
        ///   - pooling: How a text's vector is made of those of its tokens.
        public init(
            model: String, modelPath: String? = nil, normalizeEmbeddings: Bool = false, pooling: LlamaPooling? = nil
        ) {
            self.model = model
            self.modelPath = modelPath
            self.normalizeEmbeddings = normalizeEmbeddings
            self.pooling = pooling
        }

        /// The file's name, as in Python.
        public var modelName: String { model }

        /// A file that is missing or no model, a repository, settings out of range.
        public func problems(in environment: [String: String]) -> [String] {
            var problems: [String] = []
            if let repoId, modelPath == nil {
                problems.append(
                    "`repo_id` is not supported: fetch \(model) from \(repoId), and say which folder it is in with `model_path`"
                )
            } else {
                do {
                    try GGUFFile.check(path: path(in: environment))
                } catch {
                    problems.append(error.message)
                }
            }
            if nCtx < 0 || nBatch < 1 {
                problems.append("`n_ctx` must be at least 0 and `n_batch` at least 1")
            }
            return problems
        }

        /// Loads the file, unless another step of the run has.
        public func load(_ resources: RunResources) async throws -> any LoadedEmbeddingModel {
            let path = path(in: resources.environment)
            let layers = nGpuLayers ?? -1
            let description = self
            do {
                let worker = try await resources.shared("llama-embeddings \(path) \(layers) \(capacity) \(settings)") {
                    let model = try await resources.shared("llama-model \(path) \(layers)") {
                        try LlamaModel(path: path, gpuLayers: layers)
                    } close: { _ in
                    }
                    let worker = description.worker(of: model)
                    try await worker.prepare()
                    return worker
                } close: { _ in
                }
                return worker
            } catch let error as LlamaError {
                throw LanguageModelError(code: .modelFile, message: error.message, isForAllRows: true, cause: error)
            }
        }

        private var settings: String { "\(pooling?.rawValue ?? "") \(normalizeEmbeddings ?? false)" }

        /// How many tokens a text may have.
        private var capacity: Int { nCtx == 0 ? nBatch : min(nCtx, nBatch) }

        private func worker(of model: LlamaModel) -> LlamaEmbeddingWorker {
            let (capacity, pooling) = (capacity, pooling)
            return LlamaEmbeddingWorker(modelName: modelName, isNormalized: normalizeEmbeddings ?? false) {
                try LlamaEmbeddingContext(
                    model: model, capacity: capacity, sequences: 32, pooling: pooling,
                    threads: max(1, availableProcessorCount() - 1))
            }
        }

        /// The file, in this process.
        public func endpoint(in environment: [String: String]) -> Endpoint {
            Endpoint(
                id: "llama.cpp \(path(in: environment))", name: modelName, model: modelName, concurrency: 2,
                isRemote: false)
        }

        /// The file's name and the settings.
        public func canonicalDescription() throws -> [UInt8] { Array("\(model) \(capacity) \(settings)".utf8) }

        /// Where the file is.
        private func path(in environment: [String: String]) -> String {
            guard var folder = modelPath else { return model }
            if folder.hasPrefix("~/"), let home = environment["HOME"] { folder = home + folder.dropFirst() }
            if folder.hasSuffix(".gguf") || model.isEmpty { return folder }
            return folder.hasSuffix("/") ? folder + model : folder + "/" + model
        }

        /// The defaults; the file must be given.
        public static var defaults: LlamaCppEmbeddings { LlamaCppEmbeddings(model: "") }
        /// The file.
        public static var requiredKeys: [String] { ["model"] }
        /// Where Python has it.
        public static var pythonModule: String? { "distilabel.models.embeddings.llamacpp" }
        /// What `components show` says.
        public static var documentation: ComponentDocumentation {
            ComponentDocumentation(
                summary: "An embedding model in this process, from a GGUF file, through llama.cpp.",
                discussion: "Any GGUF model makes vectors; those that were trained for it make good ones.",
                parameters: [
                    "model": "the file's name in model_path",
                    "model_path": "the folder that the file is in, or the file itself",
                    "repo_id": "a repository on the Hub to take the file from; not supported",
                    "n_gpu_layers":
                        "how many layers go to a graphics card; -1 for all, where llama.cpp was built with one",
                    "n_ctx": "tokens that a text may have; of a longer one the first are taken",
                    "n_batch": "tokens that are evaluated at once; a text may not have more of them either",
                    "seed": "of no effect: nothing is drawn",
                    "normalize_embeddings": "whether vectors are brought to length 1",
                    "pooling":
                        "how a text's vector is made of those of its tokens: mean, cls or last; as the file says where not set",
                    "verbose": "of no effect",
                    "extra_kwargs": "of no effect",
                    "cuda_devices": "of no effect",
                    "disable_cuda_device_placement": "of no effect",
                ],
                source: "https://github.com/ggml-org/llama.cpp")
        }
    }

#endif
