import DistilabelHTTP
import DistilabelTesting
import Synchronization
import Testing

struct RetryingTransportTests {
    /// Sends one request through a retrying transport whose clock jumps; the jitter is always at its upper end.
    private func outcome(
        of script: [MockAnswer], policy: RetryPolicy = RetryPolicy(), isRepeatable: Bool = true
    ) async throws -> (status: Int?, code: HTTPError.Code?, waits: [Duration], requests: Int) {
        let server = try await MockLLMServer.start(script: script)
        let plain = AsyncHTTPTransport()
        let clock = JumpingClock()
        let transport = RetryingTransport(
            plain, policy: policy, clock: clock, random: { 1 }, secondsSince1970: { 784_111_777 })
        var status: Int?
        var code: HTTPError.Code?
        do {
            status = try await transport.send(HTTPRequest(url: server.origin, isRepeatable: isRepeatable)).status
        } catch {
            code = error.code
        }
        await plain.shutdown()
        try await server.stop()
        return (status, code, clock.waits, server.requestCount)
    }

    @Test(arguments: [408, 425, 429, 500, 502, 503, 504])
    func triesAgainAfterAStatusThatPasses(_ status: Int) async throws {
        let outcome = try await outcome(of: [.failure(status), .text("ok")])
        #expect(outcome.status == 200)
        #expect(outcome.waits == [.milliseconds(500)])
    }

    @Test(arguments: [400, 401, 403, 404, 409, 422, 501])
    func handsAStatusOnThatStays(_ status: Int) async throws {
        let outcome = try await outcome(of: [.failure(status), .text("ok")])
        #expect(outcome.status == status)
        #expect(outcome.requests == 1)
    }

    @Test func doublesTheBoundOfTheWaitUpToItsCap() async throws {
        let outcome = try await outcome(of: [.failure(500)], policy: RetryPolicy(maximumRetries: 8))
        #expect(outcome.status == 500)
        #expect(outcome.requests == 9)
        #expect(outcome.waits == [0.5, 1, 2, 4, 8, 16, 30, 30].map { Duration.seconds($0) })
    }

    @Test(arguments: [
        ("3", Duration.seconds(3)), ("0", .zero), ("0.25", .milliseconds(250)),
        ("Sun, 06 Nov 1994 08:49:44 GMT", .seconds(7)), ("Sunday, 06-Nov-94 08:49:44 GMT", .seconds(7)),
        ("Sun Nov  6 08:49:44 1994", .seconds(7)), ("Sun, 06 Nov 1994 08:00:00 GMT", .zero),
    ])
    func waitsAsLongAsTheServerAsks(_ header: String, _ expected: Duration) async throws {
        let outcome = try await outcome(of: [.failure(429, retryAfter: header), .text("ok")])
        #expect(outcome.status == 200)
        // Half the base delay of jitter at most is added.
        #expect(outcome.waits == [expected + .milliseconds(250)])
    }

    @Test func prefersMilliseconds() async throws {
        var refusal = MockAnswer.failure(503, retryAfter: "9")
        refusal.headers.append(("Retry-After-Ms", "1500"))
        let outcome = try await outcome(of: [refusal, .text("ok")])
        #expect(outcome.waits == [.milliseconds(1750)])
    }

    @Test func doesNotWaitForHours() async throws {
        let outcome = try await outcome(of: [.failure(429, retryAfter: "3600"), .text("ok")])
        #expect(outcome.status == 429)
        #expect(outcome.waits.isEmpty)
    }

    @Test func beginsNoWaitThatEndsAfterTheDeadline() async throws {
        let outcome = try await outcome(of: [.failure(500)], policy: RetryPolicy(deadline: .seconds(4)))
        #expect(outcome.status == 500)
        // 0.5 + 1 + 2 passed; 4 more would end at 7.5.
        #expect(outcome.waits == [.milliseconds(500), .seconds(1), .seconds(2)])
    }

    @Test(arguments: [MockAnswer.Fault.close, .truncate(after: 3), .reset])
    func mendsABrokenConnection(_ fault: MockAnswer.Fault) async throws {
        let outcome = try await outcome(of: [.text("longer").failing(fault), .text("ok")])
        #expect(outcome.status == 200)
        #expect(outcome.requests == 2)
    }

    @Test func sendsNothingTwiceThatMustNotBe() async throws {
        let broken = try await outcome(of: [.text("x").failing(.close), .text("ok")], isRepeatable: false)
        #expect(broken.code == .connectionClosed)
        let failed = try await outcome(of: [.failure(500), .text("ok")], isRepeatable: false)
        #expect(failed.status == 500)
        let refused = try await outcome(of: [.failure(429), .text("ok")], isRepeatable: false)
        #expect(refused.status == 200)
    }

    @Test(arguments: [true, false])
    func losesNoRequestToConnectionsThatTheServerCloses(_ silently: Bool) async throws {
        // Silently: whole answers, then the connection is gone. Otherwise: gone when the second request arrives.
        let server = try await MockLLMServer.start { request in
            if silently { return .text("ok").failing(.closeAfterwards) }
            return request.indexOnConnection == 0 ? .text("ok") : .text("ok").failing(.close)
        }
        let plain = AsyncHTTPTransport()
        // Chance may meet several such connections in a row; waits are jumped over.
        let transport = RetryingTransport(plain, policy: RetryPolicy(maximumRetries: 20), clock: JumpingClock())
        let url = server.origin
        let failures = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    var failures = 0
                    for _ in 0..<25 {
                        let response = try? await transport.send(HTTPRequest(method: .post, url: url, body: [1]))
                        failures += response?.status == 200 ? 0 : 1
                    }
                    return failures
                }
            }
            return await group.reduce(0, +)
        }
        #expect(failures == 0)
        #expect(server.connectionCount > 100)
        await plain.shutdown()
        try await server.stop()
    }

    @Test func survivesAServerWhoseIdleTimeoutMeetsThePace() async throws {
        let server = try await MockLLMServer.start(idleTimeout: .milliseconds(5)) { _ in .text("ok") }
        let plain = AsyncHTTPTransport()
        let transport = RetryingTransport(plain)
        for _ in 0..<100 {
            #expect(try await transport.send(HTTPRequest(method: .post, url: server.origin, body: [1])).status == 200)
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(server.connectionCount > 5)
        await plain.shutdown()
        try await server.stop()
    }

    @Test func stopsWaitingWhenCancelled() async throws {
        let server = try await MockLLMServer.start { _ in .failure(429, retryAfter: "60") }
        let plain = AsyncHTTPTransport()
        let transport = RetryingTransport(plain)
        let url = server.origin
        let task = Task { () -> HTTPError.Code? in
            do throws(HTTPError) { _ = try await transport.send(HTTPRequest(url: url)) } catch { return error.code }
            return nil
        }
        while server.requestCount == 0 { try await Task.sleep(for: .milliseconds(2)) }
        task.cancel()
        #expect(await task.value == .cancelled)
        await plain.shutdown()
        try await server.stop()
    }
}

/// A clock on which sleeping takes no time but moves the hands.
final class JumpingClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (one: Instant, other: Instant) -> Bool { one.offset < other.offset }
    }

    private let state = Mutex<(now: Duration, waits: [Duration])>((.zero, []))

    var now: Instant { Instant(offset: state.withLock(\.now)) }
    var minimumResolution: Duration { .nanoseconds(1) }
    /// How long was slept each time.
    var waits: [Duration] { state.withLock(\.waits) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        state.withLock { state in
            state.waits.append(deadline.offset - state.now)
            state.now = max(state.now, deadline.offset)
        }
    }
}
