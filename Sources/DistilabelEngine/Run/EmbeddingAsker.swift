internal import DistilabelModels
internal import DistilabelPipeline
internal import DistilabelValues

/// Asks the embedding model of one step: looks into the journal, calls the model for what is not there, and keeps what it says.
struct EmbeddingAsker: Sendable {
    /// The model that answers; nil in a replay.
    let loaded: (any LoadedEmbeddingModel)?
    private let model: any EmbeddingModel
    private let calls: MeteredCalls
    private let usesJournal: Bool
    /// The model as journal keys have it, made once for all texts.
    private let description: Result<[UInt8], any Error>

    /// How many batches may be asked for at once.
    var width: Int { max(1, loaded?.concurrency ?? calls.endpoint.concurrency) }
    /// The model's name.
    var modelName: String { loaded?.modelName ?? model.modelName }

    /// A text, and what tells its row from others in every run.
    struct Question: Sendable {
        var text: String
        var identity: UInt64
    }

    init(
        step: String, model: any EmbeddingModel, loaded: (any LoadedEmbeddingModel)?, services: RunServices,
        environment: [String: String], usesJournal: Bool, events: @escaping RunEventHandler
    ) {
        self.model = model
        description = Result { try model.canonicalDescription() }
        self.loaded = loaded
        self.usesJournal = usesJournal && services.journal != nil
        calls = MeteredCalls(
            step: step, endpoint: model.endpoint(in: environment), services: services, events: events)
    }

    /// The vectors of some texts, or why one has none.
    ///
    /// - Throws: What ends the run.
    func vectors(of questions: [Question]) async throws -> [Result<[Double], LanguageModelError>] {
        try await calls.journaling {
            var vectors: [Result<[Double], LanguageModelError>?] = Array(repeating: nil, count: questions.count)
            if usesJournal, let journal = calls.services.journal {
                for (index, question) in questions.enumerated() {
                    guard let known = try await journal.entry(for: key(of: question)),
                        let vector = Self.vector(in: known.entry)
                    else { continue }
                    vectors[index] = vector
                    calls.events(.answered(step: calls.step, answer: AnswerReport(recalling: known.entry)))
                }
            }
            let open = vectors.indices.filter { vectors[$0] == nil }
            if !open.isEmpty {
                let asked = try await ask(open.map { questions[$0] })
                for (index, vector) in zip(open, asked) { vectors[index] = vector }
            }
            return vectors.compactMap { $0 }
        }
    }

    /// Calls the model; where it refuses several texts together, for each half by itself, so that one text spoils no other.
    private func ask(_ questions: [Question]) async throws -> [Result<[Double], LanguageModelError>] {
        guard let loaded else {
            throw JournalError(.missing, "step '\(calls.step)' has no journal to be run from")
        }
        do {
            let letters = questions.reduce(0) { $0 + $1.text.utf8.count }
            let call = BudgetCall(
                step: calls.step, model: calls.endpoint.model, price: calls.price, inputTokens: letters / 4,
                maximumOutputTokens: 0, answers: 0)
            let response = try await calls.perform(call) {
                let response = try await loaded.embed(questions.map(\.text))
                guard response.vectors.count == questions.count else {
                    throw LanguageModelError(
                        code: .invalidResponse,
                        message: "\(modelName) gave \(response.vectors.count) vectors for \(questions.count) texts",
                        recovery: .again)
                }
                return response
            } keeping: {
                try await keep($0, of: questions)
            }
            return response.vectors.map { .success($0) }
        } catch let error as LanguageModelError where !error.isForAllRows {
            if questions.count == 1 { return [.failure(error)] }
            let middle = questions.count / 2
            return try await ask(Array(questions[..<middle])) + ask(Array(questions[middle...]))
        }
    }

    private func keep(_ outcome: MeteredCalls.Outcome<EmbeddingResponse>, of questions: [Question]) async throws {
        guard usesJournal, let journal = calls.services.journal else { return }
        switch outcome.result {
        case .success(let response):
            for (index, (question, vector)) in zip(questions, response.vectors).enumerated() {
                let answer = GenerationResponse(
                    generations: [Generation(text: JSON.string(.array(vector.map(Value.double))))],
                    // What all took together stands at the first.
                    usage: index == 0 ? response.usage : [])
                try await keep(.answered(answer), outcome, at: index, of: question, in: journal)
            }
        case .failure(let error):
            guard questions.count == 1 else { return }
            try await keep(.failed(error), outcome, at: 0, of: questions[0], in: journal)
        }
    }

    private func keep(
        _ kept: JournalEntry.Outcome, _ outcome: MeteredCalls.Outcome<EmbeddingResponse>, at index: Int,
        of question: Question, in journal: Journal
    ) async throws {
        let entry = JournalEntry(
            outcome: kept, model: modelName, started: outcome.started, seconds: outcome.seconds,
            cost: index == 0 ? outcome.cost?.picodollars : outcome.cost.map { _ in 0 })
        _ = try await journal.keep(entry, for: key(of: question))
    }

    private func key(of question: Question) throws -> AnswerKey {
        AnswerKey(
            step: calls.step,
            request: RequestDigest(of: try description.get() + [0] + Array(question.text.utf8)),
            occurrence: question.identity)
    }

    private static func vector(in entry: JournalEntry) -> Result<[Double], LanguageModelError>? {
        switch entry.outcome {
        case .failed(let error): return .failure(error)
        case .answered(let response):
            guard let text = response.generations.first?.text, let list = try? JSON.parse(text).arrayValue else {
                return nil
            }
            // A number that JSON has no form for is null there; such a vector is asked for again.
            let numbers = list.compactMap(\.doubleValue)
            return numbers.count == list.count ? .success(numbers) : nil
        }
    }
}
