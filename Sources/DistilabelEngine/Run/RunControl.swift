internal import Synchronization

/// Why a run stopped before its end; what was answered is kept, and running it again goes on from there.
public struct RunStop: Error, Sendable, CustomStringConvertible {
    /// The reasons.
    public enum Reason: Sendable {
        /// Somebody wants it.
        case asked
        /// A limit of money, tokens or requests leaves no room for more calls.
        case budget(BudgetError)
        /// An endpoint gives no answers any more.
        case endpoint(any Error)
        /// Answers cannot be kept.
        case journal(JournalError)
        /// Rows cannot be written any more: the disk is full, or the folder is gone.
        case output(any Error)
        /// A row failed, and none may.
        case failedRow(String)
    }

    /// Why.
    public var reason: Reason
    /// The step at whose call it showed.
    public var step: String?

    /// Makes a stop.
    public init(_ reason: Reason, step: String? = nil) {
        self.reason = reason
        self.step = step
    }

    /// The reason in words.
    public var description: String {
        let place = step.map { "step '\($0)': " } ?? ""
        return switch reason {
        case .asked: "stopped"
        case .budget(let error): error.message
        case .endpoint(let error): "\(place)\(error)"
        case .journal(let error): error.message
        case .output(let error): "rows cannot be written any more: \(error)"
        case .failedRow(let reason): "\(place)a row failed: \(reason)"
        }
    }
}

/// Stops a run without losing what was paid for: no call begins any more, those under way are waited for.
///
///     let control = RunControl()
///     // from a signal handler, say
///     control.stop(RunStop(.asked))
public final class RunControl: Sendable {
    private struct State {
        var stop: RunStop?
        var callsUnderWay = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextTicket = 0
        var listeners: [@Sendable () -> Void] = []

        var isDrained: Bool { stop != nil && callsUnderWay == 0 }
    }

    private let state = Mutex(State())

    /// Makes a control of a run that has not begun.
    public init() {}

    /// Stops the run; of several reasons the first counts.
    public func stop(_ stop: RunStop) {
        let listeners = state.withLock { state -> [@Sendable () -> Void] in
            if state.stop != nil { return [] }
            state.stop = stop
            defer { state.listeners = [] }
            return state.listeners
        }
        for listener in listeners { listener() }
        resumeIfDrained()
    }

    /// Why the run stops; nil while it goes on.
    public var stopping: RunStop? { state.withLock(\.stop) }

    /// How many calls are under way.
    public var callsUnderWay: Int { state.withLock(\.callsUnderWay) }

    /// Does something once when the run begins to stop; at once where it does already.
    func whenStopping(_ body: @escaping @Sendable () -> Void) {
        let isStopping = state.withLock { state in
            if state.stop == nil { state.listeners.append(body) }
            return state.stop != nil
        }
        if isStopping { body() }
    }

    /// Notes that a call begins; false where none may any more.
    func beginCall() -> Bool {
        state.withLock { state in
            if state.stop != nil { return false }
            state.callsUnderWay += 1
            return true
        }
    }

    /// Notes that a call is through and its answer kept.
    func endCall() {
        state.withLock { $0.callsUnderWay -= 1 }
        resumeIfDrained()
    }

    /// Waits until the run stops and no call is under way any more.
    ///
    /// - Throws: `CancellationError`.
    func drained() async throws -> RunStop {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.isDrained || Task.isCancelled { return true }
                    state.waiting[ticket] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume()
        }
        try Task.checkCancellation()
        guard let stop = stopping else { throw CancellationError() }
        return stop
    }

    private func resumeIfDrained() {
        let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            guard state.isDrained else { return [] }
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume() }
    }
}
