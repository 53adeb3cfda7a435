internal import DequeModule
internal import DistilabelModels

/// What stands between the requests of a run and one endpoint, without tasks and clocks: told what happens and when, it says who may go.
///
/// Times are durations since the gate was made.
struct GateState {
    /// What came of a try.
    enum Outcome {
        case answered(tokens: Int?, limits: RateLimits?)
        case failed(Recovery, limits: RateLimits?)
        /// It was cancelled, or failed in a way that says nothing of the endpoint.
        case gone
    }

    /// What a request is to do after a try.
    enum Verdict: Equatable {
        /// Hand on what came.
        case finish
        /// Try again when it is let through.
        case again
    }

    /// A request that wants to be let through.
    struct Entry {
        var ticket: Int
        var tokens: Int
        /// When it first came.
        var since: Duration
        /// How often it has failed.
        var failures = 0
        /// Not before this.
        var notBefore: Duration = .zero
    }

    private let settings: GateSettings
    private let endpoint: Endpoint
    private(set) var limit: ConcurrencyLimit
    private var pace: TokenBucket?
    private var tokenPace: TokenBucket?
    private var learned: LearnedRate
    private var waiting: Deque<Entry> = []
    /// Those that wait for their own time.
    private var delayed: [Entry] = []
    private(set) var underWay = 0

    /// Until when nobody goes.
    private var coolUntil: Duration?
    /// Whether one request is tried before the others go on.
    private var isProbing = false
    private var probeIsUnderWay = false
    private var refusalsInARow = 0
    private var lastRefusal: Duration = .zero
    /// Since when nothing but refusals came.
    private var refusedSince: Duration?
    private var unreachableSince: Duration?
    private var probes = 0
    private var failuresInARow = 0
    private var isDraining = false
    private(set) var error: GateError?
    /// How many requests were refused, of how many.
    private(set) var refusals = 0
    private(set) var tries = 0

    init(endpoint: Endpoint, settings: GateSettings = GateSettings(), now: Duration = .zero) {
        self.endpoint = endpoint
        self.settings = settings
        limit = ConcurrencyLimit(
            initial: settings.initialConcurrency, maximum: endpoint.concurrency,
            overloadFactor: settings.overloadFactor)
        pace = endpoint.requestsPerMinute.map { TokenBucket(rate: Double($0) / 60, burstSeconds: 0.05, now: now) }
        tokenPace = endpoint.tokensPerMinute.map {
            TokenBucket(rate: Double($0) / 60, burstSeconds: 10, leastBurst: 1, now: now)
        }
        learned = LearnedRate(now: now)
    }

    /// Lets more requests be under way.
    mutating func raiseMaximum(by count: Int) { limit.maximum += count }

    /// How many wait.
    var waitingCount: Int { waiting.count + delayed.count }

    // MARK: - Coming

    /// Takes a request in; it waits until ``admit(now:)`` names it.
    mutating func enter(_ entry: Entry) { waiting.append(entry) }

    /// Whether a request may go at once; it is under way then.
    mutating func goesAtOnce(tokens: Int, now: Duration) -> Bool {
        guard error == nil, !isDraining, waiting.isEmpty, delayed.isEmpty, isOpen(tokens: tokens, now: now) == .open
        else {
            return false
        }
        begin(tokens: tokens)
        return true
    }

    /// Forgets a request that waits no longer.
    ///
    /// - Returns: Whether it was waiting.
    mutating func withdraw(_ ticket: Int) -> Bool {
        if let index = waiting.firstIndex(where: { $0.ticket == ticket }) {
            waiting.remove(at: index)
            return true
        }
        if let index = delayed.firstIndex(where: { $0.ticket == ticket }) {
            delayed.remove(at: index)
            return true
        }
        return false
    }

    /// Lets nobody through any more; returns those that waited.
    mutating func drain() -> [Int] {
        isDraining = true
        return dismissAll()
    }

    /// Why a request that comes now is turned away at once.
    var dismissal: GateError? {
        error ?? (isDraining ? GateError(code: .draining, message: "the run is stopping") : nil)
    }

    private mutating func dismissAll() -> [Int] {
        defer {
            waiting = []
            delayed = []
        }
        return waiting.map(\.ticket) + delayed.map(\.ticket)
    }

