internal import DistilabelModels

/// What stands between the requests of a run and one endpoint, without tasks and clocks: told what happens and when, it
/// says who may go.
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
        /// Fail as the run is stopping; another try would have followed.
        case dismiss
    }

    private let settings: GateSettings
    private let endpoint: Endpoint
    private(set) var limit: ConcurrencyLimit
    private(set) var pace: Pace
    private(set) var hold: Hold
    private var queue = GateQueue()
    private(set) var underWay = 0
    /// Whether it was the limit, not the pace, that last held somebody back.
    private var isLimited = true

    /// Since when nothing but refusals came.
    private var refusedSince: Duration?
    private var failuresInARow = 0
    private var answers = 0
    private var isDraining = false
    private(set) var error: GateError?
    /// How many requests were refused, were tried again after a fault, and were sent.
    private(set) var refusals = 0
    private(set) var retries = 0
    private(set) var tries = 0

    init(endpoint: Endpoint, settings: GateSettings = GateSettings(), now: Duration = .zero) {
        self.endpoint = endpoint
        self.settings = settings
        limit = ConcurrencyLimit(
            initial: settings.initialConcurrency, maximum: endpoint.concurrency,
            overloadFactor: settings.overloadFactor)
        pace = Pace(endpoint, now: now)
        hold = Hold(settings: settings)
    }

    /// Lets more requests be under way.
    mutating func raiseMaximum(by count: Int) { limit.raiseMaximum(by: count) }

    /// How many wait.
    var waitingCount: Int { queue.count }

    /// How it stands.
    func status(now: Duration) -> GateStatus {
        GateStatus(
            limit: limit.count, underWay: underWay, waiting: waitingCount, tries: tries, refusals: refusals,
            retries: retries, requestsPerMinute: pace.rate.map { $0 * 60 },
            tokensPerMinute: pace.tokenRate.map { $0 * 60 },
            pausedFor: hold.isOn ? max(hold.end - now, .zero) : nil)
    }

    // MARK: - Coming

    /// Takes a request in; it waits until ``admit(now:)`` names it.
    mutating func enter(_ entry: GateEntry) { queue.append(entry) }

    /// Whether a request may go at once; it is under way then.
    mutating func goesAtOnce(_ entry: GateEntry, now: Duration) -> Bool {
        guard dismissal == nil, queue.isEmpty else { return false }
        if hold.isOver(now: now) { goOn(now) }
        guard opening(tokens: entry.tokens, now: now) == .open else { return false }
        begin(entry, now)
        return true
    }

    /// Forgets a request that waits no longer.
    ///
    /// - Returns: Whether it was waiting.
    mutating func withdraw(_ ticket: Int) -> Bool { queue.remove(ticket) }

    /// Lets nobody through any more; returns those that waited.
    mutating func drain() -> [Int] {
        isDraining = true
        return queue.removeAll()
    }

    /// Why a request that comes now is turned away at once.
    var dismissal: GateError? { error ?? (isDraining ? .draining : nil) }

    /// Those that wait for nothing any more, because the endpoint was given up.
    mutating func dismissed() -> [Int] { error == nil ? [] : queue.removeAll() }

    // MARK: - Going

    private mutating func opening(tokens: Int, now: Duration) -> Hold.Opening {
        let opening = hold.opening(now: now)
        if hold.isOn || opening != .open { return opening }
        if underWay >= limit.count {
            isLimited = true
            return .closed
        }
        guard let delay = pace.delay(tokens: tokens, now: now) else { return .open }
        isLimited = false
        return .until(now + delay)
    }

    private mutating func begin(_ entry: GateEntry, _ now: Duration) {
        pace.sent(tokens: entry.tokens, isFirst: underWay == 0, now: now)
        hold.begins(entry.ticket, now: now)
        underWay += 1
        tries += 1
    }

    /// Says who may go now, and when to ask again; nil where nothing but an event changes anything.
    mutating func admit(now: Duration) -> (tickets: [Int], wake: Duration?) {
        queue.advance(to: now)
        if hold.isOver(now: now) { goOn(now) }
        var tickets: [Int] = []
        while let first = queue.first {
            switch opening(tokens: first.tokens, now: now) {
            case .open:
                begin(first, now)
                tickets.append(first.ticket)
                queue.removeFirst()
            case .closed: return (tickets, queue.nextTime)
            case .until(let time): return (tickets, min(time, queue.nextTime ?? time))
            }
        }
        return (tickets, queue.nextTime)
    }

    // MARK: - Coming back

    /// Takes the outcome of a try.
    ///
    /// - Parameters:
    ///   - entry: The request; what it remembers is brought up to date.
    ///   - began: When the try began.
    ///   - random: A number in 0..<1.
    /// - Returns: What it is to do; where it is to try again it waits already.
    mutating func leave(
        _ entry: inout GateEntry, _ outcome: Outcome, began: Duration, now: Duration, random: Double
    ) -> Verdict {
        let underWayThen = underWay
        underWay -= 1
        switch outcome {
        case .gone:
            hold.vanished(entry.ticket)
            pace.correct(tokens: -entry.tokens)
            return .finish
        case .answered(let tokens, let limits):
            hold.isThere()
            answers += 1
            refusedSince = nil
            failuresInARow = 0
            limit.answered(began: began, now: now, underWay: underWayThen)
            if let tokens { pace.correct(tokens: tokens - entry.tokens) }
            if hold.isProbe(entry.ticket) { goOn(now) }
            // What remains was counted when the request came, which may be minutes ago.
            heed(limits, of: began, now)
            return .finish
        case .failed(.none, let limits):
            hold.isThere()
            failuresInARow = 0
            if hold.isProbe(entry.ticket) { goOn(now) }
            heed(limits, of: now, now)
            return .finish
        case .failed(.again, let limits):
            hold.isThere()
            limit.failed(began: began, now: now)
            if hold.isProbe(entry.ticket) { goOn(now) }
            heed(limits, of: now, now)
            return failed(&entry, took: now - began, now: now, random: random)
        case .failed(.later(let delay), let limits):
            hold.isThere()
            refusals += 1
            pace.refused(tokens: entry.tokens, now: now)
            if isLimited { limit.refused(began: began, now: now, underWay: underWayThen, isPaced: pace.isKnown) }
            heed(limits, of: now, now)
            return refused(&entry, delay: delay, began: began, now: now, random: random)
        case .failed(.whenReachable, _):
            pace.correct(tokens: -entry.tokens)
            return unreachable(&entry, now: now, random: random)
        }
    }

    private mutating func refused(
        _ entry: inout GateEntry, delay: Duration?, began: Duration, now: Duration, random: Double
    ) -> Verdict {
        let wasProbe = hold.isProbe(entry.ticket)
        hold.refuse(entry.ticket, delay: delay, began: began, now: now, random: random)
        if hold.isOn { pace.isHeld(now: now) }
        let since = refusedSince ?? now
        refusedSince = since
        if dismissal != nil { return .dismiss }
        // A wait that was asked for is no sign of an end.
        if now - since >= max(settings.refusalPatience, (delay ?? .zero) * 3) {
            error = GateError(
                code: .failing,
                message:
                    "\(endpoint.name) has turned every request away for \((now - since).components.seconds) s; "
                    + "run again when it has room"
            )
            return .finish
        }
        guard wasProbe else {
            queue.prepend(entry)
            return .again
        }
        // One that is refused though it goes alone, again and again, while others are let in, is too large to ever be.
        // Nobody else is there to be let in, and the user wants no tries again.
        let isLast = queue.isEmpty && underWay == 0 && endpoint.maximumRetries == 0
        if let then = entry.answersThen, answers > then || isLast { entry.lonelyRefusals += 1 }
        entry.answersThen = answers
        if entry.lonelyRefusals >= settings.lonelyRefusals { return .finish }
        // Another one is tried next, so that it does not stand in everybody's way.
        queue.append(entry)
        return .again
    }

    private mutating func failed(_ entry: inout GateEntry, took: Duration, now: Duration, random: Double) -> Verdict {
        entry.failures += 1
        let bound = min(settings.baseDelay * (1 << min(entry.failures - 1, 20)), settings.maximumDelay)
        let wait = bound * random
        entry.spent += took + wait
        guard entry.failures <= endpoint.maximumRetries, entry.spent < settings.deadline else {
            failuresInARow += 1
            if failuresInARow >= settings.failuresInARow, error == nil {
                error = GateError(
                    code: .failing,
                    message:
                        "\(endpoint.name) failed on \(failuresInARow) requests in a row, "
                        + "each tried \(endpoint.maximumRetries + 1) times"
                )
            }
            return .finish
        }
        if dismissal != nil { return .dismiss }
        retries += 1
        entry.notBefore = now + wait
        queue.delay(entry)
        return .again
    }

    private mutating func unreachable(_ entry: inout GateEntry, now: Duration, random: Double) -> Verdict {
        let isTooLong = hold.cannotReach(entry.ticket, now: now, random: random)
        if dismissal != nil { return .dismiss }
        if isTooLong {
            error = GateError(
                code: .unreachable,
                message:
                    "\(endpoint.name) has not been reachable for \(settings.giveUpAfter.components.seconds) s; "
                    + "see that it runs"
            )
            return .finish
        }
        queue.prepend(entry)
        return .again
    }

    /// The others follow the one that was let in.
    private mutating func goOn(_ now: Duration) {
        if hold.isForReachability { limit.restart(now: now) }
        pace.resumed(afterRefusal: hold.isForRefusal, now: now)
        hold.finish(now: now)
    }

    /// Keeps to what the provider says of its limits.
    private mutating func heed(_ limits: RateLimits?, of time: Duration, _ now: Duration) {
        guard let limits else { return }
        pace.heed(limits, now: now)
        for bucket in [limits.requests, limits.tokens].compactMap(\.self) {
            guard let remaining = bucket.remaining, let reset = bucket.reset, remaining <= 0 else { continue }
            hold.wait(for: reset - (now - time), now: now)
        }
    }
}
