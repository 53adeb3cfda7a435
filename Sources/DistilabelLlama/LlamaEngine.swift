#if Llama

    /// Generates text with a model in this process, for any number of callers at once.
    ///
    /// Requests are decoded together, many sequences a step; a new one joins as soon as another ends. Prompts that
    /// begin alike are evaluated once for all of them. The work is done on threads of the engine's own.
    ///
    ///     let engine = try await LlamaEngine(model: LlamaModel(path: "model.gguf"))
    ///     let answer = try await engine.generate(LlamaRequest(.messages([LlamaMessage(role: "user", content: "What is a prime?")])))
    public final class LlamaEngine: Sendable {
        /// The model.
        public let model: LlamaModel
        /// How many requests are decoded at once; more wait for their turn, first come, first served.
        public var concurrency: Int { options.sequences * options.workers }
        /// How many tokens a prompt and its answer may have together.
        public var contextLength: Int { options.sequenceLength }

        private let options: LlamaEngineOptions.Resolved
        private let inbox: LlamaInbox
        private let workers: [LlamaWorker]

        /// Makes the engine's contexts.
        ///
        /// - Parameters:
        ///   - model: The model; other engines may use it as well.
        ///   - options: How to use the machine.
        /// - Throws: `LlamaError` when an option is out of its range or there is too little memory.
        public init(model: LlamaModel, options: LlamaEngineOptions = LlamaEngineOptions()) async throws {
            let options = try options.resolved(
                for: model.metadata, usesGPU: model.usesGPU, processors: availableProcessorCount())
            let inbox = LlamaInbox(workers: options.workers)
            self.model = model
            self.options = options
            self.inbox = inbox
            workers = (0..<options.workers).map { LlamaWorker(index: $0, model: model, options: options, inbox: inbox) }
            for worker in workers { try await worker.prepare() }
        }

        /// Generates an answer.
        ///
        /// Cancelling the calling task frees the sequence at once.
        ///
        /// - Parameter request: What to generate, and how.
        /// - Returns: The answer.
        /// - Throws: `LlamaError` when the prompt does not fit, an option is out of its range or a constraint cannot be
        ///   followed; `CancellationError` when the task is cancelled.
        public func generate(_ request: LlamaRequest) async throws -> LlamaCompletion {
            try request.check()
            let prompt = promptTokens(of: request.prompt)
            guard prompt.count < contextLength else {
                throw LlamaError(
                    .promptTooLong,
                    "the prompt has \(prompt.count) tokens and the context of the model only \(contextLength), the answer "
                        + "included; shorten the prompt or ask for a longer context")
            }
            guard !prompt.isEmpty else { throw LlamaError(.optionInvalid, "the prompt is empty") }
            let grammar = try request.constraint.map { constraint throws(LlamaError) in try constraint.grammar() }
            let job = LlamaJob(request: request, prompt: prompt, grammar: grammar)
            return try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in
                    guard job.start(continuation), let resting = inbox.add(job) else { return }
                    let worker = workers[resting]
                    Task { await worker.run() }
                }
            } onCancel: {
                job.finish(.failure(CancellationError()))
            }
        }

        /// How many tokens a prompt has.
        public func tokenCount(of prompt: LlamaRequest.Prompt) -> Int { promptTokens(of: prompt).count }

        private func promptTokens(of prompt: LlamaRequest.Prompt) -> [Int32] {
            switch prompt {
            case .messages(let messages): model.tokens(of: model.prompt(for: messages), isPrompt: true)
            case .text(let text): model.tokens(of: text, isPrompt: true)
            }
        }
    }

#endif
