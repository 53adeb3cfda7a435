#if Llama
    @testable import DistilabelLlama
    import Testing

    struct LlamaSequenceTests {
        private func sequence(_ text: String, stops: [String]) -> LlamaSequence {
            let job = LlamaJob(request: LlamaRequest(.text("x")), prompt: [1], grammar: nil)
            var sequence = LlamaSequence(
                job: job, number: 0, reserved: 10, tokens: [1], sampler: TokenSampler(.greedy), grammar: nil,
                endsWithGrammar: false, stops: stops.map { Array($0.utf8) })
            sequence.text = Array(text.utf8)
            return sequence
        }

        @Test func stopTextIsFoundAcrossTokens() {
            #expect(sequence("one two END", stops: ["END"]).stopPosition(newBytes: 1) == 8)
            #expect(sequence("one two END of it", stops: ["END"]).stopPosition(newBytes: 7) == 8)
            #expect(
                sequence("one two END of it", stops: ["END"]).stopPosition(newBytes: 6) == nil,
                "it was looked at before")
            #expect(sequence("one two", stops: ["END", ""]).stopPosition(newBytes: 3) == nil)
            #expect(
                sequence("a\n\nb###", stops: ["###", "\n\n"]).stopPosition(newBytes: 6) == 1, "the earliest counts")
        }

        @Test(arguments: [("", 0), ("abc", 0), ("é", 0), ("€", 0), ("😀", 0)])
        func wholeCharactersAreNotBroken(text: String, expected: Int) {
            #expect(LlamaSequence.brokenTail(Array(text.utf8)) == expected)
        }

        @Test func beginningsOfCharactersAreLeftOut() {
            for text in ["é", "€", "😀"] {
                for count in 1..<text.utf8.count {
                    #expect(LlamaSequence.brokenTail(Array("a".utf8) + Array(text.utf8.prefix(count))) == count)
                }
            }
        }
    }

#endif
