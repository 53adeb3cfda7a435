#if Llama

    /// One answer in the making.
    struct LlamaSequence {
        /// What the sequence does in the next step.
        enum Phase {
            /// It waits for another one that evaluates the same beginning.
            case waiting
            /// Its prompt is evaluated.
            case prompt
            /// Its answer is generated.
            case answer
        }

        let job: LlamaJob
        /// Its number in the context.
        let number: Int32
        /// How many tokens it may hold, reserved in the context.
        let reserved: Int
        var phase = Phase.waiting
        /// The prompt and what has been generated.
        var tokens: [Int32]
        /// How many of the tokens are in the context.
        var evaluated = 0
        /// How many of them came from another sequence.
        var shared = 0
        /// Where its logits stand in the current batch; nil where it has none.
        var output: Int32?
        var sampler: TokenSampler
        var grammar: LlamaGrammar?
        /// Whether the answer is complete as soon as the grammar lets it end.
        let endsWithGrammar: Bool
        let stops: [[UInt8]]
        /// The answer's bytes.
        var text: [UInt8] = []
        let started = ContinuousClock.now
        var firstToken: ContinuousClock.Instant?

        /// How many tokens have been generated.
        var generated: Int { tokens.count - job.prompt.count }

        /// Where a stop text begins that ends within the last bytes; nil where none does.
        func stopPosition(newBytes: Int) -> Int? {
            var found: Int?
            for stop in stops where !stop.isEmpty && stop.count <= text.count {
                var start = max(0, text.count - newBytes - stop.count + 1)
                while start + stop.count <= text.count {
                    if text[start..<(start + stop.count)].elementsEqual(stop) {
                        found = min(found ?? start, start)
                        break
                    }
                    start += 1
                }
            }
            return found
        }

        /// The answer; a character that broke off at the end is left out.
        func completion(_ reason: LlamaCompletion.FinishReason) -> LlamaCompletion {
            let now = ContinuousClock.now
            let first = firstToken ?? now
            return LlamaCompletion(
                text: String(decoding: text.prefix(text.count - Self.brokenTail(text)), as: UTF8.self),
                finishReason: reason,
                promptTokens: job.prompt.count, sharedTokens: shared, completionTokens: generated,
                waitTime: started - job.submitted, promptTime: first - started, generationTime: now - first)
        }

        /// How many bytes at the end are the beginning of a character of which the rest is missing.
        static func brokenTail(_ bytes: [UInt8]) -> Int {
            for back in 1...4 where back <= bytes.count {
                let byte = bytes[bytes.count - back]
                if byte & 0xc0 == 0x80 { continue }
                let length = byte < 0x80 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
                return length > back ? back : 0
            }
            return 0
        }
    }

#endif
