internal import DistilabelModels
internal import DistilabelPipeline
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Asks the model of one step: looks into the journal, keeps to the budget, passes the gate, and keeps the answer before it gives it on.
struct StepAsker: Sendable {
    /// The step's name.
    let step: String
    /// The model as the pipeline describes it.
    let model: any LanguageModel
    /// The model that answers; nil in a replay.
    let loaded: (any LoadedLanguageModel)?
    let services: RunServices
    /// The gate of the model's endpoint.
    let gate: Gate
    let endpoint: Endpoint
    let price: Price?
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
        endpoint = model.endpoint(in: environment)
        gate = services.gates.gate(for: endpoint)
        price = services.prices.price(of: endpoint.model, at: endpoint.host)
        self.usesJournal = usesJournal && services.journal != nil
        self.events = events
    }

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
        do {
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
        } catch let error as JournalError where error.code != .missing {
            asker.services.control.stop(RunStop(.journal(error)))
            throw try await asker.services.control.drained()
        }
    }

    private func recall(_ known: (id: Int64, entry: JournalEntry)) throws -> GenerationResponse {
        state.withLock { $0.entries.append(known.id) }
        asker.events(
            .answered(
                step: asker.step,
                answer: AnswerReport(
                    usage: known.entry.usage, duration: .seconds(known.entry.seconds),
                    cost: known.entry.cost.map { Cost(picodollars: $0) }, isRecalled: true)))
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
        let reservation = try await reserve(request)
        guard services.control.beginCall() else {
            services.budget.release(reservation)
            throw try await services.control.drained()
        }
        let clock = ContinuousClock()
        let start = clock.now
        let started = Date().timeIntervalSince1970
        let outcome: Result<GenerationResponse, any Error>
        do {
            outcome = .success(
                try await gate.perform(estimatedTokens: reservation.amount.tokens) {
                    try await loaded.generate(request)
                })
        } catch {
            outcome = .failure(error)
        }
        let duration = start.duration(to: clock.now)
        do {
            switch outcome {
            case .success(let response):
                services.budget.settle(reservation, usage: response.usage.isEmpty ? nil : response.totalUsage)
                let cost = price?.cost(of: response.totalUsage)
                try await keep(
                    JournalEntry(
                        outcome: .answered(response), model: loaded.modelName, started: started,
                        seconds: duration / .seconds(1), cost: cost?.picodollars))
                services.control.endCall()
                events(
                    .answered(
                        step: step, answer: AnswerReport(usage: response.totalUsage, duration: duration, cost: cost)))
                return response
            case .failure(let error):
                services.budget.release(reservation, requests: 1)
                if let error = error as? LanguageModelError, error.isOfTheRequest {
                    try await keep(
                        JournalEntry(
                            outcome: .failed(error), model: loaded.modelName, started: started,
                            seconds: duration / .seconds(1)))
                }
                throw error
            }
        } catch {
            services.control.endCall()
            throw try await ending(error)
        }
    }

    /// What an error means for the run: one that concerns all rows stops it, and what is under way is waited for.
    private func ending(_ error: any Error) async throws -> any Error {
        switch error {
        case let error as GateError where error.code != .draining:
            services.control.stop(RunStop(.endpoint(error), step: step))
        case is GateError: break
        case let error as LanguageModelError where error.isForAllRows:
            services.control.stop(RunStop(.endpoint(error), step: step))
        default: return error
        }
        return try await services.control.drained()
    }

    private func reserve(_ request: GenerationRequest) async throws -> BudgetReservation {
        let letters = request.messages.reduce(0) { $0 + $1.text.utf8.count }
        do {
            return try await services.budget.reserve(
                BudgetCall(
                    step: step, model: endpoint.model, price: price,
                    // Four bytes a token is the rule of thumb for English; the answer's count corrects it.
                    inputTokens: letters / 4 + 8 * request.messages.count,
                    maximumOutputTokens: model.maximumOutputTokens, answers: request.numberOfGenerations))
        } catch let error as BudgetError {
            services.control.stop(RunStop(.budget(error), step: step))
            throw try await services.control.drained()
        }
    }
}

extension LanguageModelError {
    /// Whether it is worth keeping: the request's own fault, which a resumed run would meet again.
    ///
    /// What lies in keys, accounts or networks is asked again.
    fileprivate var isOfTheRequest: Bool {
        if isForAllRows { return false }
        return switch code {
        case .invalidRequest, .contextTooLong, .contentFilter, .invalidResponse, .serverFailure, .timeout: true
        case .unauthorized, .noSuchModel, .rateLimited, .quotaExceeded, .connectionFailed, .modelFile, .unsupported:
            false
        }
    }
}
