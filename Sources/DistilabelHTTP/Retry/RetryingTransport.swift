#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Sends requests again where another try may help.
///
/// What is tried again: the statuses of the policy, broken, closed and refused connections, and time-outs. A connection that
/// the server closed while it lay idle is mended at once, everything else after a wait; `retry-after` and
/// `retry-after-ms` are honoured. When the tries are spent the last answer or error is handed on as it came.
public struct RetryingTransport<Base: HTTPTransport>: HTTPTransport {
    /// What sends.
    public let base: Base
    /// When and how often.
    public let policy: RetryPolicy
    private let clock: any Clock<Duration>
    private let random: @Sendable () -> Double
    private let secondsSince1970: @Sendable () -> Int

    /// Wraps a transport.
    ///
    /// - Parameters:
    ///   - base: What sends.
    ///   - policy: When and how often.
    ///   - clock: What waits; for tests.
    ///   - random: Numbers in 0..<1 for the jitter; for tests.
    ///   - secondsSince1970: The time of day, for `retry-after` with a date; nil asks the system, a closure is for tests.
    public init(
        _ base: Base, policy: RetryPolicy = RetryPolicy(), clock: any Clock<Duration> = ContinuousClock(),
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        secondsSince1970: (@Sendable () -> Int)? = nil
    ) {
        self.base = base
        self.policy = policy
        self.clock = clock
        self.random = random
        self.secondsSince1970 = secondsSince1970 ?? { Int(time(nil)) }
    }

    /// Sends a request, again where another try may help.
    ///
    /// - Parameter request: What to send; `timeout` counts for each try.
    /// - Returns: The first answer that is final, or the last one when the tries are spent.
    /// - Throws: The last try's error; `.cancelled` when cancelled while waiting.
    public func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        try await retrying(request) { () async throws(HTTPError) in try await base.send(request) }
    }

    /// Tries until an answer is final or the tries are spent.
    ///
    /// - Parameter mayRepeat: Whether a failure can be tried again at all.
    private func retrying(
        _ request: HTTPRequest, mayRepeat: () -> Bool = { true },
        attempt: () async throws(HTTPError) -> HTTPResponse
    ) async throws(HTTPError) -> HTTPResponse {
        var state = RetryState(policy: policy, isRepeatable: request.isRepeatable)
        // Nobody asks for the time without a deadline.
        var elapsed: () -> Duration = { .zero }
        if policy.deadline != nil { elapsed = clock.stopwatch() }
        while true {
            let outcome: RetryState.Outcome
            let result: Result<HTTPResponse, HTTPError>
            do {
                let response = try await attempt()
                // The way that nearly all go.
                if !policy.statuses.contains(response.status) { return response }
                outcome = .status(
                    response.status, serverDelay: RetryAfter.delay(in: response.headers, now: secondsSince1970))
                result = .success(response)
            } catch {
                guard mayRepeat() else { throw error }
                outcome = .failure(error)
                result = .failure(error)
            }
            switch state.next(after: outcome, elapsed: elapsed(), random: random()) {
            case .finish: return try result.get()
            case .retry(let delay): try await wait(delay, before: request)
            }
        }
    }

    private func wait(_ delay: Duration, before request: HTTPRequest) async throws(HTTPError) {
        do {
            if delay > .zero { try await clock.sleep(for: delay) } else { try Task.checkCancellation() }
        } catch {
            throw HTTPError(
                code: .cancelled, message: "cancelled while waiting to send to \(Redaction.url(request.url)) again",
                underlying: error)
        }
    }
}

extension RetryingTransport: HTTPFileTransport where Base: HTTPFileTransport {
    /// Sends a part of a file, again from its start where another try may help.
    public func send(_ request: HTTPRequest, body slice: FileSlice) async throws(HTTPError) -> HTTPResponse {
        try await retrying(request) { () async throws(HTTPError) in try await base.send(request, body: slice) }
    }

    /// Sends a request and hands the body over as it comes; tried again as long as nothing of it was handed over.
    public func stream(
        _ request: HTTPRequest, receive: (_ head: HTTPResponse, _ bytes: UnsafeRawBufferPointer) throws -> Void
    ) async throws -> HTTPResponse {
        var hasBegun = false
        var foreign: (any Error)?
        do {
            return try await retrying(request, mayRepeat: { !hasBegun }) { () async throws(HTTPError) in
                do {
                    return try await base.stream(request) { head, bytes in
                        hasBegun = true
                        try receive(head, bytes)
                    }
                } catch let error as HTTPError {
                    throw error
                } catch {
                    foreign = error
                    throw HTTPError(code: .other, message: String(describing: error), underlying: error)
                }
            }
        } catch {
            throw foreign ?? error
        }
    }
}

extension Clock where Duration == Swift.Duration {
    /// What tells the time since now.
    fileprivate func stopwatch() -> () -> Swift.Duration {
        let start = now
        return { start.duration(to: now) }
    }
}