    // MARK: - Going

    private enum Opening: Equatable {
        case open
        /// Not before somebody comes back.
        case closed
        /// Not before this time.
        case until(Duration)
    }

    private mutating func isOpen(tokens: Int, now: Duration) -> Opening {
        if let coolUntil, now < coolUntil { return .until(coolUntil) }
        if isProbing { return probeIsUnderWay ? .closed : .open }
        if underWay >= limit.count { return .closed }
        if let delay = pace?.delay(for: 1, now: now) { return .until(now + delay) }
        if let delay = tokenPace?.delay(for: Double(tokens), now: now) { return .until(now + delay) }
        return .open
    }

    private mutating func begin(tokens: Int) {
        underWay += 1
        tries += 1
        if isProbing { probeIsUnderWay = true }
        pace?.take(1)
        tokenPace?.take(Double(tokens))
    }

    /// Says who may go now, and when to ask again; nil where nothing but an event changes anything.
    mutating func admit(now: Duration) -> (tickets: [Int], wake: Duration?) {
        var wake: Duration?
        if !delayed.isEmpty {
            let due = delayed.filter { $0.notBefore <= now }
            delayed.removeAll { $0.notBefore <= now }
            waiting.prepend(contentsOf: due)
            wake = delayed.map(\.notBefore).min()
        }
        var tickets: [Int] = []
        while let first = waiting.first {
            switch isOpen(tokens: first.tokens, now: now) {
            case .open:
                begin(tokens: first.tokens)
                tickets.append(first.ticket)
                waiting.removeFirst()
            case .closed: return (tickets, wake)
            case .until(let time): return (tickets, min(time, wake ?? time))
            }
        }
        return (tickets, wake)
    }

    // MARK: - Coming back

    /// Takes the outcome of a try.
    ///
    /// - Parameters:
    ///   - entry: The request.
    ///   - began: When the try began.
    ///   - random: A number in 0..<1.
    /// - Returns: What it is to do; where it is to try again it waits already.
    mutating func leave(
        _ entry: Entry, _ outcome: Outcome, began: Duration, now: Duration, random: Double
    ) -> Verdict {
        let underWayThen = underWay
        underWay -= 1
        let wasProbe = isProbing && probeIsUnderWay
        if wasProbe { probeIsUnderWay = false }
        switch outcome {
        case .gone:
            tokenPace?.take(-Double(entry.tokens))
            return .finish
        case .answered(let tokens, let limits):
            isThere(now)
            failuresInARow = 0
            refusedSince = nil
            limit.answered(began: began, now: now, underWay: underWayThen)
            learned.answered(now: now)
            if let tokens { tokenPace?.take(Double(tokens - entry.tokens)) }
            heed(limits, now)
            // What began before the refusal says nothing of the time behind it.
            if wasProbe || began >= lastRefusal { goOn(now) }
            followLearnedRate(now)
            return .finish
        case .failed(.none, let limits):
            isThere(now)
            failuresInARow = 0
            heed(limits, now)
            if wasProbe { goOn(now) }
            return .finish
        case .failed(.later(let delay), let limits):
            isThere(now)
            refusals += 1
            heed(limits, now)
            limit.refused(began: began, now: now, underWay: underWayThen)
            return refused(entry, delay: delay, began: began, now: now, random: random)
        case .failed(.again, let limits):
            isThere(now)
            heed(limits, now)
            if wasProbe { goOn(now) }
            return failed(entry, now: now, random: random)
        case .failed(.whenReachable, _): return unreachable(entry, now: now, random: random)
        }
    }

    private mutating func refused(
        _ entry: Entry, delay: Duration?, began: Duration, now: Duration, random: Double
    ) -> Verdict {
        tokenPace?.take(-Double(entry.tokens))
        // Requests that were under way together are refused together: that is one refusal.
        if began >= lastRefusal || !isProbing {
            refusalsInARow += 1
            lastRefusal = now
            let bound = min(settings.baseDelay * (1 << min(refusalsInARow, 10)), settings.maximumDelay)
            // Full jitter, but for the first half, so that a probe is not wasted at once.
            let wait = delay ?? bound * (0.5 + random / 2)
            coolUntil = max(coolUntil ?? .zero, now + wait)
        } else if let delay {
            coolUntil = max(coolUntil ?? .zero, now + delay)
        }
        isProbing = true
        let since = refusedSince ?? now
        refusedSince = since
        // A wait that was asked for is no sign of an end.
        if now - since >= max(settings.refusalPatience, (delay ?? .zero) * 3), error == nil {
            error = GateError(
                code: .failing,
                message:
                    "\(endpoint.name) has turned every request away for \((now - since).components.seconds) s; run again when it has room"
            )
            return .finish
        }
        return goesBack(entry, now)
    }

