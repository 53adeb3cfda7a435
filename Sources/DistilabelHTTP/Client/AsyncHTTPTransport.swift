internal import AsyncHTTPClient
public import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Synchronization

/// Sends requests: made when a run starts, shut down when it ends.
///
/// HTTP/1.1 over `http://`, on connections of its own; over `https://` what the server prefers (HTTP/2 or HTTP/1.1), with
/// AsyncHTTPClient. Nothing is tried again and no
/// redirect is followed; a port at which nobody listens is an error at once. Requests beyond `maximumConnections` wait for their turn, and
/// the time-out of a request starts with its turn.
public final class AsyncHTTPTransport: HTTPTransport {
    private typealias Slots = ConnectionSlots<CheckedContinuation<Int?, Never>>

    private struct State {
        var slots: Slots
        var isShutDown = false
    }

    /// How many requests may be under way at once, after the limit on open files.
    public let maximumConnections: Int
    /// How long the transfer of a file may stand still, in either direction.
    let stallTimeout: Duration
    /// What sends and receives files: apart from `clients`, since its connections bear the time-outs of a transfer.
    let files: HTTPClient
    private let clients: [HTTPClient]
    private let plain: PlainHTTPClient?
    private let group: MultiThreadedEventLoopGroup
    private let state: Mutex<State>
    private let templates = RequestTemplates()
    private let watch: DeadlineWatch
    private let logger: Logger?

    /// Starts the transport; nothing is connected yet.
    ///
    /// The soft limit on open files is raised towards the hard one, for the whole process.
    ///
    /// - Parameters:
    ///   - maximumConnections: How many requests may be under way at once, over all hosts; less where `ulimit -n` is low.
    ///   - connectTimeout: How long a connection may take, TLS included.
    ///   - idleTimeout: How long an unused connection is kept. The default is below the 5 s after which uvicorn, and so vLLM, and
    ///     Node close theirs: a request that meets a connection in closing fails.
    ///   - stallTimeout: How long the transfer of a file may stand still.
    ///   - eventLoops: How many threads do the work; one serves more than ten thousand calls a second.
    ///   - logger: Where AsyncHTTPClient's own messages go; they hold addresses but no headers.
    public convenience init(
        maximumConnections: Int = 4096, connectTimeout: Duration = .seconds(20), idleTimeout: Duration = .seconds(4),
        stallTimeout: Duration = .seconds(60), eventLoops: Int = 1, logger: Logger? = nil
    ) {
        self.init(
            maximumConnections: maximumConnections, connectTimeout: connectTimeout, idleTimeout: idleTimeout,
            stallTimeout: stallTimeout, eventLoops: eventLoops, logger: logger, hasOwnConnections: true)
    }

