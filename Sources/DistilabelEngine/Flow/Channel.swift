internal import Synchronization

/// A bounded queue between tasks, with back-pressure: who sends waits for room, who receives waits for an element.
final class Channel<Element: Sendable>: Sendable {
    private typealias State = ChannelState<
        Element, CheckedContinuation<Void, any Error>, CheckedContinuation<Element?, any Error>
    >

    /// What a sender that found no room does once it has the lock again.
    private enum Step {
        case wait, go, stop
        case hand(CheckedContinuation<Element?, any Error>)
    }

    private let state: Mutex<(queue: State, nextID: Int, producers: Int)>

    /// Makes a queue.
    ///
    /// - Parameters:
    ///   - capacity: The weight up to which there is room.
    ///   - producers: How many must call `finish()` until the queue ends.
    init(capacity: Int, producers: Int = 1) {
        state = Mutex((State(capacity: capacity), 0, producers))
    }

    /// Adds an element, as soon as there is room.
    ///
    /// - Throws: `CancellationError` when the task is cancelled while it waits.
    func send(_ element: Element, weight: Int = 1) async throws {
        let handedOver: CheckedContinuation<Element?, any Error>?? = state.withLock { state in
            switch state.queue.send(element, weight: weight) {
            case .accepted: .some(nil)
            case .handedOver(let receiver): .some(receiver)
            case .full: nil
            }
        }
        if let handedOver {
            handedOver?.resume(returning: element)
            return
        }
        let id = makeID()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                // Room may have come up meanwhile; and a task cancelled before it waits must not wait.
                let step: Step = state.withLock { state in
                    if Task.isCancelled { return .stop }
                    switch state.queue.send(element, weight: weight) {
                    case .accepted: return .go
                    case .handedOver(let receiver): return .hand(receiver)
                    case .full:
                        state.queue.wait(continuation, id: id, with: element, weight: weight)
                        return .wait
                    }
                }
                switch step {
                case .wait: break
                case .go: continuation.resume()
                case .hand(let receiver):
                    receiver.resume(returning: element)
                    continuation.resume()
                case .stop: continuation.resume(throwing: CancellationError())
                }
            }
        } onCancel: {
            state.withLock { $0.queue.cancelSender(id) }?.resume(throwing: CancellationError())
        }
    }

    /// The next element, or nil when there will be none any more.
    ///
    /// - Throws: `CancellationError` when the task is cancelled while it waits.
    func receive() async throws -> Element? {
        switch take() {
        case .element(let element, let senders):
            for sender in senders { sender.resume() }
            return element
        case .finished: return nil
        case .empty: break
        }
        let id = makeID()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Element?, any Error>) in
                let (receiving, isCancelled) = state.withLock { state in
                    if Task.isCancelled { return (State.Receiving.empty, true) }
                    let receiving = state.queue.receive()
                    if case .empty = receiving { state.queue.wait(continuation, id: id) }
                    return (receiving, false)
                }
                if isCancelled { return continuation.resume(throwing: CancellationError()) }
                switch receiving {
                case .element(let element, let senders):
                    for sender in senders { sender.resume() }
                    continuation.resume(returning: element)
                case .finished: continuation.resume(returning: nil)
                case .empty: break
                }
            }
        } onCancel: {
            state.withLock { $0.queue.cancelReceiver(id) }?.resume(throwing: CancellationError())
        }
    }

    /// An element if there is one at once; nil otherwise.
    func receiveNow() -> Element? {
        guard case .element(let element, let senders) = take() else { return nil }
        for sender in senders { sender.resume() }
        return element
    }

    /// One of the producers has nothing more to send.
    func finish() {
        let receivers = state.withLock { state -> [CheckedContinuation<Element?, any Error>] in
            state.producers -= 1
            return state.producers == 0 ? state.queue.finish() : []
        }
        for receiver in receivers { receiver.resume(returning: nil) }
    }

    private func take() -> State.Receiving { state.withLock { $0.queue.receive() } }

    private func makeID() -> Int {
        state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
    }
}
