import Testing

@testable import DistilabelHTTP

struct RetryStateTests {
    private let stale = RetryState.Outcome.failure(HTTPError(code: .connectionClosed, message: ""))

    @Test func mendsAStaleConnectionOnceWithoutAWait() {
        var state = RetryState(policy: RetryPolicy(), isRepeatable: true)
        #expect(state.next(after: stale, elapsed: .zero, random: 0.5) == .retry(after: .zero))
        #expect(state.next(after: stale, elapsed: .zero, random: 0.5) == .retry(after: .milliseconds(500)))
    }

    @Test func spreadsWaitsOverTheWholeRange() {
        for random in [0, 0.25, 0.999] {
            var state = RetryState(policy: RetryPolicy(), isRepeatable: true)
            let decision = state.next(after: .status(500, serverDelay: nil), elapsed: .zero, random: random)
            #expect(decision == .retry(after: .milliseconds(500) * random))
        }
    }

    @Test(arguments: HTTPError.Code.allCases)
    func givesUpOnFailuresThatStay(_ code: HTTPError.Code) {
        let error = HTTPError(code: code, message: "")
        var state = RetryState(policy: RetryPolicy(), isRepeatable: true)
        let isFinal = state.next(after: .failure(error), elapsed: .zero, random: 0) == .finish
        let final: Set<HTTPError.Code> = [
            .invalidURL, .invalidRequest, .tlsFailure, .responseTooLarge, .cancelled, .shutDown, .status, .other,
        ]
        #expect(isFinal == final.contains(code))
    }

    @Test func neverTriesMoreOftenThanAllowed() {
        var state = RetryState(policy: .none, isRepeatable: true)
        #expect(state.next(after: stale, elapsed: .zero, random: 0) == .finish)
        #expect(RetryPolicy(maximumRetries: -1) == .none)
    }

    @Test func boundsTheDelayHoweverManyRetries() {
        let policy = RetryPolicy()
        #expect(policy.delayBound(beforeRetry: 1_000_000) == .seconds(30))
        #expect(policy.delayBound(beforeRetry: -1) == .milliseconds(500))
    }
}
