#if Llama
    internal import CLlama

    /// A context of llama.cpp that makes vectors of texts instead of writing.
    ///
    /// Confined to the worker that made it.
    final class LlamaEmbeddingContext {
        private let context: OpaquePointer
        private var batch: llama_batch
        private let model: LlamaModel
        private let dimension: Int
        /// How many tokens are evaluated at once.
        private let capacity: Int
        private let sequences: Int

        /// Makes a context.
        ///
        /// - Parameters:
        ///   - model: The model.
        ///   - capacity: How many tokens are evaluated at once; a text has no more of them.
        ///   - sequences: How many texts are evaluated at once.
        ///   - pooling: How a text's vector is made; nil as the file says, the mean where it says nothing.
        ///   - threads: How many threads compute.
        /// - Throws: `LlamaError` when llama.cpp makes none.
        init(
            model: LlamaModel, capacity: Int, sequences: Int, pooling: LlamaPooling?, threads: Int
        ) throws(LlamaError) {
            var context = Self.make(model, capacity, sequences, pooling?.type, threads)
            if let made = context, pooling == nil, llama_pooling_type(made) == LLAMA_POOLING_TYPE_NONE {
                llama_free(made)
                context = Self.make(model, capacity, sequences, LLAMA_POOLING_TYPE_MEAN, threads)
            }
            guard let context else {
                throw LlamaError(
                    .contextRejected,
                    "llama.cpp makes no context for embeddings of \(model.path): "
                        + "\(LlamaLog.recentErrors ?? "no reason given")")
            }
            guard llama_pooling_type(context) != LLAMA_POOLING_TYPE_RANK else {
                llama_free(context)
                throw LlamaError(
                    .modelRejected, "\(model.path) ranks texts and makes no vectors; take an embedding model")
            }
            self.context = context
            self.model = model
            self.capacity = min(capacity, Int(llama_n_ubatch(context)))
            self.sequences = sequences
            batch = llama_batch_init(Int32(self.capacity), 0, 1)
            dimension = Int(llama_model_n_embd_out(model.pointer))
        }

        deinit {
            llama_batch_free(batch)
            llama_free(context)
        }

        private static func make(
            _ model: LlamaModel, _ capacity: Int, _ sequences: Int, _ pooling: llama_pooling_type?, _ threads: Int
        ) -> OpaquePointer? {
            var parameters = llama_context_default_params()
            parameters.embeddings = true
            parameters.n_ctx = UInt32(clamping: capacity)
            // What is pooled must be evaluated in one piece.
            parameters.n_batch = UInt32(clamping: capacity)
            parameters.n_ubatch = UInt32(clamping: capacity)
            parameters.n_seq_max = UInt32(clamping: sequences)
            parameters.n_threads = Int32(clamping: threads)
            parameters.n_threads_batch = Int32(clamping: threads)
            parameters.kv_unified = true
            parameters.no_perf = true
            if let pooling { parameters.pooling_type = pooling }
            LlamaLog.clearErrors()
            return llama_init_from_model(model.pointer, parameters)
        }

        /// The vectors of some texts, and how many tokens these have.
        ///
        /// Of a text of more tokens than fit, the first are taken, as in Python.
        ///
        /// - Throws: `LlamaError` when llama.cpp fails.
        func vectors(of texts: [String]) throws(LlamaError) -> (vectors: [[Float]], tokens: Int) {
            var made: [[Float]] = []
            var total = 0
            var waiting = 0
            batch.n_tokens = 0
            for text in texts {
                let tokens = model.tokens(of: text, isPrompt: true).prefix(capacity)
                total += tokens.count
                if waiting == sequences || Int(batch.n_tokens) + tokens.count > capacity {
                    made += try evaluate(waiting)
                    waiting = 0
                }
                for (position, token) in tokens.enumerated() {
                    let place = Int(batch.n_tokens)
                    batch.token[place] = token
                    batch.pos[place] = Int32(position)
                    batch.n_seq_id[place] = 1
                    batch.seq_id[place]?[0] = Int32(waiting)
                    batch.logits[place] = 1
                    batch.n_tokens += 1
                }
                if tokens.isEmpty {
                    // A text without tokens has no vector of its own.
                    made += try evaluate(waiting)
                    waiting = 0
                    made.append(Array(repeating: 0, count: dimension))
                } else {
                    waiting += 1
                }
            }
            return (made + (try evaluate(waiting)), total)
        }

        /// Evaluates what is in the batch: the vectors of so many texts.
        private func evaluate(_ count: Int) throws(LlamaError) -> [[Float]] {
            guard count > 0 else { return [] }
            if let memory = llama_get_memory(context) { llama_memory_clear(memory, true) }
            LlamaLog.clearErrors()
            let status = llama_decode(context, batch)
            batch.n_tokens = 0
            guard status == 0 else {
                throw LlamaError(
                    .evaluationFailed,
                    "llama.cpp failed to evaluate \(model.path) (status \(status)): "
                        + (LlamaLog.recentErrors ?? "no reason given"))
            }
            var vectors: [[Float]] = []
            for sequence in 0..<count {
                guard let numbers = llama_get_embeddings_seq(context, Int32(sequence)) else {
                    throw LlamaError(.evaluationFailed, "\(model.path) gave no vector; take an embedding model")
                }
                vectors.append(Array(UnsafeBufferPointer(start: numbers, count: dimension)))
            }
            return vectors
        }
    }

#endif
