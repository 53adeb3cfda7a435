internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// An HTTP server on the loopback, for tests and benchmarks: answers what a closure says, and misbehaves on request.
///
///     let server = try await MockLLMServer.start { request in .chatCompletion(text: "Yes.") }
///     … server.baseURL …
///     try await server.stop()
///
/// It reads HTTP/1.1 itself rather than through a general parser: it must cost less than the clients that it measures, and an answer
/// that breaks off in its middle is a matter of bytes.
public final class MockLLMServer: Sendable {
    /// What answers a request.
    enum Answerer: Sendable {
        case now(@Sendable (MockRequest) -> MockAnswer)
        case later(@Sendable (MockRequest) async -> MockAnswer)
    }

    /// The port.
    public let port: Int
    private let group: MultiThreadedEventLoopGroup
    private let record: ServerRecord

    private init(port: Int, group: MultiThreadedEventLoopGroup, record: ServerRecord) {
        self.port = port
        self.group = group
        self.record = record
    }

    /// Starts a server whose answers need no waiting; the closure runs on the server's own thread.
    ///
    /// - Parameters:
    ///   - port: The port; 0 takes a free one.
    ///   - threads: How many threads serve.
    ///   - idleTimeout: After how long without a request a connection is closed; nil is never.
    ///   - keeping: How many of the first requests `requests` keeps.
    ///   - answer: What answers a request.
    /// - Throws: When the port is taken.
    public static func start(
        port: Int = 0, threads: Int = 1, idleTimeout: Duration? = nil, keeping: Int = 100,
        answer: @escaping @Sendable (MockRequest) -> MockAnswer
    ) async throws -> MockLLMServer {
        try await start(
            port: port, threads: threads, idleTimeout: idleTimeout, keeping: keeping, answerer: .now(answer))
    }

    /// Starts a server whose answers may have to wait for something: for a wait alone, `MockAnswer.delay` is cheaper.
    ///
    /// - Parameters: As above.
    public static func start(
        port: Int = 0, threads: Int = 1, idleTimeout: Duration? = nil, keeping: Int = 100,
        asyncAnswer answer: @escaping @Sendable (MockRequest) async -> MockAnswer
    ) async throws -> MockLLMServer {
        try await start(
            port: port, threads: threads, idleTimeout: idleTimeout, keeping: keeping, answerer: .later(answer))
    }

    /// Starts a server that gives answers in turn, and the last one from then on.
    ///
    /// - Parameters: As above; without any answer, all are 404.
    public static func start(
        port: Int = 0, idleTimeout: Duration? = nil, keeping: Int = 100, script: [MockAnswer]
    ) async throws -> MockLLMServer {
        try await start(port: port, idleTimeout: idleTimeout, keeping: keeping) { request in
            script.isEmpty ? .failure(404) : script[min(request.index, script.count - 1)]
        }
    }

    private static func start(
        port: Int, threads: Int, idleTimeout: Duration?, keeping: Int, answerer: Answerer
    ) async throws -> MockLLMServer {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
        let record = ServerRecord(limit: keeping)
        let idle = idleTimeout.map { TimeAmount.nanoseconds(Int64($0 / .nanoseconds(1))) }
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.maxMessagesPerRead, value: 256)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        MockConnection(record: record, answerer: answerer, idleTimeout: idle))
                }
            }
        do {
            let channel = try await bootstrap.bind(host: "127.0.0.1", port: port).get()
            return MockLLMServer(port: channel.localAddress?.port ?? port, group: group, record: record)
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
    }

    /// The address without a path: `http://127.0.0.1:PORT`.
    public var origin: String { "http://127.0.0.1:\(port)" }
    /// What a model takes as its `base_url`: `http://127.0.0.1:PORT/v1`.
    public var baseURL: String { origin + "/v1" }
    /// How many requests have come.
    public var requestCount: Int { record.requests.load(ordering: .relaxed) }
    /// How many connections have been made, over the whole life.
    public var connectionCount: Int { record.connections.load(ordering: .relaxed) }
    /// How many connections are open.
    public var openConnectionCount: Int { record.open.load(ordering: .relaxed) }
    /// The most requests that were under way at once.
    public var peakConcurrency: Int { record.peak.load(ordering: .relaxed) }
    /// The first requests, as many as are kept.
    public var requests: [MockRequest] { record.kept }

    /// Closes all connections and the port.
    public func stop() async throws { try await group.shutdownGracefully() }
}
