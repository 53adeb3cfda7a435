/// Where one request stands between its tries; says what to do and does nothing.
///
/// Waits are drawn with full jitter ("Exponential Backoff And Jitter", AWS Architecture Blog, 2015): evenly between zero and
/// a bound that doubles.
struct RetryState {
    /// What came of a try.
    enum Outcome {
        /// An answer with a status that is no success, and the wait that its headers ask for.
        case status(Int, serverDelay: Duration?)
        /// No answer.
        case failure(HTTPError)
    }

    /// What to do now.
    enum Decision: Equatable {
        /// Hand the outcome on.
        case finish
        /// Send again after a wait.
        case retry(after: Duration)
    }

    private let policy: RetryPolicy
    private let isRepeatable: Bool
    private(set) var retries = 0
    private var hasMendedConnection = false

    init(policy: RetryPolicy, isRepeatable: Bool) {
        self.policy = policy
        self.isRepeatable = isRepeatable
    }

    /// Decides about an outcome.
    ///
    /// - Parameters:
    ///   - outcome: What came of the try.
    ///   - elapsed: The time since the first try began.
    ///   - random: A number in 0..<1.
    mutating func next(after outcome: Outcome, elapsed: Duration, random: Double) -> Decision {
        guard retries < policy.maximumRetries else { return .finish }
        let wait: Duration
        switch outcome {
        case .status(let status, let serverDelay):
            // The two with which a server says that it took nothing on.
            guard policy.statuses.contains(status), isRepeatable || status == 429 || status == 503 else {
                return .finish
            }
            if let serverDelay {
                guard serverDelay <= policy.maximumServerDelay else { return .finish }
                // A little later than asked, so that all who were told the same do not come back at once.
                wait = serverDelay + policy.baseDelay * random / 2
            } else {
                wait = policy.delayBound(beforeRetry: retries) * random
            }
        case .failure(let error):
            guard error.isRetryable, isRepeatable || error.isUnsent else { return .finish }
            let isStale = error.code == .connectionClosed || error.code == .connectionReset
            if isStale, !hasMendedConnection {
                // A kept connection that the server closed meanwhile: nothing is wrong, and a fresh one will do.
                hasMendedConnection = true
                wait = .zero
            } else {
                wait = policy.delayBound(beforeRetry: retries) * random
            }
        }
        if let deadline = policy.deadline, elapsed + wait >= deadline { return .finish }
        retries += 1
        return .retry(after: wait)
    }
}
