#if Llama
    @testable import DistilabelLlama
    import Testing

    struct PrefixPlanTests {
        private let prompt: [Int32] = Array(0..<100)

        private func source(_ sequence: Int32, common: Int, evaluated: Int) -> PrefixPlan.Source {
            PrefixPlan.Source(sequence: sequence, tokens: Array(0..<Int32(common)) + [-1, -2], evaluated: evaluated)
        }

        @Test func withoutSourcesAllIsEvaluated() {
            #expect(PrefixPlan.choose(prompt: prompt, sources: []) == .evaluate)
            #expect(PrefixPlan.choose(prompt: prompt, sources: [source(1, common: 0, evaluated: 2)]) == .evaluate)
        }

        @Test func longestEvaluatedBeginningIsCopied() {
            let sources = [source(1, common: 30, evaluated: 32), source(2, common: 50, evaluated: 52)]
            #expect(PrefixPlan.choose(prompt: prompt, sources: sources) == .copy(source: 2, count: 50))
        }

        @Test func lastTokenIsAlwaysEvaluated() {
            let same = PrefixPlan.Source(sequence: 4, tokens: prompt + [7, 8], evaluated: 102)
            #expect(PrefixPlan.choose(prompt: prompt, sources: [same]) == .copy(source: 4, count: 99))
        }

        @Test func beginningThatIsBeingEvaluatedIsWaitedFor() {
            #expect(PrefixPlan.choose(prompt: prompt, sources: [source(1, common: 60, evaluated: 10)]) == .wait)
            #expect(
                PrefixPlan.choose(prompt: prompt, sources: [source(1, common: 60, evaluated: 55)])
                    == .copy(source: 1, count: 55), "a few tokens are not worth a wait")
        }
    }

#endif
