internal import DistilabelModels
internal import DistilabelPipeline

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What a model answered, as far as limits and money go.
protocol MeteredAnswer: Sendable {
    /// What it took; empty where that is not known.
    var usage: [Usage] { get }
    /// What the provider said of its limits along with it.
    var limits: RateLimits? { get }
}

extension MeteredAnswer {
    /// The tokens of all its calls together.
    var tokens: Usage { usage.reduce(.none, +) }
}

extension GenerationResponse: MeteredAnswer {}
extension EmbeddingResponse: MeteredAnswer {}

/// Makes the calls of one step to its endpoint: keeps to the budget, passes the gate, lets the answer be kept before it is given on, and stops
/// the run where there is no hope for other rows.
struct MeteredCalls: Sendable {
    /// The step's name.
    let step: String
    let services: RunServices
    let endpoint: Endpoint
    /// The gate of the endpoint.
    let gate: Gate
    let price: Price?
    let events: RunEventHandler

    init(step: String, endpoint: Endpoint, services: RunServices, events: @escaping RunEventHandler) {
        self.step = step
        self.services = services
        self.endpoint = endpoint
        gate = services.gates.gate(for: endpoint)
        price = services.prices.price(of: endpoint.model, at: endpoint.host)
        self.events = events
    }

    /// What came of a call.
    struct Outcome<Answer: Sendable>: Sendable {
        /// The answer, or an error that a resumed run would meet again.
        var result: Result<Answer, LanguageModelError>
        /// When it was asked, in seconds since 1970.
        var started: Double
        /// The seconds from asking to the answer, waits and tries included.
        var seconds: Double
        /// What it cost; nil where the price is not known.
        var cost: Cost?
    }

    /// Makes a call.
    ///
    /// - Parameters:
    ///   - call: What it may take.
    ///   - body: One try.
    ///   - keep: Keeps what came of it, where that is worth keeping.
    /// - Throws: What the last try threw, `RunStop` where the run stops.
    func perform<Answer: MeteredAnswer>(
        _ call: BudgetCall, _ body: @escaping @Sendable () async throws -> Answer,
        keeping keep: @Sendable (Outcome<Answer>) async throws -> Void
    ) async throws -> Answer {
        let reservation = try await reserve(call)
        guard services.control.beginCall() else {
            services.budget.release(reservation)
            throw try await services.control.drained()
        }
        let clock = ContinuousClock()
        let start = clock.now
        let started = Date().timeIntervalSince1970
        let result: Result<Answer, any Error>
        do {
            result = .success(try await gate.perform(estimatedTokens: reservation.amount.tokens, body))
        } catch {
            result = .failure(error)
        }
        let duration = start.duration(to: clock.now)
        let seconds = duration / .seconds(1)
        do {
            switch result {
            case .success(let answer):
                services.budget.settle(reservation, usage: answer.usage.isEmpty ? nil : answer.tokens)
                let cost = price?.cost(of: answer.tokens)
                try await keep(Outcome(result: .success(answer), started: started, seconds: seconds, cost: cost))
                services.control.endCall()
                events(
                    .answered(step: step, answer: AnswerReport(usage: answer.tokens, duration: duration, cost: cost)))
                return answer
            case .failure(let error):
                services.budget.release(reservation, requests: 1)
                if let error = error as? LanguageModelError, error.isOfTheRequest {
                    try await keep(Outcome(result: .failure(error), started: started, seconds: seconds))
                }
                throw error
            }
        } catch {
            services.control.endCall()
            throw try await ending(error)
        }
    }

    /// Does something with the journal; an error of it stops the run.
    func journaling<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as JournalError where error.code != .missing {
            services.control.stop(RunStop(.journal(error)))
            throw try await services.control.drained()
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

    private func reserve(_ call: BudgetCall) async throws -> BudgetReservation {
        do {
            return try await services.budget.reserve(call)
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
