internal import AsyncHTTPClient
internal import NIOCore
internal import Synchronization

/// Ends requests that are past their time, all with one timer.
///
/// A timer a request costs a quarter of the whole call: an event loop looks through all its timers to cancel one. Here
/// registering and leaving are a dictionary's, and the timer ticks only while something is under way.
final class DeadlineWatch: Sendable {
    private struct State {
        var nextKey = 0
        var isTicking = false
        var entries: [Int: (deadline: NIODeadline, task: HTTPClient.Task<HTTPResponse>)] = [:]
    }

    /// How late a request may be ended.
    private static let interval = TimeAmount.milliseconds(20)
    private let loop: any EventLoop
    private let state = Mutex(State())

    init(loop: any EventLoop) { self.loop = loop }

    /// Watches a request.
    ///
    /// - Returns: What `leave` takes once the request is through.
    func enter(_ task: HTTPClient.Task<HTTPResponse>, deadline: NIODeadline) -> Int {
        let (key, starts) = state.withLock { state in
            defer {
                state.nextKey += 1
                state.isTicking = true
            }
            state.entries[state.nextKey] = (deadline, task)
            return (state.nextKey, !state.isTicking)
        }
        if starts { schedule() }
        return key
    }

    /// Watches a request no longer.
    func leave(_ key: Int) { state.withLock { _ = $0.entries.removeValue(forKey: key) } }

    private func schedule() { loop.scheduleTask(in: Self.interval) { [self] in tick() } }

    private func tick() {
        let now = NIODeadline.now()
        let (late, goesOn) = state.withLock { state in
            state.isTicking = !state.entries.isEmpty
            return (state.entries.values.filter { $0.deadline <= now }.map(\.task), state.isTicking)
        }
        for task in late { task.fail(reason: HTTPClientError.deadlineExceeded) }
        if goesOn { schedule() }
    }
}
