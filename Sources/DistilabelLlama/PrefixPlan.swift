#if Llama

    /// What a new sequence can take over from others.
    enum PrefixPlan: Equatable {
        /// Nothing that is worth it.
        case evaluate
        /// The first `count` tokens of a sequence, which are evaluated.
        case copy(source: Int32, count: Int)
        /// More of a sequence that is just being evaluated: waiting for it is cheaper than doing the same again.
        case wait

        /// A sequence that others can start from.
        struct Source {
            var sequence: Int32
            /// Its tokens, evaluated or to be evaluated without further waiting.
            var tokens: [Int32]
            /// How many of them are evaluated.
            var evaluated: Int
        }

        /// How many tokens of a prompt must be saved for a wait.
        private static let worthWaiting = 16

        /// Chooses for a prompt.
        ///
        /// - Parameters:
        ///   - prompt: The new sequence's tokens; at least the last one is always evaluated, for what comes after it is
        ///     wanted.
        ///   - sources: The sequences that are there.
        static func choose(prompt: [Int32], sources: some Sequence<Source>) -> PrefixPlan {
            var best: (sequence: Int32, count: Int) = (-1, 0)
            var planned = 0
            for source in sources {
                let common = commonPrefix(prompt, source.tokens, limit: prompt.count - 1)
                let ready = min(common, source.evaluated)
                if ready > best.count { best = (source.sequence, ready) }
                planned = max(planned, common)
            }
            if planned >= best.count + worthWaiting { return .wait }
            return best.count > 0 ? .copy(source: best.sequence, count: best.count) : .evaluate
        }

        /// How many tokens two lists begin with in common.
        static func commonPrefix(_ left: [Int32], _ right: [Int32], limit: Int = .max) -> Int {
            let count = min(left.count, right.count, limit)
            return left.withUnsafeBufferPointer { left in
                right.withUnsafeBufferPointer { right in
                    var index = 0
                    while index < count, left[index] == right[index] { index += 1 }
                    return index
                }
            }
        }
    }

#endif
