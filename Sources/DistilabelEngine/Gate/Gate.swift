internal import DistilabelModels
internal import Synchronization

/// Stands in front of one endpoint for all steps of a run: how many requests are under way, how fast they follow one
/// another, which of them are tried again.
///
/// A thin driver of ``GateState``: continuations by ticket, and one sleeping task while somebody waits for a time.
final class Gate: Sendable {
    private struct Content {
        var state: GateState
        var continuations: [Int: CheckedContinuation<Void, any Error>] = [:]
        /// Requests that came back and were let through again before they could wait.
        var early: Set<Int> = []
        var nextTicket = 0
        var timer: (time: Duration, number: Int, task: Task<Void, Never>)?
        var nextTimer = 0
        /// What the last request that failed met.
        var cause: (any Error)?
    }

    private let content: Mutex<Content>
    private let start = ContinuousClock.now
    private let isRemote: Bool

    /// How exactly waits end.
    private static let interval = Duration.milliseconds(1)

    init(_ endpoint: Endpoint, settings: GateSettings) {
        content = Mutex(Content(state: GateState(endpoint: endpoint, settings: settings)))
        isRemote = endpoint.isRemote
    }

    deinit { content.withLock { $0.timer?.task.cancel() } }

    private var now: Duration { start.duration(to: .now) }

    /// How it stands, for displays.
    var status: GateStatus {
        let now = now
        return content.withLock { $0.state.status(now: now) }
    }

    /// Makes a call when it may be made, again where another try may help.
    ///
    /// - Parameters:
    ///   - estimatedTokens: What the call will take, of prompt and answer together.
    ///   - call: One try.
    /// - Throws: What the last try threw; `GateError` where nobody is let through any more; `CancellationError`.
    func perform<Answer: MeteredAnswer>(
        estimatedTokens: Int, _ call: @Sendable () async throws -> Answer
    ) async throws -> Answer {
        if !isRemote { return try await call() }
        var entry = try await enter(tokens: estimatedTokens)
        while true {
            let began = now
            do {
                let response = try await call()
                let outcome = GateState.Outcome.answered(
                    tokens: response.usage.isEmpty ? nil : response.tokens.tokens, limits: response.limits)
                _ = leave(&entry, outcome, began)
                return response
            } catch let error as LanguageModelError {
                let recovery: Recovery = error.isForAllRows ? .none : error.recovery
                switch leave(&entry, .failed(recovery, limits: error.limits), began, error) {
                case .finish: throw given ?? error
                case .dismiss: throw given ?? GateError.draining
                case .again: try await wait(for: entry, isNew: false)
                }
            } catch {
                _ = leave(&entry, .gone, began)
                throw error
            }
        }
    }

    /// Lets nobody through any more; those under way are not touched.
    func drain() {
        let dismissed = content.withLock { content in
            content.state.drain().compactMap { content.continuations.removeValue(forKey: $0) }
        }
        for continuation in dismissed { continuation.resume(throwing: GateError.draining) }
    }

    /// Lets more requests be under way.
    func raiseMaximum(by count: Int) {
        content.withLock { $0.state.raiseMaximum(by: count) }
        admit()
    }

    /// The error with which the endpoint was given up, and what the last request met.
    private var given: GateError? { content.withLock { Self.given($0) } }

    private static func given(_ content: Content) -> GateError? {
        guard var error = content.state.error else { return nil }
        error.cause = content.cause
        if let cause = error.cause { error.message += ": \(cause)" }
        return error
    }

    /// Comes for the first time, and waits until it may go.
    private func enter(tokens: Int) async throws -> GateEntry {
        let now = now
        let (entry, goes) = try content.withLock { content -> (GateEntry, Bool) in
            if let error = Self.given(content) ?? content.state.dismissal { throw error }
            content.nextTicket += 1
            let entry = GateEntry(ticket: content.nextTicket, tokens: tokens)
            return (entry, content.state.goesAtOnce(entry, now: now))
        }
        if !goes { try await wait(for: entry, isNew: true) }
        return entry
    }

    /// Waits until a request may go; one that is not new stands in the queue already.
    private func wait(for entry: GateEntry, isNew: Bool) async throws {
        let ticket = entry.ticket
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome = content.withLock { content -> Result<Void, any Error>? in
                    // It may have been let through before it could wait.
                    if !isNew, content.early.remove(ticket) != nil { return .success(()) }
                    if let error = Self.given(content) ?? content.state.dismissal { return .failure(error) }
                    if Task.isCancelled {
                        _ = content.state.withdraw(ticket)
                        return .failure(CancellationError())
                    }
                    if isNew { content.state.enter(entry) }
                    content.continuations[ticket] = continuation
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) } else { admit() }
            }
        } onCancel: {
            let continuation = content.withLock { content in
                _ = content.state.withdraw(ticket)
                return content.continuations.removeValue(forKey: ticket)
            }
            continuation?.resume(throwing: CancellationError())
        }
    }

    private func leave(
        _ entry: inout GateEntry, _ outcome: GateState.Outcome, _ began: Duration, _ cause: (any Error)? = nil
    ) -> GateState.Verdict {
        let now = now
        let random = Double.random(in: 0..<1)
        let before = entry
        let (after, verdict, hasWaiting, dismissed, error) = content.withLock { content in
            if let cause { content.cause = cause }
            var entry = before
            let verdict = content.state.leave(&entry, outcome, began: began, now: now, random: random)
            let dismissed = content.state.dismissed().compactMap { content.continuations.removeValue(forKey: $0) }
            let error = dismissed.isEmpty ? nil : Self.given(content)
            return (entry, verdict, content.state.waitingCount > 0, dismissed, error)
        }
        entry = after
        if let error { for continuation in dismissed { continuation.resume(throwing: error) } }
        if hasWaiting { admit() }
        return verdict
    }

    /// Lets through whoever may go, and looks again when time may change that.
    private func admit() {
        let now = now
        let admitted = content.withLock { content -> [CheckedContinuation<Void, any Error>] in
            let (tickets, wake) = content.state.admit(now: now)
            if let wake { setTimer(for: wake, now: now, &content) }
            return tickets.compactMap { ticket in
                if let continuation = content.continuations.removeValue(forKey: ticket) { return continuation }
                content.early.insert(ticket)
                return nil
            }
        }
        for continuation in admitted { continuation.resume() }
    }

    /// Sees to it that somebody looks at that time; one who would look later is not needed any more.
    private func setTimer(for time: Duration, now: Duration, _ content: inout Content) {
        if let timer = content.timer {
            if timer.time <= time + Self.interval { return }
            timer.task.cancel()
        }
        content.nextTimer += 1
        let number = content.nextTimer
        let delay = max(time - now, Self.interval)
        let task = Task { [weak self] in
            do { try await Task.sleep(for: delay) } catch { return }
            self?.timerFired(number)
        }
        content.timer = (time, number, task)
    }

    private func timerFired(_ number: Int) {
        let isCurrent = content.withLock { content in
            guard content.timer?.number == number else { return false }
            content.timer = nil
            return true
        }
        if isCurrent { admit() }
    }
}
