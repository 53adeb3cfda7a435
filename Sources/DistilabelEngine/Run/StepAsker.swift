internal import DistilabelModels
internal import DistilabelPipeline
internal import Synchronization

/// Asks the model of one step: looks into the journal, keeps to the budget, passes the gate, and keeps the answer before it gives it on.
struct StepAsker: Sendable {
    /// The step's name.
    let step: String
    /// The model as the pipeline describes it.
    let model: any LanguageModel
    /// The model that answers; nil in a replay.
    let loaded: (any LoadedLanguageModel)?
    let services: RunServices
    /// How the model is called.
    let calls: MeteredCalls
    /// Whether earlier answers are used and new ones kept.
    let usesJournal: Bool
    let events: RunEventHandler

    init(
        step: String, task: any LLMTask, loaded: (any LoadedLanguageModel)?, services: RunServices,
        environment: [String: String], usesJournal: Bool, events: @escaping RunEventHandler
    ) {
        self.step = step
        model = task.llm.model
        self.loaded = loaded.map { services.observing($0, task, step) }
        self.services = services
        calls = MeteredCalls(
            step: step, endpoint: task.llm.model.endpoint(in: environment), services: services, events: events)
        self.usesJournal = usesJournal && services.journal != nil
        self.events = events
    }

    /// Where the model stands.
    var endpoint: Endpoint { calls.endpoint }

    /// Answers the requests of one row.
    func row(_ identity: UInt64) -> RowAsker { RowAsker(asker: self, identity: identity) }
}

/// Asks for one row, and remembers which answers it got.
final class RowAsker: Sendable {
    private struct State {
        var entries: [Int64] = []
        var askedBefore: [RequestDigest: UInt64] = [:]
    }

    private let asker: StepAsker
    private let identity: UInt64
    private let state = Mutex(State())

    init(asker: StepAsker, identity: UInt64) {
        self.asker = asker
        self.identity = identity
    }

    /// What tells the row's requests from equal ones of other rows, as models see it.
    var occurrence: Int { Int(identity & 0x7FFF_FFFF) }

    /// Answers a request, with one call or several.
    func ask(_ request: GenerationRequest) async throws -> GenerationResponse {
        let count = request.numberOfGenerations
        if count <= 1 || asker.model.makesSeveral {
            return try await answer(request, under: keys(of: request, count: 1)[0])
        }
        var one = request
        one.numberOfGenerations = 1
        let keys = keys(of: one, count: count)
        let samples = (0..<count).map { index in
            var sample = one
            // Told apart where a seed is made of it; the first is the one that a single answer would be.
            if index > 0 {
                let mixed = StableHash.mix(UInt64(request.occurrence), UInt64(index))
                sample.occurrence = Int(truncatingIfNeeded: mixed >> 33)
            }
            return (request: sample, key: keys[index])
        }
        let responses = try await withThrowingTaskGroup(of: (Int, GenerationResponse).self) { group in
            for (index, sample) in samples.enumerated() {
                group.addTask { (index, try await self.answer(sample.request, under: sample.key)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }.sorted { $0.0 < $1.0 }.map(\.1)
        return GenerationResponse(generations: responses.flatMap(\.generations), usage: responses.flatMap(\.usage))
    }

    /// Notes in the journal that the row's answers were of no use.
    func noteUnusable(_ reason: String) async throws {
        let entries = state.withLock(\.entries)
        if entries.isEmpty { return }
        try await asker.services.journal?.mark(entries, unusable: reason)
    }

    /// What the answers to a request are kept under; nil where none are.
    private func keys(of request: GenerationRequest, count: Int) -> [AnswerKey?] {
        // What cannot be written down fails when it is asked, with the reason.
        guard asker.usesJournal, let bytes = try? asker.model.canonicalRequest(request) else {
            return Array(repeating: nil, count: count)
        }
        let digest = RequestDigest(of: bytes)
        let first = state.withLock { state in
            defer { state.askedBefore[digest, default: 0] += UInt64(count) }
            return state.askedBefore[digest, default: 0]
        }
        return (first..<first + UInt64(count)).map { number in
            AnswerKey(
                step: asker.step, request: digest,
                occurrence: number == 0 ? identity : StableHash.mix(identity, number))
        }
    }

    private func answer(_ request: GenerationRequest, under key: AnswerKey?) async throws -> GenerationResponse {
        try await asker.calls.journaling {
            if let key, let journal = asker.services.journal, let known = try await journal.entry(for: key) {
                return try recall(known)
            }
            guard let loaded = asker.loaded else {
                throw JournalError(.missing, "step '\(asker.step)' has no journal to be run from")
            }
            return try await asker.call(request, of: loaded) { entry in
                guard let key, let journal = self.asker.services.journal else { return }
                let id = try await journal.keep(entry, for: key)
                self.state.withLock { $0.entries.append(id) }
            }
        }
    }

    private func recall(_ known: (id: Int64, entry: JournalEntry)) throws -> GenerationResponse {
        state.withLock { $0.entries.append(known.id) }
        asker.events(.answered(step: asker.step, answer: AnswerReport(recalling: known.entry)))
        switch known.entry.outcome {
        case .answered(let response): return response
        case .failed(let error): throw error
        }
    }
}

extension StepAsker {
    /// Calls the model, as the budget and the gate allow, and keeps what came of it.
    fileprivate func call(
        _ request: GenerationRequest, of loaded: any LoadedLanguageModel,
        keeping keep: @escaping @Sendable (JournalEntry) async throws -> Void
    ) async throws -> GenerationResponse {
        let letters = request.messages.reduce(0) { $0 + $1.text.utf8.count }
        let call = BudgetCall(
            step: step, model: endpoint.model, price: calls.price,
            // Four bytes a token is the rule of thumb for English; the answer's count corrects it.
            inputTokens: letters / 4 + 8 * request.messages.count,
            maximumOutputTokens: model.maximumOutputTokens, answers: request.numberOfGenerations)
        return try await calls.perform(call) {
            try await loaded.generate(request)
        } keeping: { outcome in
            let kept: JournalEntry.Outcome =
                switch outcome.result {
                case .success(let response): .answered(response)
                case .failure(let error): .failed(error)
                }
            try await keep(
                JournalEntry(
                    outcome: kept, model: loaded.modelName, started: outcome.started, seconds: outcome.seconds,
                    cost: outcome.cost?.picodollars))
        }
    }
}
