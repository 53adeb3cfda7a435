import DistilabelHTTP
import DistilabelTesting
import Foundation
import Synchronization
import Testing

struct FileTransferTests {
    private func with(
        stallTimeout: Duration = .seconds(60), answer: @escaping @Sendable (MockRequest) -> MockAnswer,
        _ body: (AsyncHTTPTransport, MockLLMServer) async throws -> Void
    ) async throws {
        let server = try await MockLLMServer.start(answer: answer)
        let transport = AsyncHTTPTransport(stallTimeout: stallTimeout)
        let result: Result<Void, any Error>
        do { result = .success(try await body(transport, server)) } catch { result = .failure(error) }
        await transport.shutdown()
        try await server.stop()
        try result.get()
    }

    private func file(_ bytes: [UInt8]) throws -> String {
        let path = NSTemporaryDirectory() + "/distilabel-http-" + UUID().uuidString
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// More than one piece, and no multiple of one.
    private let bytes = (0..<1_000_003).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }

    @Test func sendsAPartOfAFile() async throws {
        let path = try file(bytes)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await with {
            MockAnswer(body: $0.body.reversed())
        } _: { transport, server in
            for range in [0..<bytes.count, 5..<300_000, 999_999..<1_000_003, 7..<7] {
                let answer = try await transport.send(
                    HTTPRequest(method: .put, url: server.origin + "/x"),
                    body: FileSlice(path: path, offset: range.lowerBound, count: range.count))
                #expect(answer.body == bytes[range].reversed())
            }
            #expect(server.requests[1].header("content-length") == "299995")
            #expect(server.requests[1].header("transfer-encoding") == nil)
        }
    }

    @Test func saysThatAFileIsGoneOrShorter() async throws {
        let path = try file([1, 2, 3])
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await with { _ in
            .text("ok")
        } _: { transport, server in
            for (name, count, words) in [(path, 5, "shorter than it was"), ("/nowhere/x", 5, "/nowhere/x")] {
                do throws(HTTPError) {
                    _ = try await transport.send(
                        HTTPRequest(method: .put, url: server.origin), body: FileSlice(path: name, count: count))
                    Issue.record("it was sent")
                } catch {
                    #expect(error.message.contains(words), "\(error)")
                }
            }
        }
    }

    @Test func sendsAFileAgainFromItsStart() async throws {
        let path = try file(bytes)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let count = Mutex(0)
        try await with { request in
            let number = count.withLock {
                $0 += 1
                return $0
            }
            return number == 1
                ? .failure(503) : number == 2 ? MockAnswer().failing(.close) : MockAnswer(body: request.body)
        } _: { transport, server in
            let patient = RetryingTransport(transport, policy: RetryPolicy(baseDelay: .milliseconds(1)))
            let answer = try await patient.send(
                HTTPRequest(method: .put, url: server.origin), body: FileSlice(path: path, count: bytes.count))
            #expect(answer.body == bytes)
            #expect(server.requestCount == 3)
        }
    }

    @Test func handsABodyOverAsItComes() async throws {
        let bytes = bytes
        try await with {
            $0.path == "/no" ? .failure(404, message: "none") : MockAnswer(body: bytes)
        } _: { transport, server in
            var got: [UInt8] = []
            var pieces = 0
            let answer = try await transport.stream(HTTPRequest(url: server.origin, maximumResponseSize: 10)) {
                head, piece in
                #expect(head.status == 200)
                got.append(contentsOf: piece)
                pieces += 1
            }
            #expect(got == bytes)
            #expect(pieces > 1)
            #expect(answer.body.isEmpty)
            // What is no success is an answer like any other.
            let missing = try await transport.stream(HTTPRequest(url: server.origin + "/no")) { _, _ in
                Issue.record("there is nothing to hand over")
            }
            #expect(missing.status == 404)
            #expect(missing.text.contains("none"))
        }
    }

    @Test func throwsWhatTheReceiverThrows() async throws {
        struct Enough: Error {}
        let bytes = bytes
        try await with { _ in
            MockAnswer(body: bytes)
        } _: { transport, server in
            let patient = RetryingTransport(transport, policy: RetryPolicy(baseDelay: .milliseconds(1)))
            for sender in [transport as any HTTPFileTransport, patient] {
                await #expect(throws: Enough.self) {
                    _ = try await sender.stream(HTTPRequest(url: server.origin)) { _, _ in throw Enough() }
                }
            }
            #expect(server.requestCount == 2)
        }
    }

    @Test func triesABodyAgainOnlyWhereNothingOfItCame() async throws {
        let bytes = bytes
        let count = Mutex(0)
        try await with { _ in
            let number = count.withLock {
                $0 += 1
                return $0
            }
            return number == 1
                ? .failure(500)
                : number == 2
                    ? MockAnswer().failing(.reset) : MockAnswer(body: bytes).failing(.truncate(after: 600_000))
        } _: { transport, server in
            let patient = RetryingTransport(transport, policy: RetryPolicy(baseDelay: .milliseconds(1)))
            var got = 0
            do {
                _ = try await patient.stream(HTTPRequest(url: server.origin)) { _, piece in got += piece.count }
                Issue.record("it ended well")
            } catch let error as HTTPError {
                #expect(error.code == .truncatedBody)
            }
            #expect(got > 0 && got <= 600_000)
            #expect(server.requestCount == 3)
        }
    }

    @Test func endsATransferThatStandsStill() async throws {
        try await with(stallTimeout: .milliseconds(200)) { _ in
            MockAnswer().failing(.hang)
        } _: { transport, server in
            do {
                _ = try await transport.stream(HTTPRequest(url: server.origin)) { _, _ in }
                Issue.record("it ended well")
            } catch let error as HTTPError {
                #expect(error.code == .timeout)
                #expect(error.message.contains("stood still"))
            }
        }
    }

    @Test(arguments: [
        ("\"api\";r=0;t=55", Duration.seconds(56)), ("\"pages\";r=7;t=9, \"api\";r=0;t=2", .seconds(3)),
        ("\"api\";r=3;t=55", .zero), ("nonsense", .zero),
    ])
    func waitsForTheEndOfAWindow(_ field: String, _ expected: Duration) async throws {
        var answer = HTTPResponse(status: 429)
        answer.headers["RateLimit"] = field
        #expect(answer.retryAfter ?? .zero == expected)
    }
}
