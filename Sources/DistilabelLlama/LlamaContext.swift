#if Llama
    internal import CLlama

    /// A context of llama.cpp: the memory of the running sequences, and the batch that is evaluated next.
    ///
    /// Confined to the worker that made it.
    final class LlamaContext {
        private let context: OpaquePointer
        private let memory: OpaquePointer
        private var batch: llama_batch
        private let capacity: Int
        private let model: LlamaModel
        let vocabularySize: Int

        /// How many tokens all sequences may hold together.
        let length: Int

        init(model: LlamaModel, options: LlamaEngineOptions.Resolved) throws(LlamaError) {
            var parameters = llama_context_default_params()
            parameters.n_ctx = UInt32(clamping: options.contextLength)
            parameters.n_batch = UInt32(clamping: options.batchLength)
            parameters.n_ubatch = UInt32(clamping: options.batchLength)
            parameters.n_seq_max = UInt32(clamping: options.sequences + options.kept)
            parameters.n_threads = Int32(clamping: options.threads)
            parameters.n_threads_batch = Int32(clamping: options.threads)
            // One pool of cells for all sequences: a beginning that several share is held once. Flash attention skips
            // the cells of other sequences.
            parameters.kv_unified = true
            parameters.flash_attn_type = LLAMA_FLASH_ATTN_TYPE_AUTO
            parameters.no_perf = true
            LlamaLog.clearErrors()
            guard let context = llama_init_from_model(model.pointer, parameters) else {
                throw LlamaError(
                    .contextRejected,
                    "llama.cpp makes no context of \(options.contextLength) tokens for \(model.path): "
                        + "\(LlamaLog.recentErrors ?? "no reason given"); ask for a shorter one")
            }
            guard let memory = llama_get_memory(context) else {
                llama_free(context)
                throw LlamaError(
                    .contextRejected, "\(model.path) has no memory of a sequence; it does not generate text")
            }
            self.context = context
            self.memory = memory
            self.model = model
            // llama.cpp makes the batch no longer than the context, and ends the process at a longer one.
            capacity = min(options.batchLength, Int(llama_n_batch(context)))
            batch = llama_batch_init(Int32(capacity), 0, 1)
            vocabularySize = model.metadata.vocabularySize
            length = Int(llama_n_ctx(context))
        }

        deinit {
            llama_batch_free(batch)
            llama_free(context)
        }

        // MARK: The batch

        /// How many more tokens the batch takes.
        var room: Int { capacity - Int(batch.n_tokens) }

        /// Empties the batch.
        func clearBatch() { batch.n_tokens = 0 }

        /// Adds a token to the batch, and returns its place in it.
        @discardableResult
        func add(_ token: Int32, at position: Int, of sequence: Int32, wantsLogits: Bool) -> Int32 {
            let index = Int(batch.n_tokens)
            batch.token[index] = token
            batch.pos[index] = Int32(position)
            batch.n_seq_id[index] = 1
            batch.seq_id[index]?[0] = sequence
            batch.logits[index] = wantsLogits ? 1 : 0
            batch.n_tokens += 1
            return Int32(index)
        }

        /// Evaluates the batch.
        func evaluate() throws(LlamaError) {
            guard batch.n_tokens > 0 else { return }
            LlamaLog.clearErrors()
            let status = llama_decode(context, batch)
            guard status == 0 else {
                throw LlamaError(
                    .evaluationFailed,
                    "llama.cpp failed to evaluate \(model.path) (status \(status)): "
                        + (LlamaLog.recentErrors ?? "no reason given"))
            }
        }

        /// The logits behind a place in the batch, one a token of the vocabulary; they may be changed.
        func logits(at index: Int32) -> UnsafeMutableBufferPointer<Float>? {
            llama_get_logits_ith(context, index).map { UnsafeMutableBufferPointer(start: $0, count: vocabularySize) }
        }

        // MARK: Sequences

        /// Lets a sequence begin as another one does.
        func copy(_ source: Int32, to target: Int32, count: Int) {
            llama_memory_seq_cp(memory, source, target, 0, Int32(count))
        }

        /// Forgets a sequence from a position on.
        func remove(_ sequence: Int32, from position: Int = 0) {
            _ = llama_memory_seq_rm(memory, sequence, Int32(position), -1)
        }

        /// Forgets everything.
        func removeAll() { llama_memory_clear(memory, false) }
    }

#endif
