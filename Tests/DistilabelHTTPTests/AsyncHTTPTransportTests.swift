import DistilabelTesting
import Testing

@testable import DistilabelHTTP

struct AsyncHTTPTransportTests {
    /// What sends: connections of our own, or AsyncHTTPClient, as for `https://`.
    enum Way: CaseIterable, Sendable {
        case own, library
    }

    private func transport(_ way: Way, maximumConnections: Int = 4096) -> AsyncHTTPTransport {
        // A debug build on a busy machine takes its time to connect thousands.
        AsyncHTTPTransport(
            maximumConnections: maximumConnections, connectTimeout: .seconds(120), idleTimeout: .seconds(60),
            hasOwnConnections: way == .own)
    }

    /// Runs a closure with a server and a transport, and ends both.
    private func with(
        _ server: MockLLMServer, _ way: Way, maximumConnections: Int = 4096,
        _ body: (AsyncHTTPTransport, MockLLMServer) async throws -> Void
    ) async throws {
        let transport = transport(way, maximumConnections: maximumConnections)
        let result: Result<Void, any Error>
        do { result = .success(try await body(transport, server)) } catch { result = .failure(error) }
        await transport.shutdown()
        try await server.stop()
        try result.get()
    }

    private func failure(of send: () async throws(HTTPError) -> HTTPResponse) async -> HTTPError? {
        do throws(HTTPError) { _ = try await send() } catch { return error }
        return nil
    }

    @Test(arguments: Way.allCases) func sendsTheRequestAndGivesTheResponseBack(_ way: Way) async throws {
        let server = try await MockLLMServer.start { request in
            MockAnswer(status: 201, headers: [("X-Echo", request.header("x-ask") ?? "")], body: request.body.reversed())
        }
        try await with(server, way) { transport, server in
            let response = try await transport.send(
                HTTPRequest(
                    method: .put, url: server.baseURL + "/things?a=b%20c", headers: ["X-Ask": "grüß"],
                    body: Array("abc".utf8)))
            #expect(response.status == 201)
            #expect(response.headers["x-echo"] == "grüß")
            #expect(response.text == "cba")
            let seen = try #require(server.requests.first)
            #expect(seen.method == "PUT")
            #expect(seen.path == "/v1/things?a=b%20c")
            #expect(seen.header("host") == "127.0.0.1:\(server.port)")
            #expect(seen.header("content-length") == "3")
        }
    }

    @Test(arguments: Way.allCases) func givesEveryStatusBackAsAResponse(_ way: Way) async throws {
        let statuses = [204, 301, 400, 401, 404, 429, 500, 503]
        let server = try await MockLLMServer.start(
            script: statuses.map { MockAnswer(status: $0, headers: [("location", "/elsewhere")]) })
        try await with(server, way) { transport, server in
            var got: [Int] = []
            for _ in statuses { got.append(try await transport.send(HTTPRequest(url: server.origin + "/")).status) }
            #expect(got == statuses)
        }
    }

    @Test(arguments: Way.allCases) func usesOneConnectionForRequestsInTurn(_ way: Way) async throws {
        let server = try await MockLLMServer.start { _ in .text("ok") }
        try await with(server, way) { transport, server in
            for _ in 0..<50 { _ = try await transport.send(HTTPRequest(url: server.origin)) }
            #expect(server.connectionCount == 1)
            #expect(server.requests.map(\.indexOnConnection) == Array(0..<50))
        }
    }

    @Test(arguments: Way.allCases) func keepsTwoThousandRequestsInFlight(_ way: Way) async throws {
        // No answer before all have arrived.
        let gate = Gate(opensAt: 2000)
        let server = try await MockLLMServer.start(asyncAnswer: { _ in
            await gate.pass()
            return .text("ok")
        })
        try await with(server, way) { transport, server in
            let url = server.origin + "/"
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<2000 {
                    group.addTask { try await transport.send(HTTPRequest(method: .post, url: url, body: [1])).status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 200, count: 2000))
            #expect(server.peakConcurrency == 2000)
            #expect(server.connectionCount == 2000)
        }
    }

