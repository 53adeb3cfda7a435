internal import DistilabelModels
internal import Synchronization

/// Stands in front of one endpoint for all steps of a run: how many requests are under way, how fast they follow one another, which of them are tried again.
final class Gate: Sendable {
    private struct Content {
        var gate: GateState
        var continuations: [Int: CheckedContinuation<Void, any Error>] = [:]
        /// Requests that came back and were let through again before they could wait.
        var early: Set<Int> = []
        var nextTicket = 0
        var isTicking = false
    }

    private let content: Mutex<Content>
    private let start = ContinuousClock.now
    private let isRemote: Bool
    private let cause = Mutex<(any Error)?>(nil)

    /// How exactly waits end.
    private static let interval = Duration.milliseconds(5)

    init(_ endpoint: Endpoint, settings: GateSettings) {
        content = Mutex(Content(gate: GateState(endpoint: endpoint, settings: settings)))
        isRemote = endpoint.isRemote
    }

    private var now: Duration { start.duration(to: .now) }

    /// How it stands, for displays.
    var status: GateStatus {
        content.withLock {
            GateStatus(
                limit: $0.gate.limit.count, underWay: $0.gate.underWay, waiting: $0.gate.waitingCount,
                tries: $0.gate.tries, refusals: $0.gate.refusals)
        }
    }

    /// Makes a call when it may be made, again where another try may help.
    ///
    /// - Parameters:
    ///   - estimatedTokens: What the call will take, of prompt and answer together.
    ///   - call: One try.
    /// - Throws: What the last try threw; `GateError` where nobody is let through any more; `CancellationError`.
    func perform(
        estimatedTokens: Int, _ call: @Sendable () async throws -> GenerationResponse
    ) async throws -> GenerationResponse {
        if !isRemote { return try await call() }
        var entry = GateState.Entry(ticket: 0, tokens: estimatedTokens, since: now)
        var isWaiting = false
        while true {
            try await pass(&entry, isWaiting: isWaiting)
            let began = now
            do {
                let response = try await call()
                _ = leave(
                    entry, .answered(tokens: response.usage.isEmpty ? nil : response.tokens, limits: response.limits),
                    began)
                return response
            } catch let error as LanguageModelError {
                cause.withLock { $0 = error }
                let recovery: Recovery = error.isForAllRows ? .none : error.recovery
                switch leave(entry, .failed(recovery, limits: error.limits), began) {
                case .finish: throw opened ?? error
                case .again: isWaiting = true
                }
                if error.recovery == .again { entry.failures += 1 }
            } catch {
                _ = leave(entry, .gone, began)
                throw error
            }
        }
    }

    /// Lets nobody through any more; those under way are not touched.
    func drain() {
        let dismissed = content.withLock { content in
            content.gate.drain().compactMap { content.continuations.removeValue(forKey: $0) }
        }
        for continuation in dismissed {
            continuation.resume(throwing: GateError(code: .draining, message: "the run is stopping"))
        }
    }

    /// Lets more requests be under way.
    func raiseMaximum(by count: Int) { content.withLock { $0.gate.raiseMaximum(by: count) } }

    /// The error with which it was given up, and what the last request met.
    private var opened: GateError? {
        guard var error = content.withLock({ $0.gate.error }) else { return nil }
        error.cause = cause.withLock { $0 }
        if let cause = error.cause { error.message += ": \(cause)" }
        return error
    }

