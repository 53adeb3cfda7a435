/// What another try of a request may bring, as far as a model can tell; the engine's gate decides.
public enum Recovery: Sendable, Hashable {
    /// The same again.
    case none
    /// An answer: the fault may be gone (a 5xx, no answer in time, a broken connection, an answer cut off).
    case again
    /// An answer, once there is room: the provider wants fewer requests (429), and says how long to wait or does not.
    ///
    /// It took nothing on, so that this is no failed attempt.
    case later(Duration?)
    /// An answer, once somebody is there: no connection came about.
    ///
    /// It says nothing of the request, only of the endpoint.
    case whenReachable
}

/// What a provider says of its limits in the headers of an answer; nil is what it does not say.
public struct RateLimits: Sendable, Hashable {
    /// One of the things that are limited.
    public struct Bucket: Sendable, Hashable {
        /// How many there may be in `period`.
        public var limit: Int?
        /// How many more there may be now.
        public var remaining: Int?
        /// When `remaining` is back at `limit`.
        public var reset: Duration?

        /// Makes a bucket.
        public init(limit: Int? = nil, remaining: Int? = nil, reset: Duration? = nil) {
            self.limit = limit
            self.remaining = remaining
            self.reset = reset
        }
    }

    /// Requests a minute.
    public var requests: Bucket?
    /// Tokens a minute, of prompts and answers together.
    public var tokens: Bucket?

    /// Makes a statement.
    public init(requests: Bucket? = nil, tokens: Bucket? = nil) {
        self.requests = requests
        self.tokens = tokens
    }
}
