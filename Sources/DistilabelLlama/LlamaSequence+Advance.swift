#if Llama

    extension LlamaSequence {
        /// How many of the best tokens are tried against the grammar before all are.
        private static let firstTry = 128

        /// Draws the next token from its logits, and adds it.
        ///
        /// - Returns: Why the answer ends with it; nil where it goes on.
        mutating func advance(
            _ logits: UnsafeMutableBufferPointer<Float>, model: LlamaModel
        ) -> LlamaCompletion.FinishReason? {
            sampler.penalize(logits, history: tokens)
            let token = draw(UnsafeBufferPointer(logits))
            if firstToken == nil { firstToken = .now }
            // Nothing is allowed any more: the grammar has come to its end, or into a corner.
            guard token >= 0 else { return .stop }
            tokens.append(token)
            if model.isEnd(token) { return .stop }
            grammar?.accept(token)
            let before = text.count
            model.appendText(of: token, to: &text)
            if let position = stopPosition(newBytes: text.count - before) {
                text.removeSubrange(position...)
                return .stop
            }
            if endsWithGrammar, let grammar, let end = model.end, grammar.allows(end) { return .stop }
            if generated >= job.request.maxTokens || tokens.count >= reserved {
                return .length
            }
            return nil
        }

        /// Draws a token that the grammar allows; -1 where it allows none.
        ///
        /// Asking the grammar about the whole vocabulary takes longer than evaluating a small model, so the token is
        /// drawn as if there were no grammar first. Only when that one is refused are the best ones asked about, and
        /// all of them only when none of these may come.
        private mutating func draw(_ logits: UnsafeBufferPointer<Float>) -> Int32 {
            let token = sampler.draw(from: logits)
            guard let grammar, !grammar.allows(token) else { return token }
            let best = grammar.allowed(sampler.highest(Self.firstTry, of: logits))
            if !best.isEmpty { return sampler.draw(fromSorted: best) }
            return sampler.draw(fromUnsorted: grammar.allowed(sampler.all(of: logits)))
        }
    }

#endif
