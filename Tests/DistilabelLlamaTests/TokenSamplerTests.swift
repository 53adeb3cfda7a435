#if Llama
    import DistilabelValues
    import Testing

    @testable import DistilabelLlama

    struct TokenSamplerTests {
        /// Logits in no order, of a size that is no multiple of a block.
        private let logits: [Float] = {
            var generator = SeededRandom(seed: 7)
            return (0..<1001).map { _ in Float.random(in: -8...8, using: &generator) }
        }()

        private func draws(_ count: Int, _ sampling: LlamaSampling, from logits: [Float]) -> [Int32] {
            var sampler = TokenSampler(sampling)
            return logits.withUnsafeBufferPointer { logits in (0..<count).map { _ in sampler.draw(from: logits) } }
        }

        @Test func greedyTakesTheBest() {
            for size in [1, 2, 63, 255, 256, 257, 1001] {
                let part = Array(logits.prefix(size))
                let best = part.indices.max { part[$0] < part[$1] }
                #expect(draws(1, .greedy, from: part) == [Int32(best ?? -1)])
            }
        }

        @Test func highestAreTheSameAsSorting() {
            var sampler = TokenSampler(.greedy)
            let order = logits.indices.sorted { logits[$0] > logits[$1] }
            for count in [1, 5, 40, 300, 1001] {
                let found = logits.withUnsafeBufferPointer { sampler.highest(count, of: $0) }
                #expect(found.map { Int($0.token) } == Array(order.prefix(count)))
            }
        }

        @Test func sameSeedDrawsTheSame() {
            let sampling = LlamaSampling(temperature: 1.3, topK: 0, minP: 0, seed: 42)
            let first = draws(50, sampling, from: logits)
            #expect(first == draws(50, sampling, from: logits))
            var other = sampling
            other.seed = 43
            #expect(first != draws(50, other, from: logits))
        }

        @Test func drawsFollowTheProbabilities() {
            // Odds of 1 : 2 : 5 at temperature 1.
            let logits: [Float] = [0, 0.6931472, 1.609438]
            let drawn = draws(8000, LlamaSampling(topK: 0, minP: 0, seed: 1), from: logits)
            for (token, expected) in [(0, 1.0 / 8), (1, 2.0 / 8), (2, 5.0 / 8)] {
                let share = Double(drawn.count { $0 == token }) / 8000
                #expect(abs(share - expected) < 0.025)
            }
        }

        @Test func truncationsLeaveOutTheUnlikely() {
            let logits: [Float] = [0, 0.6931472, 1.609438, -3]
            let topK = LlamaSampling(temperature: 2, topK: 2, minP: 0, seed: 3)
            #expect(Set(draws(500, topK, from: logits)) == [1, 2])
            let topP = LlamaSampling(temperature: 2, topP: 0.6, topK: 0, minP: 0, seed: 3)
            #expect(Set(draws(500, topP, from: logits)) == [2])
            let minP = LlamaSampling(temperature: 2, topK: 0, minP: 0.3, seed: 3)
            #expect(Set(draws(500, minP, from: logits)) == [1, 2])
        }

        @Test func penaltiesLowerWhatWasSeenWithinTheWindow() {
            var changed: [Float] = [2, -2, 3, 1]
            let sampling = LlamaSampling(
                repetitionPenalty: 2, frequencyPenalty: 0.5, presencePenalty: 0.25, penaltyWindow: 3)
            changed.withUnsafeMutableBufferPointer {
                TokenSampler(sampling).penalize($0, history: [3, 0, 1, 0] as [Int32])
            }
            #expect(changed == [-0.25, -4.75, 3, 1] as [Float])
        }
    }

#endif
