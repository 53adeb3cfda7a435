#if Llama
    internal import DistilabelValues

    /// A token that may be drawn, and its logit (the log of its odds, up to a constant).
    struct Candidate: Equatable {
        var token: Int32
        var logit: Float
    }

    /// Draws one sequence's tokens.
    ///
    /// The chain of samplers that llama.cpp has copies and sorts the whole vocabulary for every token; this one looks at
    /// it once, block by block, and only handles the few tokens that can still be drawn.
    struct TokenSampler {
        let sampling: LlamaSampling
        private var generator: SeededRandom
        private var blockMaxima: [Float] = []

        private static let block = 256
        /// Tokens this far below the best one are not drawn; see `LlamaSampling`.
        private static let reach: Float = 20

        init(_ sampling: LlamaSampling) {
            self.sampling = sampling
            generator = SeededRandom(seed: sampling.seed ?? UInt64.random(in: 0...UInt64.max))
        }

        /// Lowers the logits of the tokens seen lately, in place; to be called once for each set of logits.
        func penalize(_ logits: UnsafeMutableBufferPointer<Float>, history: some RandomAccessCollection<Int32>) {
            let repetition = Float(sampling.repetitionPenalty)
            let frequency = Float(sampling.frequencyPenalty)
            let presence = Float(sampling.presencePenalty)
            guard repetition != 1 || frequency != 0 || presence != 0 else { return }
            var counts: [Int32: Int] = [:]
            for token in history.suffix(sampling.penaltyWindow) { counts[token, default: 0] += 1 }
            for (token, count) in counts where token >= 0 && Int(token) < logits.count {
                var logit = logits[Int(token)]
                logit = logit > 0 ? logit / repetition : logit * repetition
                logits[Int(token)] = logit - frequency * Float(count) - presence
            }
        }

        /// Draws a token from all of the vocabulary.
        mutating func draw(from logits: UnsafeBufferPointer<Float>) -> Int32 {
            let best = scan(logits)
            if sampling.temperature == 0 { return best.token }
            if sampling.topK > 0 { return draw(fromSorted: highest(sampling.topK, of: logits, best: best.logit)) }
            var floor = best.logit - Self.reach * max(1, Float(sampling.temperature))
            if sampling.topP < 1 { return draw(fromSorted: sorted(candidates(of: logits, from: floor))) }
            if sampling.minP > 0 { floor = max(floor, best.logit + Float(Double.logarithm(sampling.minP))) }
            return pick(from: candidates(of: logits, from: floor)[...], best: best.logit)
        }

        /// The most likely tokens, best first.
        ///
        /// - Parameters:
        ///   - count: How many, where the vocabulary has as many.
        ///   - logits: One logit a token.
        mutating func highest(_ count: Int, of logits: UnsafeBufferPointer<Float>) -> [Candidate] {
            let best = scan(logits)
            return highest(count, of: logits, best: best.logit)
        }

        /// All tokens with their logits, in no order.
        func all(of logits: UnsafeBufferPointer<Float>) -> [Candidate] {
            logits.indices.map { Candidate(token: Int32($0), logit: logits[$0]) }
        }

        /// Draws from candidates that stand in no order.
        ///
        /// With none of them there is nothing to draw; -1 says so.
        mutating func draw(fromUnsorted candidates: [Candidate]) -> Int32 { draw(fromSorted: sorted(candidates)) }

        /// Draws from candidates that stand in order, best first.
        ///
        /// With none of them there is nothing to draw; -1 says so.
        mutating func draw(fromSorted sorted: [Candidate]) -> Int32 {
            guard let best = sorted.first else { return -1 }
            if sampling.temperature == 0 { return best.token }
            var kept = sorted[...]
            if sampling.topK > 0 { kept = kept.prefix(sampling.topK) }
            if sampling.topP < 1 {
                // As in llama.cpp the cut is made before the temperature applies.
                let weights = kept.map { Double.exponential(Double($0.logit - best.logit)) }
                let wanted = weights.reduce(0, +) * sampling.topP
                var sum = 0.0
                var count = 0
                for weight in weights where sum < wanted {
                    sum += weight
                    count += 1
                }
                kept = kept.prefix(max(1, count))
            }
            if sampling.minP > 0 {
                let floor = best.logit + Float(Double.logarithm(sampling.minP))
                kept = kept.prefix { $0.logit >= floor }
            }
            return pick(from: kept, best: best.logit)
        }

        /// Draws one by its probability at the temperature.
        private mutating func pick(from candidates: ArraySlice<Candidate>, best: Float) -> Int32 {
            let weights = candidates.map { Double.exponential(Double($0.logit - best) / sampling.temperature) }
            var point = Double.random(in: 0..<1, using: &generator) * weights.reduce(0, +)
            for (candidate, weight) in zip(candidates, weights) {
                point -= weight
                if point < 0 { return candidate.token }
            }
            return candidates.last?.token ?? -1
        }

        // MARK: Looking through the vocabulary

        /// Finds the best token, and notes the maximum of every block.
        private mutating func scan(_ logits: UnsafeBufferPointer<Float>) -> Candidate {
            let blocks = (logits.count + Self.block - 1) / Self.block
            if blockMaxima.count != blocks { blockMaxima = [Float](repeating: 0, count: blocks) }
            let raw = UnsafeRawBufferPointer(logits)
            var best = -Float.infinity
            var bestBlock = 0
            blockMaxima.withUnsafeMutableBufferPointer { maxima in
                for block in 0..<blocks {
                    let start = block * Self.block
                    var maximum = -Float.infinity
                    if start + Self.block <= logits.count {
                        // Written with masks: `pointwiseMax` and `max()` of vectors are many times slower.
                        var lanes = raw.loadUnaligned(fromByteOffset: start * 4, as: SIMD16<Float>.self)
                        for offset in stride(from: start + 16, to: start + Self.block, by: 16) {
                            let next = raw.loadUnaligned(fromByteOffset: offset * 4, as: SIMD16<Float>.self)
                            lanes.replace(with: next, where: next .> lanes)
                        }
                        for lane in 0..<16 where lanes[lane] > maximum { maximum = lanes[lane] }
                    } else {
                        for index in start..<logits.count where logits[index] > maximum { maximum = logits[index] }
                    }
                    maxima[block] = maximum
                    if maximum > best {
                        best = maximum
                        bestBlock = block
                    }
                }
            }
            let start = bestBlock * Self.block
            let end = min(start + Self.block, logits.count)
            let index = (start..<end).first { logits[$0] == best } ?? start
            return Candidate(token: Int32(index), logit: best)
        }

        /// The tokens from a logit on, in the order of the vocabulary; `scan` has run on the same logits.
        private func candidates(of logits: UnsafeBufferPointer<Float>, from floor: Float) -> [Candidate] {
            var found: [Candidate] = []
            for (block, maximum) in blockMaxima.enumerated() where maximum >= floor {
                let start = block * Self.block
                for index in start..<min(start + Self.block, logits.count) where logits[index] >= floor {
                    found.append(Candidate(token: Int32(index), logit: logits[index]))
                }
            }
            return found
        }

        /// Puts the best first.
        ///
        /// Equal logits stand in the order of their tokens, so that nothing depends on how they were sorted.
        private func sorted(_ candidates: [Candidate]) -> [Candidate] {
            candidates.sorted { $0.logit != $1.logit ? $0.logit > $1.logit : $0.token < $1.token }
        }

        private func highest(_ count: Int, of logits: UnsafeBufferPointer<Float>, best: Float) -> [Candidate] {
            var depth: Float = 4
            while depth < 64 {
                let found = candidates(of: logits, from: best - depth)
                if found.count >= count { return Array(sorted(found).prefix(count)) }
                depth *= 1.6
            }
            return Array(sorted(all(of: logits)).prefix(count))
        }
    }

#endif
