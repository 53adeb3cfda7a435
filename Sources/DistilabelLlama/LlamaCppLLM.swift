#if Llama
    public import DistilabelModels
    public import DistilabelValues

    /// A model in this process, from a GGUF file, through llama.cpp.
    ///
    /// All steps of a run that name the same file share one copy of it, and their requests are decoded together.
    public struct LlamaCppLLM: LanguageModel {
        /// The `generation_kwargs` of models through llama.cpp, under Python's names.
        public struct GenerationOptions: DefaultsProviding, Sendable, Hashable {
            /// Most tokens of an answer.
            public var maxNewTokens = 128
            /// Positive values discourage tokens that came often.
            public var frequencyPenalty = 0.0
            /// Positive values discourage tokens that came at all.
            public var presencePenalty = 0.0
            /// How random the choice of tokens is; 0 takes the likeliest.
            public var temperature = 1.0
            /// Only the likeliest tokens that make up this share are chosen from.
            public var topP = 1.0
            /// Texts at which the answer ends: one, or a list.
            public var stop: Value = .null
            /// More of llama.cpp's settings: `top_k`, `min_p`, `repeat_penalty`.
            public var extraGenerationKwargs: Value = .null

            /// Makes the options.
            public init(
                maxNewTokens: Int = 128, temperature: Double = 1.0, topP: Double = 1.0,
                extraGenerationKwargs: Value = .null
            ) {
                self.maxNewTokens = maxNewTokens
                self.temperature = temperature
                self.topP = topP
                self.extraGenerationKwargs = extraGenerationKwargs
            }

            /// The defaults.
            public static var defaults: GenerationOptions { GenerationOptions() }
        }

        /// The GGUF file; `~` and paths relative to the working directory are understood.
        public var modelPath: String
        /// How many layers go to a graphics card; -1 for all, where llama.cpp was built with one.
        public var nGpuLayers = -1
        /// Tokens that a prompt and its answer may have together.
        public var nCtx = 512
        /// Tokens of prompts that are evaluated at once.
        public var nBatch = 512
        /// From what the choice of tokens starts; 4294967295 for a new start each time.
        public var seed = unset
        /// How many answers a worker writes at once.
        public var sequences = 8
        /// The name of a chat format; read, and of no effect: the file's own chat template is used.
        public var chatFormat: String?
        /// Whether llama.cpp's own messages are shown; read, and of no effect.
        public var verbose = false
        /// More of llama-cpp-python's settings; read, and of no effect.
        public var extraKwargs: Value = .object([:])
        /// A tokenizer on the Hub; read, and of no effect: the file's own is used.
        public var tokenizerId: String?
        /// Whether Magpie's way of asking is used; not supported yet.
        public var useMagpieTemplate = false
        /// What stands before the user's turn in Magpie's way of asking; not supported yet.
        public var magpiePreQueryTemplate: String?
        /// The form that all answers must have.
        public var structuredOutput: StructuredOutput?
        /// How answers are made.
        public var generationKwargs = GenerationOptions()
        /// Python's switch for a batch API, which there is none of here.
        public var useOfflineBatchGeneration = false
        /// Read, and of no effect.
        public var offlineBatchGenerationBlockUntilDone: Int?
        /// Read, and of no effect.
        public var jobsIds: [String]?

        /// The seed that stands for none.
        public static let unset = 4_294_967_295

        /// Makes the description of a model.
        public init(
            modelPath: String, nCtx: Int = 512, seed: Int = unset,
            generationKwargs: GenerationOptions = GenerationOptions(), structuredOutput: StructuredOutput? = nil
        ) {
            self.modelPath = modelPath
            self.nCtx = nCtx
            self.seed = seed
            self.generationKwargs = generationKwargs
            self.structuredOutput = structuredOutput
        }

        /// The file's name without `.gguf`.
        public var modelName: String {
            let file = modelPath.split(separator: "/").last.map(String.init) ?? modelPath
            return file.hasSuffix(".gguf") ? String(file.dropLast(5)) : file
        }

        /// A file that is missing or no model, settings out of range.
        public func problems(in environment: [String: String]) -> [String] {
            var problems: [String] = []
            do {
                try GGUFFile.check(path: path(in: environment))
            } catch {
                problems.append(error.message)
            }
            if nCtx < 1 || nBatch < 1 || sequences < 1 {
                problems.append("`n_ctx`, `n_batch` and `sequences` must be at least 1")
            }
            if useMagpieTemplate { problems.append("`use_magpie_template` is not supported yet: take it away") }
            return problems
        }

        /// Loads the file, unless another step of the run has.
        public func load(_ resources: RunResources) async throws -> any LoadedLanguageModel {
            let path = path(in: resources.environment)
            let layers = nGpuLayers
            let options = LlamaEngineOptions(
                sequences: sequences, contextLength: nCtx > 1024 ? nCtx * sequences : nil, batchLength: nBatch)
            do {
                let engine = try await resources.shared("llama-engine \(path) \(layers) \(options)") {
                    let model = try await resources.shared("llama-model \(path) \(layers)") {
                        try LlamaModel(path: path, gpuLayers: layers)
                    } close: { _ in
                    }
                    return try await LlamaEngine(model: model, options: options)
                } close: { _ in
                }
                return LoadedLlamaCppLLM(description: self, engine: engine)
            } catch let error as LlamaError {
                throw LanguageModelError(code: .modelFile, message: error.message, isForAllRows: true, cause: error)
            }
        }

        /// The file, in this process.
        public func endpoint(in environment: [String: String]) -> Endpoint {
            Endpoint(
                id: "llama.cpp \(path(in: environment))", name: modelName, model: modelName, concurrency: 64,
                isRemote: false)
        }

        /// Each sample is evaluated by itself.
        public var makesSeveral: Bool { false }

        /// `max_new_tokens`.
        public var maximumOutputTokens: Int? { generationKwargs.maxNewTokens }

        /// The file's name, how answers are made and what is asked; the occurrence, too, where a seed is set.
        public func canonicalRequest(_ request: GenerationRequest) throws -> [UInt8] {
            var object: Value.Object = [
                "model": .string(modelName), "messages": .array(request.messages.map(\.value)), "n_ctx": .int(nCtx),
                "generation_kwargs": try ValueEncoder().encode(generationKwargs),
            ]
            if let form = request.structuredOutput ?? structuredOutput {
                object["form"] = ["format": .string((form.format ?? .json).rawValue), "schema": form.schema]
            }
            if seed != Self.unset {
                object["seed"] = .int(seed)
                object["occurrence"] = .int(request.occurrence)
            }
            var bytes: [UInt8] = []
            try JSON.write(.object(object), into: &bytes)
            return bytes
        }

        /// The path with the home folder in the place of `~`.
        private func path(in environment: [String: String]) -> String {
            guard modelPath.hasPrefix("~/"), let home = environment["HOME"] else { return modelPath }
            return home + modelPath.dropFirst()
        }

        /// The defaults; the file must be given.
        public static var defaults: LlamaCppLLM { LlamaCppLLM(modelPath: "") }
        /// The file.
        public static var requiredKeys: [String] { ["model_path"] }
        /// Where Python has it.
        public static var pythonModule: String? { "distilabel.models.llms.llamacpp" }
        /// What `components show` says.
        public static var documentation: ComponentDocumentation {
            ComponentDocumentation(
                summary: "A model in this process, from a GGUF file, through llama.cpp.",
                discussion:
                    "All steps of a run that name the same file share one copy of it, and their requests are decoded together.",
                parameters: [
                    "model_path": "the GGUF file",
                    "n_gpu_layers":
                        "how many layers go to a graphics card; -1 for all, where llama.cpp was built with one",
                    "n_ctx": "tokens that a prompt and its answer may have together; less than 1,024 counts as 1,024",
                    "n_batch": "tokens of prompts that are evaluated at once",
                    "seed": "from what the choice of tokens starts; 4294967295 for a new start each time",
                    "sequences":
                        "how many answers a worker writes at once; there is a worker a processor for small models",
                    "chat_format": "of no effect: the file's own chat template is used",
                    "verbose": "of no effect",
                    "extra_kwargs": "of no effect",
                    "tokenizer_id": "of no effect: the file's own tokenizer is used",
                    "use_magpie_template": "not supported yet",
                    "magpie_pre_query_template": "not supported yet",
                    "structured_output": "the form that all answers must have: {format: json | regex, schema: …}",
                    "generation_kwargs":
                        "how answers are made: max_new_tokens, temperature, top_p, stop, frequency_penalty, presence_penalty, extra_generation_kwargs",
                    "use_offline_batch_generation": "of no effect",
                    "offline_batch_generation_block_until_done": "of no effect",
                    "jobs_ids": "of no effect",
                ],
                source: "https://github.com/ggml-org/llama.cpp")
        }
    }

    /// The models in this process that files may name.
    public enum LlamaModels {
        /// All of them.
        public static let all: [any Component.Type] = [LlamaCppLLM.self, LlamaCppEmbeddings.self]
    }
#endif
