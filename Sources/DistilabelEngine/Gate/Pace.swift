internal import DistilabelModels

/// How fast requests follow one another: as the user allows, as the provider says, or as its refusals teach; the
/// slowest of them.
struct Pace {
    private var requests: TokenBucket?
    private var tokens: TokenBucket?
    private var learned: LearnedRate
    /// What the user allows, and what the provider says, a second.
    private let userLimits: Limits
    private var saidLimits = Limits()

    private struct Limits: Equatable {
        var requests: Double?
        var tokens: Double?

        init(requests: Int? = nil, tokens: Int? = nil) {
            self.requests = requests.map { Double(max($0, 0)) / 60 }
            self.tokens = tokens.map { Double(max($0, 0)) / 60 }
        }
    }

    /// What may be taken at once after a pause, in seconds of the rate: little, since some endpoints count by the
    /// second.
    private static let requestBurst = 0.05
    private static let tokenBurst = 10.0

    init(_ endpoint: Endpoint, now: Duration) {
        learned = LearnedRate(now: now)
        userLimits = Limits(requests: endpoint.requestsPerMinute, tokens: endpoint.tokensPerMinute)
        follow(now: now)
    }

    /// Requests a second; nil where nothing limits them.
    var rate: Double? { requests?.rate }
    /// Tokens a second; nil where nothing limits them.
    var tokenRate: Double? { tokens?.rate }
    /// Whether the rate of requests is limited.
    var isKnown: Bool { requests != nil }

    /// Keeps to what the provider says, too.
    mutating func heed(_ limits: RateLimits, now: Duration) {
        var said = saidLimits
        if let count = limits.requests?.limit, count > 0 { said.requests = Double(count) / 60 }
        if let count = limits.tokens?.limit, count > 0 { said.tokens = Double(count) / 60 }
        guard said != saidLimits else { return }
        saidLimits = said
        follow(now: now)
    }

    /// When a request may go; nil for now.
    mutating func delay(tokens count: Int, now: Duration) -> Duration? {
        if let delay = requests?.delay(for: 1, now: now) {
            learned.binds()
            return delay
        }
        return tokens?.delay(for: Double(count), now: now)
    }

    /// Notes that a request goes, and whether none was under way before.
    mutating func sent(tokens count: Int, isFirst: Bool, now: Duration) {
        requests?.take(1)
        tokens?.take(Double(count))
        learned.sent(isFirst: isFirst, now: now)
        follow(now: now)
    }

    /// Notes that a request that went was not let in.
    mutating func refused(tokens count: Int, now: Duration) {
        tokens?.take(-Double(count))
        learned.refused(now: now)
    }

    /// Notes that all wait because of a refusal.
    mutating func isHeld(now: Duration) { learned.isHeld(now: now) }

    /// Notes that a request that went took other tokens than was thought.
    mutating func correct(tokens difference: Int) { tokens?.take(Double(difference)) }

    /// Notes that requests go on.
    mutating func resumed(afterRefusal: Bool, now: Duration) {
        learned.resumed(afterRefusal: afterRefusal, now: now)
        follow(now: now)
        requests?.spill(now: now)
    }

    private mutating func follow(now: Duration) {
        if let rate = [userLimits.requests, saidLimits.requests, learned.rate].compactMap(\.self).min() {
            if requests == nil { requests = TokenBucket(rate: rate, burstSeconds: Self.requestBurst, now: now) }
            if requests?.rate != rate { requests?.rate = rate }
        }
        if let rate = [userLimits.tokens, saidLimits.tokens].compactMap(\.self).min() {
            if tokens == nil { tokens = TokenBucket(rate: rate, burstSeconds: Self.tokenBurst, now: now) }
            if tokens?.rate != rate { tokens?.rate = rate }
        }
    }
}
