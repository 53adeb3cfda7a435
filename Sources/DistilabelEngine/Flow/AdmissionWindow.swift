internal import Synchronization

/// Lets a source of rows run ahead of the slowest row by so much and no more.
///
/// Without it one row that takes a minute would let all rows behind it pile up where the order is restored.
final class AdmissionWindow: Sendable {
    private struct State {
        var openRoots: [Int]
        var waiting: (root: Int, continuation: CheckedContinuation<Void, any Error>)?
        var isCancelled = false
    }

    private let size: Int
    private let state: Mutex<State>

    /// Makes a window.
    ///
    /// - Parameters:
    ///   - size: How many rows may be on their way.
    ///   - endpoints: How many places report that rows have arrived.
    init(size: Int, endpoints: Int) {
        self.size = size
        state = Mutex(State(openRoots: Array(repeating: 0, count: endpoints)))
    }

    /// Whether a row may enter at once.
    func canAdmit(_ root: Int) -> Bool { state.withLock { hasRoom(for: root, $0) } }

    /// Waits until a row may enter.
    ///
    /// - Throws: `CancellationError`.
    func admit(_ root: Int) async throws {
        if canAdmit(root) { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let result: Result<Void, CancellationError>? = state.withLock { state in
                    if state.isCancelled { return .failure(CancellationError()) }
                    if hasRoom(for: root, state) { return .success(()) }
                    state.waiting = (root, continuation)
                    return nil
                }
                if let result { continuation.resume(with: result.mapError { $0 as any Error }) }
            }
        } onCancel: {
            let waiting = state.withLock { state in
                state.isCancelled = true
                defer { state.waiting = nil }
                return state.waiting?.continuation
            }
            waiting?.resume(throwing: CancellationError())
        }
    }

    /// Notes how far an endpoint has come.
    func report(_ endpoint: Int, firstOpenRoot: Int) {
        let waiting = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            state.openRoots[endpoint] = firstOpenRoot
            guard let waiting = state.waiting, hasRoom(for: waiting.root, state) else { return nil }
            state.waiting = nil
            return waiting.continuation
        }
        waiting?.resume()
    }

    private func hasRoom(for root: Int, _ state: State) -> Bool {
        root < (state.openRoots.min() ?? root) + size
    }
}