    @Test(arguments: Way.allCases) func letsRequestsBeyondTheLimitWaitForTheirTurn(_ way: Way) async throws {
        let server = try await MockLLMServer.start { _ in .text("ok").delayed(.milliseconds(5)) }
        try await with(server, way, maximumConnections: 3) { transport, server in
            let url = server.origin
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<40 { group.addTask { _ = try await transport.send(HTTPRequest(url: url)) } }
                try await group.waitForAll()
            }
            #expect(server.peakConcurrency == 3)
            #expect(server.requestCount == 40)
        }
    }

    @Test(arguments: Way.allCases) func failsAtOnceWhereNobodyListens(_ way: Way) async throws {
        let server = try await MockLLMServer.start { _ in .text("ok") }
        try await server.stop()
        let transport = transport(way)
        let error = try #require(
            await failure { () throws(HTTPError) in
                try await transport.send(HTTPRequest(url: server.baseURL + "/models"))
            })
        await transport.shutdown()
        #expect(error.code == .connectionRefused)
        #expect(error.message.contains("nothing listens at http://127.0.0.1:\(server.port);"))
    }

    @Test(
        arguments: [
            ("ftp://host/file", .invalidURL), ("", .invalidURL), ("no address", .invalidURL),
            ("http://", .invalidURL), ("http://name.invalid/", .dnsFailure),
        ] as [(String, HTTPError.Code)], Way.allCases)
    func namesWhatIsWrongWithAnAddress(_ wrong: (url: String, code: HTTPError.Code), _ way: Way) async throws {
        let (url, code) = wrong
        let transport = transport(way)
        let error = await failure { () throws(HTTPError) in
            try await transport.send(HTTPRequest(url: url, timeout: .seconds(8)))
        }
        await transport.shutdown()
        #expect(error?.code == code, "\(String(describing: error))")
    }

    @Test(arguments: Way.allCases) func endsARequestAtItsTimeout(_ way: Way) async throws {
        let server = try await MockLLMServer.start { _ in .text("late").failing(.hang) }
        try await with(server, way) { transport, server in
            let start = ContinuousClock.now
            let error = await failure { () throws(HTTPError) in
                try await transport.send(HTTPRequest(url: server.origin, timeout: .milliseconds(300)))
            }
            let took = start.duration(to: .now)
            #expect(error?.code == .timeout)
            #expect(took >= .milliseconds(295), "\(took)")
        }
    }

    @Test(arguments: Way.allCases) func countsTheBodyTowardsTheTimeout(_ way: Way) async throws {
        let chunks = Array(repeating: Array("x".utf8), count: 400)
        let server = try await MockLLMServer.start { _ in
            MockAnswer(chunks: chunks, chunkDelay: .milliseconds(50))
        }
        try await with(server, way) { transport, server in
            let error = await failure { () throws(HTTPError) in
                try await transport.send(HTTPRequest(url: server.origin, timeout: .milliseconds(300)))
            }
            #expect(error?.code == .timeout)
        }
    }

    @Test(arguments: Way.allCases) func gathersABodyThatComesInChunks(_ way: Way) async throws {
        let server = try await MockLLMServer.start { _ in
            .chatStream(pieces: ["Hel", "lo"], pieceDelay: .milliseconds(2))
        }
        try await with(server, way) { transport, server in
            let response = try await transport.send(HTTPRequest(url: server.origin))
            var parser = ServerSentEventParser()
            let events = parser.append(response.body)
            #expect(events.count == 4)
            #expect(events.last?.data == "[DONE]")
            #expect(events.first?.data.contains("\"content\":\"Hel\"") == true)
        }
    }

    @Test(
        arguments: [
            (.close, [.connectionClosed]), (.reset, [.connectionReset, .connectionClosed]),
            (.truncate(after: 0), [.truncatedBody]), (.truncate(after: 5), [.truncatedBody]),
        ] as [(MockAnswer.Fault, [HTTPError.Code])], Way.allCases)
    func saysHowAConnectionBroke(_ expected: (fault: MockAnswer.Fault, codes: [HTTPError.Code]), _ way: Way)
        async throws
    {
        let (fault, codes) = expected
        let server = try await MockLLMServer.start { _ in .text("a longer body").failing(fault) }
        try await with(server, way) { transport, server in
            let error = try #require(
                await failure { () throws(HTTPError) in
                    try await transport.send(HTTPRequest(url: server.baseURL + "/x"))
                })
            #expect(codes.contains(error.code), "\(error)")
            #expect(error.isRetryable)
            #expect(error.message.contains("127.0.0.1:\(server.port)/v1/x"))
        }
    }

    @Test(arguments: [("a b", "c"), ("name", "value\r\nx-more: 1"), ("na:me", "v")], Way.allCases)
    func sendsNoHeaderThatWouldBeginAnother(_ field: (name: String, value: String), _ way: Way) async throws {
        let server = try await MockLLMServer.start { _ in .text("ok") }
        try await with(server, way) { transport, server in
            let error = await failure { () throws(HTTPError) in
                try await transport.send(HTTPRequest(url: server.origin, headers: HTTPHeaders([field])))
            }
            #expect(error?.code == .invalidRequest)
            #expect(server.requestCount == 0)
        }
    }

    @Test(arguments: [true, false])
    func sendsOnceMoreWhereTheServerHadClosedTheKeptConnection(_ isRepeatable: Bool) async throws {
        // The second request of a connection meets its end.
        let server = try await MockLLMServer.start { request in
            request.indexOnConnection == 1 ? .text("").failing(.close) : .text("ok")
        }
        try await with(server, .own) { transport, server in
            let url = server.origin
            func send() async throws(HTTPError) -> HTTPResponse {
                try await transport.send(HTTPRequest(method: .post, url: url, isRepeatable: isRepeatable))
            }
            _ = try await send()
            if isRepeatable {
                #expect(try await send().text == "ok")
                #expect(server.connectionCount == 2)
            } else {
                #expect(await failure(of: send)?.code == .connectionClosed)
                #expect(server.requestCount == 2)
            }
        }
    }

    @Test func closesAConnectionThatNobodyUses() async throws {
        let server = try await MockLLMServer.start { _ in .text("ok") }
        let transport = AsyncHTTPTransport(
            maximumConnections: 10, connectTimeout: .seconds(20), idleTimeout: .milliseconds(50),
            hasOwnConnections: true)
        let url = server.origin
        _ = try await transport.send(HTTPRequest(url: url))
        while server.openConnectionCount > 0 { try await Task.sleep(for: .milliseconds(5)) }
        #expect(try await transport.send(HTTPRequest(url: url)).text == "ok")
        #expect(server.connectionCount == 2)
        await transport.shutdown()
        try await server.stop()
    }

    @Test(arguments: [true, false], Way.allCases)
    func refusesAnAnswerThatIsTooLong(_ isChunked: Bool, _ way: Way) async throws {
        let body = [UInt8](repeating: 0x61, count: 5000)
        let server = try await MockLLMServer.start { _ in
            isChunked ? MockAnswer(chunks: [body, body]) : MockAnswer(body: body)
        }
        try await with(server, way) { transport, server in
            let error = await failure { () throws(HTTPError) in
                try await transport.send(HTTPRequest(url: server.origin, maximumResponseSize: 4999))
            }
            #expect(error?.code == .responseTooLarge)
            #expect(error?.isRetryable == false)
        }
    }

    @Test(arguments: Way.allCases) func endsARequestWhoseTaskIsCancelled(_ way: Way) async throws {
        let server = try await MockLLMServer.start { _ in .text("").failing(.hang) }
        try await with(server, way, maximumConnections: 1) { transport, server in
            let url = server.origin
            // The second waits for the only slot.
            let tasks = (0..<2).map { _ in
                Task { await failure { () throws(HTTPError) in try await transport.send(HTTPRequest(url: url)) } }
            }
            while server.requestCount == 0 { try await Task.sleep(for: .milliseconds(2)) }
            for task in tasks { task.cancel() }
            for task in tasks { #expect(await task.value?.code == .cancelled) }
        }
    }

    @Test(arguments: Way.allCases) func failsWhatIsUnderWayAndWhatComesLaterAtShutdown(_ way: Way) async throws {
        let server = try await MockLLMServer.start { _ in .text("").failing(.hang) }
        let transport = transport(way, maximumConnections: 1)
        let url = server.origin
        let tasks = (0..<2).map { _ in
            Task { await failure { () throws(HTTPError) in try await transport.send(HTTPRequest(url: url)) } }
        }
        while server.requestCount == 0 { try await Task.sleep(for: .milliseconds(2)) }
        await transport.shutdown()
        await transport.shutdown()
        for task in tasks { #expect([.cancelled, .shutDown].contains(await task.value?.code)) }
        let late = await failure { () throws(HTTPError) in try await transport.send(HTTPRequest(url: url)) }
        #expect(late?.code == .shutDown)
        try await server.stop()
    }
}

/// Holds all who come until a number of them is there.
private actor Gate {
    private let size: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(opensAt size: Int) { self.size = size }

    func pass() async {
        await withCheckedContinuation { continuation in
            waiting.append(continuation)
            if waiting.count == size { for one in waiting { one.resume() } }
        }
    }
}