    private mutating func failed(_ entry: Entry, now: Duration, random: Double) -> Verdict {
        var entry = entry
        entry.failures += 1
        let bound = min(settings.baseDelay * (1 << min(entry.failures - 1, 20)), settings.maximumDelay)
        let time = now + bound * random
        guard entry.failures <= endpoint.maximumRetries, time - entry.since < settings.deadline, dismissal == nil else {
            failuresInARow += 1
            if failuresInARow >= settings.failuresInARow, error == nil {
                error = GateError(
                    code: .failing,
                    message:
                        "\(endpoint.name) failed on \(failuresInARow) requests in a row, each tried \(endpoint.maximumRetries + 1) times"
                )
            }
            return .finish
        }
        entry.notBefore = time
        delayed.append(entry)
        return .again
    }

    private mutating func unreachable(_ entry: Entry, now: Duration, random: Double) -> Verdict {
        let since = unreachableSince ?? now
        unreachableSince = since
        if now - since >= settings.giveUpAfter, error == nil {
            error = GateError(
                code: .unreachable,
                message:
                    "\(endpoint.name) has not been reachable for \(settings.giveUpAfter.components.seconds) s; see that it runs"
            )
        }
        if error != nil { return .finish }
        if !isProbing || coolUntil.map({ $0 <= now }) ?? true {
            let bound = min(settings.probeDelay * (1 << min(probes, 10)), settings.maximumProbeDelay)
            coolUntil = now + bound * (0.5 + random / 2)
            probes += 1
        }
        isProbing = true
        return goesBack(entry, now)
    }

    private mutating func goesBack(_ entry: Entry, _ now: Duration) -> Verdict {
        guard dismissal == nil, now - entry.since < settings.deadline else { return .finish }
        waiting.prepend(entry)
        return .again
    }

    /// Somebody answered, whatever.
    private mutating func isThere(_ now: Duration) {
        unreachableSince = nil
        probes = 0
    }

    /// The others follow the one that was let through.
    private mutating func goOn(_ now: Duration) {
        guard isProbing else { return }
        isProbing = false
        coolUntil = nil
        if refusalsInARow > 0 { learned.resumed(now: now) }
        refusalsInARow = 0
        followLearnedRate(now)
    }

    private mutating func followLearnedRate(_ now: Duration) {
        guard endpoint.requestsPerMinute == nil, let rate = learned.rate else { return }
        if pace == nil { pace = TokenBucket(rate: rate, burstSeconds: 0.05, now: now) }
        if pace?.rate != rate { pace?.rate = rate }
    }

    /// Keeps to what the provider says of its limits.
    private mutating func heed(_ limits: RateLimits?, _ now: Duration) {
        guard let limits else { return }
        if let perMinute = limits.requests?.limit, perMinute > 0, endpoint.requestsPerMinute == nil,
            learned.rate == nil, pace == nil
        {
            pace = TokenBucket(rate: Double(perMinute) / 60, burstSeconds: 1, now: now)
        }
        if let perMinute = limits.tokens?.limit, perMinute > 0, endpoint.tokensPerMinute == nil, tokenPace == nil {
            tokenPace = TokenBucket(rate: Double(perMinute) / 60, burstSeconds: 10, now: now)
        }
        for bucket in [limits.requests, limits.tokens].compactMap({ $0 }) {
            guard let remaining = bucket.remaining, let reset = bucket.reset, remaining <= 0 else { continue }
            coolUntil = max(coolUntil ?? .zero, now + min(reset, settings.maximumDelay))
        }
    }

    /// Those that wait for nothing any more, because the endpoint was given up.
    mutating func dismissed() -> [Int] { error == nil ? [] : dismissAll() }
}