    /// Starts a transport that sends `http://`, too, with AsyncHTTPClient where it has no connections of its own: for tests.
    init(
        maximumConnections: Int, connectTimeout: Duration, idleTimeout: Duration = .seconds(4),
        stallTimeout: Duration = .seconds(60), eventLoops: Int = 1, logger: Logger? = nil, hasOwnConnections: Bool
    ) {
        let capacity = OpenFileLimit.connections(wanted: max(1, maximumConnections), limit: OpenFileLimit.raise())
        let slots = Slots(capacity: capacity, poolSize: Self.poolSize)
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: TimeAmount(connectTimeout))
        configuration.connectionPool = .init(
            idleTimeout: TimeAmount(idleTimeout), concurrentHTTP1ConnectionsPerHostSoftLimit: Self.poolSize)
        configuration.connectionPool.retryConnectionEstablishment = false
        let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, eventLoops))
        self.group = group
        // A pool lives on one loop, so that nothing hops between loops.
        clients = (0..<slots.poolCount).map { _ in
            HTTPClient(eventLoopGroupProvider: .shared(group.next()), configuration: configuration)
        }
        var patient = configuration
        patient.timeout.read = TimeAmount(stallTimeout)
        patient.timeout.write = TimeAmount(stallTimeout)
        files = HTTPClient(eventLoopGroupProvider: .shared(group.next()), configuration: patient)
        self.stallTimeout = stallTimeout
        plain =
            hasOwnConnections
            ? PlainHTTPClient(
                loop: group.next(), capacity: capacity, connectTimeout: TimeAmount(connectTimeout),
                idleTimeout: TimeAmount(idleTimeout)) : nil
        self.maximumConnections = capacity
        watch = DeadlineWatch(loop: group.next())
        state = Mutex(State(slots: slots))
        self.logger = logger
    }

    /// How many connections a pool holds.
    private static let poolSize = 64

    /// Sends a request and gathers the response.
    ///
    /// - Parameter request: What to send; `timeout` bounds the time from its turn to the last byte.
    /// - Returns: The response, whatever its status.
    /// - Throws: `HTTPError` for everything else.
    public func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        if let plain, let address = PlainAddress(request.url) {
            guard request.headers.areSendable else {
                throw FailureReading(request: request, hasHead: false).error(of: UnsendableHeader())
            }
            do {
                return try await plain.send(request, to: address)
            } catch {
                let failure = error as? PlainFailure
                throw FailureReading(request: request, hasHead: failure?.hasHead ?? false)
                    .error(of: failure?.cause ?? error)
            }
        }
        // The length that an answer to HEAD announces is that of another request's body.
        let collector = ResponseCollector(
            maximumSize: request.method == .head ? .max : request.maximumResponseSize)
        do {
            let prepared = try templates.request(for: request)
            let pool = try await enter()
            defer { leave(pool) }
            let deadline = NIODeadline.now() + TimeAmount(request.timeout)
            let task = clients[pool].execute(
                request: prepared, delegate: collector, eventLoop: .indifferent, deadline: nil, logger: logger)
            let watched = watch.enter(task, deadline: deadline)
            defer { watch.leave(watched) }
            return try await withTaskCancellationHandler {
                try await task.futureResult.get()
            } onCancel: {
                task.cancel()
            }
        } catch {
            throw FailureReading(request: request, hasHead: collector.hasHead).error(of: error)
        }
    }

    /// Ends all connections and threads; requests under way fail with `.cancelled`, later ones with `.shutDown`.
    public func shutdown() async {
        let waiters = state.withLock { state -> [CheckedContinuation<Int?, Never>]? in
            if state.isShutDown { return nil }
            state.isShutDown = true
            return state.slots.leaveAll()
        }
        guard let waiters else { return }
        for waiter in waiters { waiter.resume(returning: nil) }
        // What can fail here is closing what is closed already.
        await plain?.shutdown()
        for client in clients + [files] { try? await client.shutdown() }
        try? await group.shutdownGracefully()
    }

    /// Waits for a slot.
    private func enter() async throws -> Int {
        let entry = state.withLock { state -> (pool: Int?, ticket: Int?) in
            if state.isShutDown { return (nil, nil) }
            if let pool = state.slots.take() { return (pool, nil) }
            return (nil, state.slots.ticket())
        }
        if let pool = entry.pool { return pool }
        guard let ticket = entry.ticket else { throw HTTPClientError.alreadyShutdown }
        let pool = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let turn = state.withLock { state -> (isNow: Bool, pool: Int?) in
                    if state.isShutDown || Task.isCancelled { return (true, nil) }
                    // A slot may have been given back meanwhile, with nobody there to take it.
                    if let pool = state.slots.take() { return (true, pool) }
                    state.slots.wait(ticket, continuation)
                    return (false, nil)
                }
                if turn.isNow { continuation.resume(returning: turn.pool) }
            }
        } onCancel: {
            state.withLock { $0.slots.leave(ticket) }?.resume(returning: nil)
        }
        if let pool { return pool }
        throw state.withLock(\.isShutDown) ? HTTPClientError.alreadyShutdown : HTTPClientError.cancelled
    }

    /// Gives a slot back, to the one that waits longest.
    private func leave(_ pool: Int) {
        state.withLock { $0.slots.give(back: pool) }?.resume(returning: pool)
    }
}

extension TimeAmount {
    /// A duration, cut to the 292 years that fit.
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let (whole, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        // Half the range, so that adding it to a point in time stays in range.
        let nanoseconds = overflows ? Int64.max / 2 : min(whole, Int64.max / 2) + attoseconds / 1_000_000_000
        self = .nanoseconds(nanoseconds)
    }
}
