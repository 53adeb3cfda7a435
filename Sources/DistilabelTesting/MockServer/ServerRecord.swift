internal import Synchronization

/// What a server counts and keeps.
final class ServerRecord: Sendable {
    let requests = Atomic<Int>(0)
    let connections = Atomic<Int>(0)
    let open = Atomic<Int>(0)
    let underWay = Atomic<Int>(0)
    let peak = Atomic<Int>(0)
    private let limit: Int
    private let log = Mutex<[MockRequest]>([])

    init(limit: Int) { self.limit = limit }

    /// The first requests, as many as are kept.
    var kept: [MockRequest] { log.withLock { $0 } }

    /// Counts a request whose answer begins.
    func begin() -> Int {
        let now = underWay.add(1, ordering: .relaxed).newValue
        if now > peak.load(ordering: .relaxed) { _ = peak.max(now, ordering: .relaxed) }
        return requests.add(1, ordering: .relaxed).oldValue
    }

    /// Counts an answer that is through, or will never be.
    func end() { underWay.subtract(1, ordering: .relaxed) }

    /// Keeps a request, if it is among the first.
    func keep(_ request: MockRequest) {
        guard request.index < limit else { return }
        log.withLock { $0.append(request) }
    }
}
