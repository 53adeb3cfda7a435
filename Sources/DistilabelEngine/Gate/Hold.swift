/// A wait of all requests of an endpoint, and the one request that is tried at its end.
///
/// It begins when the endpoint refuses requests, cannot be reached, or says that nothing is left. When its time is over
/// one request goes first.
struct Hold {
    /// Whether requests may go.
    enum Opening: Equatable {
        case open
        /// Not before somebody comes back.
        case closed
        /// Not before this time.
        case until(Duration)
    }

    private enum Reason { case refused, unreachable, told }

    private let settings: GateSettings
    private var reason: Reason?
    /// Until when nobody goes.
    private(set) var end: Duration = .zero
    private var probe: (ticket: Int, began: Duration)?
    private var resumed: Duration = .zero
    private var refusalsInARow = 0
    /// How long refusals take to come.
    private var refusalLatency = Duration.milliseconds(100)
    private var unreachableSince: Duration?
    private var looks = 0

    init(settings: GateSettings) { self.settings = settings }

    /// Whether requests wait.
    var isOn: Bool { reason != nil }
    /// Whether it began with a refusal.
    var isForRefusal: Bool { reason == .refused }

    /// Whether that request is the one that went first.
    func isProbe(_ ticket: Int) -> Bool { probe?.ticket == ticket }

    /// How long a probe that was not refused counts as let in: refusals come at once, answers may take minutes.
    private var patience: Duration { min(max(refusalLatency * 4, .milliseconds(200)), .seconds(2)) }

    /// Whether somebody may go.
    func opening(now: Duration) -> Opening {
        if reason == nil { return .open }
        if now < end { return .until(end) }
        guard let probe else { return .open }
        return reason == .unreachable ? .closed : .until(probe.began + patience)
    }

    /// Whether the one that went first was let in, since it was not refused for a while.
    func isOver(now: Duration) -> Bool {
        guard let probe, reason != .unreachable, reason != nil else { return false }
        return now >= end && now >= probe.began + patience
    }

    /// Notes that a request goes.
    mutating func begins(_ ticket: Int, now: Duration) {
        if reason != nil { probe = (ticket, now) }
    }

    /// Notes that a request came back without an answer of any kind.
    mutating func vanished(_ ticket: Int) {
        if isProbe(ticket) { probe = nil }
    }

    /// Notes that somebody answered, whatever.
    mutating func isThere() {
        unreachableSince = nil
        looks = 0
    }

    /// Lets all go on.
    mutating func finish(now: Duration) {
        reason = nil
        probe = nil
        refusalsInARow = 0
        resumed = now
        end = .zero
    }

    /// Takes a refusal.
    ///
    /// Requests that were under way together are refused together: that is one refusal.
    mutating func refuse(_ ticket: Int, delay: Duration?, began: Duration, now: Duration, random: Double) {
        refusalLatency = refusalLatency * 0.7 + (now - began) * 0.3
        let delay = delay.map { max($0, .zero) }
        let isNews = isProbe(ticket) || (reason == nil && began >= resumed)
        if isProbe(ticket) { probe = nil }
        guard isNews else {
            // It was right to wait: nothing was left indeed.
            if reason == .told { reason = .refused }
            if let delay, delay > .zero {
                end = max(end, now + delay)
                reason = reason ?? .refused
            }
            return
        }
        refusalsInARow += 1
        let bound = min(settings.baseDelay * (1 << min(refusalsInARow, 10)), settings.maximumDelay)
        // Full jitter but for the first half, so that a probe is not wasted at once.
        let jittered = bound * (0.5 + random / 2)
        // Who was refused after the wait that was asked for waits longer.
        let wait = refusalsInARow == 1 ? delay ?? jittered : max(delay ?? .zero, jittered)
        end = max(end, now + wait)
        reason = .refused
    }

    /// Takes the news that no connection came about.
    ///
    /// - Returns: Whether that has been so for too long.
    mutating func cannotReach(_ ticket: Int, now: Duration, random: Double) -> Bool {
        let since = unreachableSince ?? now
        unreachableSince = since
        let isNews = isProbe(ticket) || reason == nil
        if isProbe(ticket) { probe = nil }
        if isNews {
            let bound = min(settings.probeDelay * (1 << min(looks, 10)), settings.maximumProbeDelay)
            end = max(end, now + bound * (0.5 + random / 2))
            looks += 1
            reason = .unreachable
        }
        return now - since >= settings.giveUpAfter
    }

    /// Takes the endpoint's word that nothing is left until then.
    ///
    /// The time tells when all of it is back, some may be earlier; hence no longer than the longest wait, and one goes
    /// first.
    mutating func wait(for reset: Duration, now: Duration) {
        guard reset > .zero else { return }
        end = max(end, now + min(reset, settings.maximumDelay))
        reason = reason ?? .told
        if reason == .told { probe = nil }
    }

    /// Whether it waits for a server that was not there.
    var isForReachability: Bool { reason == .unreachable }
}
