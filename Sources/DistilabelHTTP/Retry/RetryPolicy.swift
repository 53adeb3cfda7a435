/// When a request is sent again, and after how long.
public struct RetryPolicy: Sendable, Hashable {
    /// How often a request is sent again after the first try.
    public var maximumRetries: Int
    /// The statuses that another try may mend.
    public var statuses: Set<Int>
    /// The upper bound of the first wait; it doubles with every try, and the wait is drawn evenly from zero to the bound.
    public var baseDelay: Duration
    /// The upper bound of all waits that are drawn.
    public var maximumDelay: Duration
    /// The longest wait that a server may ask for; where it asks for more, its answer is handed on at once.
    public var maximumServerDelay: Duration
    /// How long all tries and waits together may take; nil is no limit.
    ///
    /// No wait begins that would end after it.
    public var deadline: Duration?

    /// The default of `statuses`: slow, early, too many, and the server's own failures.
    public static let defaultStatuses: Set<Int> = [408, 425, 429, 500, 502, 503, 504]
    /// No retries.
    public static let none = RetryPolicy(maximumRetries: 0)

    /// Makes a policy.
    public init(
        maximumRetries: Int = 6, statuses: Set<Int> = RetryPolicy.defaultStatuses,
        baseDelay: Duration = .milliseconds(500), maximumDelay: Duration = .seconds(30),
        maximumServerDelay: Duration = .seconds(120), deadline: Duration? = nil
    ) {
        self.maximumRetries = max(0, maximumRetries)
        self.statuses = statuses
        self.baseDelay = baseDelay
        self.maximumDelay = maximumDelay
        self.maximumServerDelay = maximumServerDelay
        self.deadline = deadline
    }

    /// The upper bound of the wait before a retry.
    ///
    /// - Parameter retry: Which retry, from 0.
    public func delayBound(beforeRetry retry: Int) -> Duration {
        var bound = baseDelay
        for _ in 0..<max(0, retry) where bound < maximumDelay { bound *= 2 }
        return min(bound, maximumDelay)
    }
}
