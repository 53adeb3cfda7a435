#if Llama
    internal import DistilabelModels
    internal import DistilabelValues

    /// A model in this process, ready to answer.
    struct LoadedLlamaCppLLM: LoadedLanguageModel {
        let description: LlamaCppLLM
        let engine: LlamaEngine

        var modelName: String { description.modelName }
        /// Twice what is decoded at once, so that a sequence that becomes free finds work waiting.
        var concurrency: Int { engine.concurrency * 2 }

        func generate(_ request: GenerationRequest) async throws -> GenerationResponse {
            let prepared = try prepare(request)
            do {
                let completions = try await withThrowingTaskGroup(of: (Int, LlamaCompletion).self) { group in
                    for index in 0..<request.numberOfGenerations {
                        group.addTask { (index, try await engine.generate(prepared.sample(index))) }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }.sorted { $0.0 < $1.0 }.map(\.1)
                return GenerationResponse(
                    generations: completions.map {
                        Generation(text: $0.text, finishReason: $0.finishReason == .stop ? .stop : .length)
                    },
                    usage: completions.map { Usage(inputTokens: $0.promptTokens, outputTokens: $0.completionTokens) })
            } catch let error as LlamaError {
                throw Self.error(error)
            }
        }

        /// A request of llama.cpp, of which each sample starts from a seed of its own.
        private struct Prepared: Sendable {
            var request: LlamaRequest
            var seed: UInt64?

            func sample(_ index: Int) -> LlamaRequest {
                var request = request
                request.sampling.seed = seed.map { $0 &+ UInt64(index) &* 0x9E37_79B9_7F4A_7C15 }
                return request
            }
        }

        private func prepare(_ request: GenerationRequest) throws -> Prepared {
            let options = description.generationKwargs
            let extra = options.extraGenerationKwargs
            var sampling = LlamaSampling(temperature: options.temperature, topP: options.topP)
            sampling.frequencyPenalty = options.frequencyPenalty
            sampling.presencePenalty = options.presencePenalty
            if let topK = extra["top_k"]?.intValue { sampling.topK = topK }
            if let minP = extra["min_p"]?.doubleValue { sampling.minP = minP }
            if let penalty = extra["repeat_penalty"]?.doubleValue { sampling.repetitionPenalty = penalty }
            var prepared = LlamaRequest(
                .messages(request.messages.map { LlamaMessage(role: $0.role.rawValue, content: $0.text) }),
                maxTokens: options.maxNewTokens, sampling: sampling, stop: stopTexts(options.stop))
            prepared.constraint = try (request.structuredOutput ?? description.structuredOutput).map(constraint)
            let isSeeded = description.seed != LlamaCppLLM.unset
            return Prepared(
                request: prepared,
                seed: isSeeded
                    ? UInt64(bitPattern: Int64(description.seed)) &+ UInt64(request.occurrence) &* 1_000_003 : nil)
        }

        private func stopTexts(_ stop: Value) -> [String] {
            switch stop {
            case .string(let text): [text]
            case .array(let texts): texts.compactMap(\.stringValue)
            default: []
            }
        }

        private func constraint(_ form: StructuredOutput) throws -> LlamaConstraint {
            switch (form.format ?? .json, form.schema) {
            case (.regex, .string(let pattern)): return .regex(pattern)
            case (.regex, let other):
                throw LanguageModelError(
                    code: .invalidRequest, message: "a regular expression is a text, not \(other.kindName)",
                    isForAllRows: true)
            case (.json, .string(let text)):
                do {
                    return .jsonSchema(try JSON.parse(text))
                } catch {
                    throw LanguageModelError(
                        code: .invalidRequest, message: "the schema of `structured_output` is no JSON: \(error)",
                        isForAllRows: true, cause: error)
                }
            case (.json, let schema): return .jsonSchema(schema)
            }
        }

        private static func error(_ error: LlamaError) -> LanguageModelError {
            switch error.code {
            case .promptTooLong: LanguageModelError(code: .contextTooLong, message: error.message, cause: error)
            case .evaluationFailed: LanguageModelError(code: .serverFailure, message: error.message, cause: error)
            default: LanguageModelError(code: .invalidRequest, message: error.message, isForAllRows: true, cause: error)
            }
        }
    }
#endif
