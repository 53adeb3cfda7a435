internal import DequeModule
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// The connections of a client and the requests that wait for one; lives on one event loop, so that nothing is locked.
///
/// The connection that was used last is used next: little traffic keeps few connections open, and the others go after `idleTimeout`.
final class PlainPool {
    private struct Idle {
        let connection: PlainConnection
        let since: NIODeadline
    }

    private struct Active {
        let deadline: NIODeadline
        /// Nil while it is being made.
        var connection: PlainConnection?
    }

    private let loop: any EventLoop
    private let capacity: Int
    private let connectTimeout: TimeAmount
    private let idleTimeout: TimeAmount
    private var idle: [PlainAddress.Origin: [Idle]] = [:]
    private var idleCount = 0
    private var waiting: Deque<PlainExchange> = []
    private var active: [Int: Active] = [:]
    /// Connections, those in the making too.
    private var connections = 0
    private var isTicking = false
    private var isShutDown = false

    /// How late a request may be ended.
    private static let interval = TimeAmount.milliseconds(20)

    init(loop: any EventLoop, capacity: Int, connectTimeout: TimeAmount, idleTimeout: TimeAmount) {
        self.loop = loop
        self.capacity = capacity
        self.connectTimeout = connectTimeout
        self.idleTimeout = idleTimeout
    }

    /// Sends a request, now or when there is a connection to spare.
    func start(_ exchange: PlainExchange) {
        if isShutDown {
            return exchange.continuation.resume(throwing: PlainFailure(cause: ChannelError.ioOnClosedChannel))
        }
        if exchange.cancellation.isCancelled {
            return exchange.continuation.resume(throwing: PlainFailure(cause: CancellationError()))
        }
        let deadline = NIODeadline.now() + TimeAmount(exchange.request.timeout)
        if let connection = takeIdle(exchange.address.origin) {
            active[exchange.id] = Active(deadline: deadline, connection: connection)
            connection.send(exchange)
        } else if connections < capacity || dropIdle() {
            active[exchange.id] = Active(deadline: deadline, connection: nil)
            connect(for: exchange)
        } else {
            waiting.append(exchange)
        }
        tickLater()
    }

    /// Ends a request whose task was cancelled.
    func cancel(_ id: Int) {
        if let found = active[id] {
            // One that is being connected is ended when that is through.
            found.connection?.fail(CancellationError())
        } else if let index = waiting.firstIndex(where: { $0.id == id }) {
            waiting.remove(at: index).continuation.resume(throwing: PlainFailure(cause: CancellationError()))
        }
    }

    /// Takes the outcome of a request.
    func ended(
        _ connection: PlainConnection, _ exchange: PlainExchange, _ outcome: Result<HTTPResponse, PlainFailure>
    ) {
        active[exchange.id] = nil
        exchange.continuation.resume(with: outcome.mapError { $0 as any Error })
        settle(connection)
    }

    /// Sends a request again, on a fresh connection.
    func sendAgain(_ exchange: PlainExchange) {
        var again = exchange
        again.isResent = true
        active[exchange.id]?.connection = nil
        connect(for: again)
    }

    /// Counts out a connection that is closed.
    func closed(_ connection: PlainConnection) {
        connections -= 1
        if let index = idle[connection.origin]?.firstIndex(where: { $0.connection === connection }) {
            idle[connection.origin]?.remove(at: index)
            idleCount -= 1
        }
        serveWaiting()
    }

    /// Ends everything.
    func shutDown() {
        isShutDown = true
        let all = waiting
        waiting = []
        for exchange in all {
            exchange.continuation.resume(throwing: PlainFailure(cause: ChannelError.ioOnClosedChannel))
        }
        for found in Array(active.values) { found.connection?.fail(ChannelError.ioOnClosedChannel) }
        for connection in idle.values.joined() { connection.connection.close() }
        idle = [:]
        idleCount = 0
    }

    private func takeIdle(_ origin: PlainAddress.Origin) -> PlainConnection? {
        while let found = idle[origin]?.popLast() {
            idleCount -= 1
            if found.connection.isOpen { return found.connection }
        }
        return nil
    }

    /// Makes room for a connection to another server.
    private func dropIdle() -> Bool {
        guard let origin = idle.first(where: { !$0.value.isEmpty })?.key, let first = idle[origin]?.removeFirst() else {
            return false
        }
        idleCount -= 1
        first.connection.close()
        return true
    }

    private func connect(for exchange: PlainExchange) {
        connections += 1
        let origin = exchange.address.origin
        let pool = NIOLoopBound(self, eventLoop: loop)
        let bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(connectTimeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    // The transport has looked at the header already.
                    try channel.pipeline.syncOperations.addHTTPClientHandlers(enableOutboundHeaderValidation: false)
                    try channel.pipeline.syncOperations.addHandler(
                        PlainConnection(origin: origin, pool: pool.value))
                }
            }
        bootstrap.connect(host: origin.host, port: origin.port).assumeIsolated().whenComplete { [self] result in
            do {
                let pipeline = try result.get().pipeline.syncOperations
                connected(try pipeline.handler(type: PlainConnection.self), for: exchange)
            } catch {
                connections -= 1
                active[exchange.id] = nil
                exchange.continuation.resume(
                    throwing: PlainFailure(cause: exchange.cancellation.isCancelled ? CancellationError() : error))
                serveWaiting()
            }
        }
    }

    private func connected(_ connection: PlainConnection, for exchange: PlainExchange) {
        let hindrance: (any Error)? =
            if isShutDown {
                ChannelError.ioOnClosedChannel
            } else if exchange.cancellation.isCancelled {
                CancellationError()
            } else if active[exchange.id].map({ $0.deadline <= .now() }) ?? true {
                PlainTimeout()
            } else if !connection.isOpen {
                ChannelError.eof
            } else {
                nil
            }
        if let hindrance { return ended(connection, exchange, .failure(PlainFailure(cause: hindrance))) }
        active[exchange.id]?.connection = connection
        connection.send(exchange)
    }

    /// Puts a connection to its next use, if it can be used.
    private func settle(_ connection: PlainConnection) {
        // A closed one is counted out when the last word of it comes.
        guard connection.isOpen, !isShutDown else { return connection.close() }
        if let index = waiting.firstIndex(where: { $0.address.origin == connection.origin }) {
            let next = waiting.remove(at: index)
            active[next.id] = Active(
                deadline: .now() + TimeAmount(next.request.timeout), connection: connection)
            connection.send(next)
        } else {
            idle[connection.origin, default: []].append(Idle(connection: connection, since: .now()))
            idleCount += 1
            // Those that wait for another server.
            serveWaiting()
        }
    }

    private func serveWaiting() {
        while !waiting.isEmpty, connections < capacity || idleCount > 0 { start(waiting.removeFirst()) }
    }

    private func tickLater() {
        if isTicking { return }
        isTicking = true
        loop.assumeIsolated().scheduleTask(in: Self.interval) { [self] in tick() }
    }

    /// Ends what is past its time.
    private func tick() {
        isTicking = false
        let now = NIODeadline.now()
        for found in active.values.filter({ $0.deadline <= now }) { found.connection?.fail(PlainTimeout()) }
        for (origin, list) in idle where !list.isEmpty {
            let old = list.prefix { $0.since + idleTimeout <= now }
            guard !old.isEmpty else { continue }
            idle[origin]?.removeFirst(old.count)
            idleCount -= old.count
            for connection in old { connection.connection.close() }
        }
        if !active.isEmpty || !waiting.isEmpty || idleCount > 0 { tickLater() }
    }
}
