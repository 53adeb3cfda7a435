#if Llama
    internal import DistilabelModels

    /// Makes vectors with one context, on a thread of its own.
    actor LlamaEmbeddingWorker: LoadedEmbeddingModel {
        private let executor = WorkerExecutor(label: "llama.embeddings")
        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

        nonisolated let modelName: String
        /// One batch is evaluated, one waits.
        nonisolated let concurrency = 2
        private let isNormalized: Bool
        private let makeContext: @Sendable () throws -> LlamaEmbeddingContext
        private var context: LlamaEmbeddingContext?

        init(
            modelName: String, isNormalized: Bool,
            makeContext: @escaping @Sendable () throws -> LlamaEmbeddingContext
        ) {
            self.modelName = modelName
            self.isNormalized = isNormalized
            self.makeContext = makeContext
        }

        /// Makes the context.
        ///
        /// - Throws: `LlamaError` when llama.cpp makes none.
        func prepare() throws { if context == nil { context = try makeContext() } }

        func embed(_ texts: [String]) async throws -> EmbeddingResponse {
            try prepare()
            guard let context else { throw CancellationError() }
            let made: (vectors: [[Float]], tokens: Int)
            do {
                made = try context.vectors(of: texts)
            } catch {
                throw LanguageModelError(code: .serverFailure, message: error.message, cause: error)
            }
            let vectors = made.vectors.map { vector in
                let length = isNormalized ? vector.reduce(0) { $0 + $1 * $1 }.squareRoot() : 1
                return vector.map { Double(length > 0 ? $0 / length : $0) }
            }
            return EmbeddingResponse(vectors: vectors, usage: [Usage(inputTokens: made.tokens, outputTokens: 0)])
        }
    }

#endif
