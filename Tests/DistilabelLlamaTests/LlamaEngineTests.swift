#if Llama
    import DistilabelLlama
    import DistilabelValues
    import Foundation
    import Testing

    @Suite(.enabled(if: TestModel.isPresent), .serialized, .timeLimit(.minutes(5)))
    struct LlamaEngineTests {
        @Test func greedyAnswerIsTheSameEachTime() async throws {
            let engine = try await TestModel.engine()
            let request = LlamaRequest(
                TestModel.ask("What is the capital of France?"), maxTokens: 24, sampling: .greedy)
            let first = try await engine.generate(request)
            #expect(first.text.contains("Paris"))
            #expect(first.completionTokens <= 24)
            #expect(first.promptTokens == engine.tokenCount(of: request.prompt))
            let second = try await engine.generate(request)
            #expect(second.text == first.text)
        }

        @Test func seedDecidesTheAnswer() async throws {
            let prompt = TestModel.ask("Tell me a story.")
            func answer(seed: UInt64) async throws -> String {
                let engine = try await TestModel.engine()
                return try await engine.generate(
                    LlamaRequest(prompt, maxTokens: 20, sampling: LlamaSampling(temperature: 1.2, seed: seed))
                ).text
            }
            let first = try await answer(seed: 1)
            #expect(try await answer(seed: 1) == first)
            #expect(try await answer(seed: 2) != first)
        }

        @Test(arguments: [1, 2]) func manyCallersAreAnsweredEachTheirOwn(workers: Int) async throws {
            let engine = try await TestModel.engine(sequences: 4, workers: workers)
            let animals = [
                "cat", "dog", "horse", "lion", "whale", "spider", "eagle", "shark", "wolf", "bear", "frog", "goat",
            ]
            let answers = try await withThrowingTaskGroup(of: (String, LlamaCompletion).self) { group in
                for animal in animals {
                    group.addTask {
                        let request = LlamaRequest(
                            TestModel.ask("Write one sentence about a \(animal)."), maxTokens: 16, sampling: .greedy)
                        return (animal, try await engine.generate(request))
                    }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(answers.count == animals.count)
            // A small model keeps to the animal in nearly all of its sentences; mixed up answers would not.
            #expect(answers.count { $1.text.lowercased().contains($0) } >= animals.count - 3)
        }

        @Test func beginningsAreEvaluatedOnce() async throws {
            let engine = try await TestModel.engine()
            let rules = String(repeating: "Answer politely and keep it short. ", count: 20)
            let completions = try await withThrowingTaskGroup(of: LlamaCompletion.self) { group in
                for number in 0..<6 {
                    group.addTask {
                        try await engine.generate(
                            LlamaRequest(
                                TestModel.ask(rules + "Say the number \(number)."), maxTokens: 4, sampling: .greedy))
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let prompt = completions.reduce(0) { $0 + $1.promptTokens }
            let shared = completions.reduce(0) { $0 + $1.sharedTokens }
            #expect(completions.count { $0.sharedTokens == 0 } == 1, "only the first evaluates all")
            #expect(Double(shared) > 0.7 * Double(prompt))
        }

        /// The sums of a shared beginning are added up in another order, so an answer in a hundred differs; a wrong
        /// beginning spoils all.
        @Test func sharersAnswerAsIfAlone() async throws {
            let rules = """
                You are a helpful teacher of mathematics. Explain the idea in plain words, give one small example, and keep it short. \
                Never use lists. Always answer in English and stay with the topic.
                """
            let shared = try await TestModel.engine()
            var same = 0
            let topics = ["primes", "triangles", "sets", "limits", "matrices"]
            for (index, topic) in topics.enumerated() {
                let request = LlamaRequest(
                    .messages([
                        LlamaMessage(role: "system", content: rules),
                        LlamaMessage(role: "user", content: "What are \(topic)?"),
                    ]), maxTokens: 8, sampling: .greedy)
                let sharer = try await shared.generate(request)
                let alone = try await TestModel.engine(sequences: 1, contextLength: 512).generate(request)
                #expect((sharer.sharedTokens > 40) == (index > 0))
                #expect(alone.sharedTokens == 0)
                if sharer.text == alone.text { same += 1 }
            }
            #expect(same >= topics.count - 1)
        }

        @Test func answersFitTheirSchema() async throws {
            let engine = try await TestModel.engine()
            let schema: Value = [
                "type": "object", "required": ["ratings", "note"],
                "properties": [
                    "ratings": [
                        "type": "array", "items": ["type": "integer", "minimum": 1, "maximum": 5], "minItems": 2,
                        "maxItems": 2,
                    ],
                    "note": ["type": "string", "maxLength": 30],
                ],
            ]
            let completions = try await withThrowingTaskGroup(of: LlamaCompletion.self) { group in
                for seed in 0..<4 {
                    group.addTask {
                        try await engine.generate(
                            LlamaRequest(
                                TestModel.ask("Rate these two jokes."), maxTokens: 100,
                                sampling: LlamaSampling(
                                    temperature: 1.5, topK: seed == 0 ? 0 : 40, minP: 0, seed: UInt64(seed)),
                                constraint: .jsonSchema(schema)))
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for completion in completions {
                #expect(completion.finishReason == .stop)
                let object = try #require(
                    try JSONSerialization.jsonObject(with: Data(completion.text.utf8)) as? [String: Any])
                #expect(Set(object.keys) == ["ratings", "note"])
                let ratings = try #require(object["ratings"] as? [Int])
                #expect(ratings.count == 2 && ratings.allSatisfy { (1...5).contains($0) })
                #expect(try #require(object["note"] as? String).unicodeScalars.count <= 30)
            }
        }

        @Test func grammarsAndPatternsAreFollowed() async throws {
            let engine = try await TestModel.engine()
            let prompt = TestModel.ask("Is the sky blue?")
            let word = try await engine.generate(
                LlamaRequest(
                    prompt, sampling: LlamaSampling(seed: 1), constraint: .grammar("root ::= \"Yes.\" | \"No.\"")))
            #expect(["Yes.", "No."].contains(word.text))
            let code = try await engine.generate(
                LlamaRequest(prompt, sampling: LlamaSampling(seed: 1), constraint: .regex(#"[A-Z]{3}-\d{2}"#)))
            #expect(code.text.wholeMatch(of: /[A-Z]{3}-\d{2}/) != nil)
            await #expect(throws: LlamaError.self) {
                try await engine.generate(LlamaRequest(prompt, constraint: .grammar("root ::= (")))
            }
        }

        @Test func stopTextEndsTheAnswerAndIsNotPartOfIt() async throws {
            let engine = try await TestModel.engine()
            let request = LlamaRequest(
                .text("One, two, three, four,"), maxTokens: 40, sampling: .greedy, stop: [" seven"])
            let completion = try await engine.generate(request)
            #expect(completion.text.contains("six") && !completion.text.contains("seven"))
            #expect(completion.finishReason == .stop)
        }

        @Test func limitOfTokensEndsTheAnswer() async throws {
            let completion = try await TestModel.engine().generate(
                LlamaRequest(TestModel.ask("Write a long story."), maxTokens: 5, sampling: .greedy))
            #expect(completion.completionTokens == 5)
            #expect(completion.finishReason == .length)
        }

        @Test func promptThatDoesNotFitIsRefused() async throws {
            let engine = try await TestModel.engine(sequences: 1, contextLength: 256)
            let long = LlamaRequest(.text(String(repeating: "word ", count: 400)))
            await #expect { try await engine.generate(long) } throws: { ($0 as? LlamaError)?.code == .promptTooLong }
            // A prompt that fits is answered up to the end of the context.
            let short = try await engine.generate(
                LlamaRequest(.text(String(repeating: "word ", count: 200)), maxTokens: 1000, sampling: .greedy))
            #expect(short.promptTokens + short.completionTokens <= 257)
        }

        @Test func moreRequestsThanTheContextHoldsWaitForTheirTurn() async throws {
            let engine = try await TestModel.engine(sequences: 4, contextLength: 128)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<6 {
                    group.addTask {
                        let text = "\(number) " + String(repeating: "word ", count: 60)
                        let completion = try await engine.generate(
                            LlamaRequest(.text(text), maxTokens: 20, sampling: .greedy))
                        #expect(completion.completionTokens > 0)
                    }
                }
                try await group.waitForAll()
            }
        }

        @Test func cancellingFreesTheSequence() async throws {
            let engine = try await TestModel.engine(sequences: 1)
            let clock = ContinuousClock()
            let story = Task {
                try await engine.generate(
                    LlamaRequest(.text("Once upon a time"), maxTokens: 3000, constraint: .regex("[a-z ]{900}")))
            }
            try await Task.sleep(for: .milliseconds(300))
            let start = clock.now
            story.cancel()
            await #expect(throws: CancellationError.self) { try await story.value }
            #expect(clock.now - start < .seconds(1), "the caller does not wait for the step to end")
            let next = try await engine.generate(LlamaRequest(TestModel.ask("Hello"), maxTokens: 4, sampling: .greedy))
            #expect(next.completionTokens > 0)
            #expect(next.waitTime < .seconds(5), "the sequence was free again")
        }

        @Test func requestCancelledBeforeItStartsIsNotRun() async throws {
            let engine = try await TestModel.engine(sequences: 1)
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await engine.generate(LlamaRequest(TestModel.ask("Hello"), maxTokens: 4))
            }
            await #expect(throws: CancellationError.self) { try await task.value }
        }

        @Test(arguments: [
            LlamaRequest(.text("x"), maxTokens: 0), LlamaRequest(.text("x"), sampling: LlamaSampling(temperature: -1)),
            LlamaRequest(.text("x"), sampling: LlamaSampling(topP: 0)),
            LlamaRequest(.text("x"), sampling: LlamaSampling(repetitionPenalty: 0)),
            LlamaRequest(.text("")),
        ]) func valuesOutOfRangeAreRefused(request: LlamaRequest) async throws {
            let engine = try await TestModel.engine(sequences: 1, contextLength: 256)
            await #expect { try await engine.generate(request) } throws: { ($0 as? LlamaError)?.code == .optionInvalid }
        }

        @Test func logIsSilentUntilAsked() async throws {
            let lines = Lines()
            LlamaLog.setHandler { _, line in lines.add(line) }
            _ = try LlamaModel(path: TestModel.path, gpuLayers: 0)
            LlamaLog.setHandler(nil)
            #expect(lines.count > 10)
        }

        private final class Lines: Sendable {
            private let lines = NSLock()
            nonisolated(unsafe) private var number = 0
            func add(_ line: String) { lines.withLock { number += 1 } }
            var count: Int { lines.withLock { number } }
        }
    }

#endif
