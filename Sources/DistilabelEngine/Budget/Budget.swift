public import DistilabelModels
internal import Synchronization

/// Keeps a run within its limits of money, tokens and requests, and counts what it takes.
///
/// Before a call, room is reserved for what it may take; afterwards what it did take is counted. Calls under way count
/// with their reservations, so calls side by side do not go over a limit together. An answer that takes more than was
/// reserved can go over it by the difference, no further call is granted then. Without limits a budget only counts.
public final class Budget: Sendable {
    private typealias Continuation = CheckedContinuation<BudgetReservation, any Error>

    private struct Content {
        var budget: BudgetState
        var continuations: [Int: Continuation] = [:]
        var nextTicket = 0
    }

    private let content: Mutex<Content>

    /// Makes a budget.
    ///
    /// - Parameters:
    ///   - limits: How much the whole run may take.
    ///   - earlier: What earlier executions of the same run took.
    public init(limits: BudgetLimits = .none, earlier: Spending = .none) {
        content = Mutex(Content(budget: BudgetState(limits: limits, earlier: earlier)))
    }

    /// What was spent so far.
    public var report: CostReport { content.withLock { $0.budget.report } }

    /// What is kept at this moment for calls under way.
    public var reserved: Spending { content.withLock { $0.budget.reserved } }

    /// Makes a call within the budget.
    ///
    /// A call that throws is counted with its requests and without tokens.
    ///
    /// - Parameters:
    ///   - call: What is about to be asked.
    ///   - body: Makes the call and says what it took; nil when that is not known, which counts as what was reserved.
    /// - Throws: `BudgetError` when there is no room, `CancellationError`, and what `body` throws.
    public func spending<Answer: Sendable>(
        on call: BudgetCall, _ body: () async throws -> (answer: Answer, usage: Usage?)
    ) async throws -> Answer {
        let reservation = try await reserve(call)
        do {
            let (answer, usage) = try await body()
            settle(reservation, usage: usage)
            return answer
        } catch {
            release(reservation, requests: call.requests)
            throw error
        }
    }

    /// Reserves room for a call, waiting while calls under way may leave some.
    ///
    /// Whoever gets a reservation must settle or release it, or others wait for ever; ``spending(on:_:)`` sees to that.
    ///
    /// - Throws: `BudgetError` when there is no room, `CancellationError` when the task is cancelled while it waits.
    public func reserve(_ call: BudgetCall) async throws -> BudgetReservation {
        switch content.withLock({ $0.budget.reserve(call) }) {
        case .granted(let reservation): return reservation
        case .exhausted(let error): throw error
        case .wait: break
        }
        let ticket = content.withLock { content in
            content.nextTicket += 1
            return content.nextTicket
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enqueue(continuation, ticket: ticket, for: call)
            }
        } onCancel: {
            let (continuation, answers) = content.withLock { content -> (Continuation?, [BudgetState.Answer]) in
                let (waited, answers) = content.budget.withdraw(ticket)
                return (waited ? content.continuations.removeValue(forKey: ticket) : nil, answers)
            }
            continuation?.resume(throwing: CancellationError())
            resume(answers)
        }
    }

    /// Notes what a call took.
    ///
    /// - Parameters:
    ///   - reservation: The room that was kept for it; settling it again has no effect.
    ///   - usage: Its tokens; nil when not known, which counts as what was reserved.
    ///   - cachedInputTokens: How many tokens of the prompt the provider had kept.
    public func settle(_ reservation: BudgetReservation, usage: Usage?, cachedInputTokens: Int = 0) {
        resume(
            content.withLock {
                $0.budget.settle(reservation, usage: usage, cachedInputTokens: cachedInputTokens)
            })
    }

    /// Gives back the room of a call that brought no answer.
    ///
    /// - Parameters:
    ///   - reservation: The room.
    ///   - requests: How many requests were sent all the same.
    public func release(_ reservation: BudgetReservation, requests: Int = 0) {
        resume(content.withLock { $0.budget.release(reservation, requests: requests) })
    }

    /// Lets a call wait, unless things changed since it was tried.
    private func enqueue(_ continuation: Continuation, ticket: Int, for call: BudgetCall) {
        let result: Result<BudgetReservation, any Error>? = content.withLock { content in
            // A task that was cancelled before it waits must not wait.
            if Task.isCancelled { return .failure(CancellationError()) }
            switch content.budget.reserve(call) {
            case .granted(let reservation): return .success(reservation)
            case .exhausted(let error): return .failure(error)
            case .wait:
                content.budget.wait(ticket, for: call)
                content.continuations[ticket] = continuation
                return nil
            }
        }
        if let result { continuation.resume(with: result) }
    }

    private func resume(_ answers: [BudgetState.Answer]) {
        guard !answers.isEmpty else { return }
        let resumed = content.withLock { content in
            answers.compactMap { answer in
                content.continuations.removeValue(forKey: answer.ticket).map { ($0, answer.result) }
            }
        }
        for (continuation, result) in resumed { continuation.resume(with: result.mapError { $0 as any Error }) }
    }
}
