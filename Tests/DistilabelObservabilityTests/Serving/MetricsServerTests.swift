import CoreMetrics
import DistilabelObservability
import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif
#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

struct MetricsServerTests {
    let factory = PrometheusMetricsFactory()

    /// Asks for something, over a connection of its own.
    private func ask(_ method: String, _ path: String, port: UInt16) async throws -> (HTTPURLResponse, String) {
        let session = URLSession(configuration: .ephemeral)
        defer { session.invalidateAndCancel() }
        var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)\(path)")))
        request.httpMethod = method
        // Long: tests beside this one may keep all cores busy.
        request.timeoutInterval = 600
        let (data, response) = try await session.data(for: request)
        return (try #require(response as? HTTPURLResponse), String(decoding: data, as: UTF8.self))
    }

    @Test func servesWhatIsCountedAtThatMoment() async throws {
        let counter = Counter(label: "seen", dimensions: [], factory: factory)
        try await MetricsServer.serving(factory) { port in
            counter.increment()
            let (response, text) = try await ask("GET", "/metrics", port: port)
            #expect(response.statusCode == 200)
            #expect(response.value(forHTTPHeaderField: "Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
            #expect(text.contains("\nseen_total 1\n"))
            counter.increment()
            #expect(try await ask("GET", "/metrics?x=1", port: port).1.contains("\nseen_total 2\n"))
        }
    }

    @Test(arguments: [
        ("GET", "/"), ("GET", "/metrics/x"), ("GET", "/metricsx"), ("GET", "/%2e%2e/etc/passwd"), ("GET", "/METRICS"),
        ("POST", "/metrics"), ("DELETE", "/metrics"),
    ])
    func nothingElseIsThere(method: String, path: String) async throws {
        Counter(label: "seen", dimensions: [], factory: factory).increment()
        try await MetricsServer.serving(factory) { port in
            let (response, text) = try await ask(method, path, port: port)
            #expect(response.statusCode == 404)
            #expect(!text.contains("seen"))
        }
    }

    @Test func givesBackWhatTheBodyGivesAndClosesThePort() async throws {
        let port = try await MetricsServer.serving(factory) { $0 }
        #expect(port != 0)
        await #expect(throws: (any Error).self) { try await ask("GET", "/metrics", port: port) }
        // The same port is free again at once.
        #expect(try await MetricsServer.serving(factory, port: port) { $0 } == port)
    }

    @Test func closesThePortWhenTheBodyFails() async throws {
        struct Failure: Error, Equatable {
            let port: UInt16
        }
        let failure = try await #require(throws: Failure.self) {
            try await MetricsServer.serving(factory) { throw Failure(port: $0) }
        }
        await #expect(throws: (any Error).self) { try await ask("GET", "/metrics", port: failure.port) }
    }

    @Test func aTakenPortIsAnErrorThatNamesIt() async throws {
        try await MetricsServer.serving(factory) { port in
            let error = try await #require(throws: MetricsServerError.self) {
                try await MetricsServer.serving(factory, port: port) { _ in Issue.record("served twice") }
            }
            #expect(error.code == .portTaken)
            #expect(error.message.contains("127.0.0.1:\(port)"))
        }
    }

    @Test(.timeLimit(.minutes(10))) func endsWhenItsTaskIsCancelled() async throws {
        let (ports, continuation) = AsyncStream.makeStream(of: UInt16.self)
        let task = Task { [factory] in
            try await MetricsServer.serving(factory) { port in
                continuation.yield(port)
                try await Task.sleep(for: .seconds(3600))
            }
        }
        var iterator = ports.makeAsyncIterator()
        let port = try #require(await iterator.next())
        #expect(try await ask("GET", "/metrics", port: port).0.statusCode == 200)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        await #expect(throws: (any Error).self) { try await ask("GET", "/metrics", port: port) }
    }

    /// Opens a connection and says so much on it; the caller closes it.
    private func connect(to port: UInt16, saying words: String) throws -> Int32 {
        #if canImport(Darwin)
            let connection = socket(AF_INET, SOCK_STREAM, 0)
        #else
            let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        try #require(connection >= 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                #if canImport(Darwin)
                    Darwin.connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                #else
                    Glibc.connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                #endif
            }
        }
        try #require(result == 0)
        _ = words.withCString { write(connection, $0, words.utf8.count) }
        return connection
    }

    /// A scraper that keeps its connection, or never ends its request, holds nobody up.
    @Test(
        .timeLimit(.minutes(10)),
        arguments: ["", "GET /metr", "GET /metrics HTTP/1.1\r\nConnection: keep-alive\r\n\r\n"])
    func anOpenConnectionDoesNotKeepItFromEnding(words: String) async throws {
        let (connection, port) = try await MetricsServer.serving(factory) { port in
            let connection = try connect(to: port, saying: words)
            #expect(try await ask("GET", "/metrics", port: port).0.statusCode == 200)
            return (connection, port)
        }
        close(connection)
        await #expect(throws: (any Error).self) { try await ask("GET", "/metrics", port: port) }
    }
}