    /// Waits until a request may go.
    private func pass(_ entry: inout GateState.Entry, isWaiting: Bool) async throws {
        if !isWaiting {
            let now = now
            let tokens = entry.tokens
            let (goes, ticket, error) = content.withLock { content -> (Bool, Int, GateError?) in
                if let error = content.gate.dismissal { return (false, 0, error) }
                content.nextTicket += 1
                return (content.gate.goesAtOnce(tokens: tokens, now: now), content.nextTicket, nil)
            }
            if let error { throw opened ?? error }
            entry.ticket = ticket
            if goes { return }
        }
        let waiter = entry
        do {
            try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in
                    let outcome = content.withLock { content -> Result<Void, any Error>? in
                        // One that comes back stands in the queue already, and may have been let through before it could wait.
                        if isWaiting, content.early.remove(waiter.ticket) != nil { return .success(()) }
                        if let error = content.gate.dismissal { return .failure(error) }
                        if Task.isCancelled {
                            _ = content.gate.withdraw(waiter.ticket)
                            return .failure(CancellationError())
                        }
                        if !isWaiting { content.gate.enter(waiter) }
                        content.continuations[waiter.ticket] = continuation
                        return nil
                    }
                    if let outcome { continuation.resume(with: outcome) } else { admit() }
                }
            } onCancel: {
                let continuation = content.withLock { content in
                    _ = content.gate.withdraw(waiter.ticket)
                    return content.continuations.removeValue(forKey: waiter.ticket)
                }
                continuation?.resume(throwing: CancellationError())
            }
        } catch let error as GateError {
            throw opened ?? error
        }
    }

    private func leave(_ entry: GateState.Entry, _ outcome: GateState.Outcome, _ began: Duration) -> GateState.Verdict {
        let now = now
        let random = Double.random(in: 0..<1)
        let (verdict, isQuiet, dismissed) = content.withLock { content in
            let verdict = content.gate.leave(entry, outcome, began: began, now: now, random: random)
            let dismissed = content.gate.dismissed().compactMap { content.continuations.removeValue(forKey: $0) }
            return (verdict, content.gate.waitingCount == 0, dismissed)
        }
        if !dismissed.isEmpty, let error = opened {
            for continuation in dismissed { continuation.resume(throwing: error) }
        }
        if !isQuiet { admit() }
        return verdict
    }

    /// Lets through whoever may go, and looks again when time may change that.
    private func admit() {
        if letThrough(startsTicking: true) { tick() }
    }

    /// Lets through whoever may go now.
    ///
    /// - Returns: Whether somebody must look again later: for a beginner whether it is the first to, for the one who looks whether to go on.
    private func letThrough(startsTicking: Bool) -> Bool {
        let now = now
        let (admitted, ticks) = content.withLock { content -> ([CheckedContinuation<Void, any Error>], Bool) in
            let (tickets, wake) = content.gate.admit(now: now)
            let admitted = tickets.compactMap { ticket -> CheckedContinuation<Void, any Error>? in
                if let continuation = content.continuations.removeValue(forKey: ticket) { return continuation }
                content.early.insert(ticket)
                return nil
            }
            let wasTicking = content.isTicking
            if wake != nil || !startsTicking { content.isTicking = wake != nil }
            return (admitted, wake != nil && !(startsTicking && wasTicking))
        }
        for continuation in admitted { continuation.resume() }
        return ticks
    }

    /// Looks now and then whether somebody may go, as long as somebody waits for a time.
    private func tick() {
        Task { [weak self] in
            repeat {
                try? await Task.sleep(for: Self.interval)
            } while self?.letThrough(startsTicking: false) ?? false
        }
    }
}

/// How a gate stands.
public struct GateStatus: Sendable, Hashable {
    /// How many requests may be under way.
    public var limit: Int
    /// How many are.
    public var underWay: Int
    /// How many wait.
    public var waiting: Int
    /// How many were sent, tries counted by themselves.
    public var tries: Int
    /// How many of them the endpoint turned away for want of room.
    public var refusals: Int
}

/// The gates of a run, one an endpoint.
public final class Gates: Sendable {
    private let settings: GateSettings
    private let gates = Mutex<[String: Gate]>([:])

    /// Makes none yet.
    public init(settings: GateSettings = GateSettings()) { self.settings = settings }

    /// The gate of an endpoint, for one more step.
    func gate(for endpoint: Endpoint) -> Gate {
        gates.withLock { gates in
            if let gate = gates[endpoint.id] {
                gate.raiseMaximum(by: endpoint.concurrency)
                return gate
            }
            let gate = Gate(endpoint, settings: settings)
            gates[endpoint.id] = gate
            return gate
        }
    }

    /// Lets nobody through any more.
    func drain() { for gate in gates.withLock({ Array($0.values) }) { gate.drain() } }

    /// How all of them stand, by endpoint.
    public var status: [String: GateStatus] { gates.withLock { $0.mapValues(\.status) } }
}

extension GenerationResponse {
    /// The tokens of prompts and answers together.
    fileprivate var tokens: Int { usage.reduce(0) { $0 + $1.inputTokens + $1.outputTokens } }
}
