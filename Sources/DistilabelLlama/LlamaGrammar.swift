#if Llama
    internal import CLlama

    /// A grammar that follows one answer: it says which tokens may come next.
    ///
    /// Confined to the worker that made it.
    final class LlamaGrammar {
        private let sampler: UnsafeMutablePointer<llama_sampler>
        private let vocabulary: OpaquePointer
        private var data: [llama_token_data] = []

        /// Reads a grammar in GBNF.
        init(_ text: String, model: LlamaModel) throws(LlamaError) {
            LlamaLog.clearErrors()
            guard !text.isEmpty, let sampler = llama_sampler_init_grammar(model.vocabulary, text, "root") else {
                throw LlamaError(
                    .grammarInvalid,
                    "the grammar does not parse; it needs a rule named root, and GBNF notation"
                        + (LlamaLog.recentErrors.map { " (\($0))" } ?? ""))
            }
            self.sampler = sampler
            vocabulary = model.vocabulary
        }

        private init(sampler: UnsafeMutablePointer<llama_sampler>, vocabulary: OpaquePointer) {
            self.sampler = sampler
            self.vocabulary = vocabulary
        }

        deinit { llama_sampler_free(sampler) }

        /// Another follower of the same grammar, at the same point.
        func copy() -> LlamaGrammar? {
            llama_sampler_clone(sampler).map { LlamaGrammar(sampler: $0, vocabulary: vocabulary) }
        }

        /// Whether a token may come next.
        func allows(_ token: Int32) -> Bool { !allowed([Candidate(token: token, logit: 0)]).isEmpty }

        /// Those of some tokens that may come next, in their order.
        ///
        /// A token that steers the model may only come where it ends the answer: llama.cpp matches it by its name,
        /// which is no part of the text.
        func allowed(_ candidates: [Candidate]) -> [Candidate] {
            data.removeAll(keepingCapacity: true)
            for candidate in candidates { data.append(llama_token_data(id: candidate.token, logit: 1, p: 0)) }
            data.withUnsafeMutableBufferPointer { data in
                var array = llama_token_data_array(data: data.baseAddress, size: data.count, selected: -1, sorted: true)
                llama_sampler_apply(sampler, &array)
            }
            return zip(candidates, data).compactMap { candidate, entry in
                guard entry.logit == 1 else { return nil }
                let steers = llama_vocab_is_control(vocabulary, entry.id) && !llama_vocab_is_eog(vocabulary, entry.id)
                return steers ? nil : candidate
            }
        }

        /// Moves on by a token; only one that is allowed may be given, for llama.cpp ends the process at any other.
        func accept(_ token: Int32) { llama_sampler_accept(sampler, token) }
    }

#endif
