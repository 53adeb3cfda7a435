/// The rate of requests that an endpoint allows, learnt from when it refuses.
///
/// A cycle lasts from one resumption to the next: what was let in during it, over its time, is what the endpoint
/// allows. Requests are counted when they are sent, not when they are answered: answers may take long, refusals do not.
/// Requests are paced at that rate; while nothing is refused the pace grows, in steps that double.
struct LearnedRate {
    /// Requests a second; nil before anything was refused.
    private(set) var rate: Double?
    private var cycleStart: Duration
    /// Requests sent in the cycle and not refused.
    private var letIn = 0
    private var lastMinute: LastMinute
    /// Since when requests wait because of a refusal.
    private var heldSince: Duration?
    private var lastSent: Duration
    private var grown: Duration
    private var step = Self.firstStep
    /// The pace that was last refused: back to near it fast, slowly past it, and fast again where it turns out not to
    /// be the limit.
    private var ceiling: Double?
    /// Cycles of a few seconds, one after the other.
    private var shortCycles = 0
    /// Whether anybody had to wait for the pace since it last changed.
    private var isBinding = false

    private static let firstStep = 0.01
    private static let stepNearCeiling = 0.004
    private static let longestStep = 0.08
    /// What is near the ceiling, as shares of it.
    private static let near = 0.97...1.02
    private static let leastLetIn = 20
    /// One in two minutes.
    private static let leastRate = 1.0 / 120
    /// How long nothing must be refused before the pace grows.
    private static let quietTime = Duration.seconds(15)
    /// A pause in what is asked, behind which a new measurement begins.
    private static let idleTime = Duration.seconds(5)
    private static let shortCycle = 5.0
    /// A cycle that holds most of a minute shows the limit itself, however the endpoint counts.
    private static let longCycle = 45.0

    init(now: Duration) {
        cycleStart = now
        lastSent = now
        grown = now
        lastMinute = LastMinute(now: now)
    }

    /// Notes that somebody has to wait for the pace.
    mutating func binds() { isBinding = true }

    /// Notes that a request is sent, and whether none was under way before.
    mutating func sent(isFirst: Bool, now: Duration) {
        if isFirst, rate == nil, heldSince == nil, now - lastSent > Self.idleTime {
            cycleStart = now
            letIn = 0
        }
        lastSent = now
        letIn += 1
        lastMinute.add(1, now: now)
        guard let rate, heldSince == nil, now - grown >= Self.quietTime else { return }
        grown = now
        // A pace that holds nobody back was not tried.
        guard isBinding else { return }
        isBinding = false
        grow(rate)
    }

    private mutating func grow(_ rate: Double) {
        guard let ceiling, rate < ceiling * Self.near.upperBound else {
            self.rate = rate * (1 + step)
            step = min(step * 2, Self.longestStep)
            return
        }
        if rate < ceiling * Self.near.lowerBound {
            self.rate = min(rate * (1 + step), ceiling * Self.near.lowerBound)
            step = min(step * 2, Self.longestStep)
        } else {
            self.rate = rate * (1 + Self.stepNearCeiling)
            step = Self.firstStep
        }
    }

    /// Notes that a request that was sent was not let in.
    mutating func refused(now: Duration) {
        letIn -= 1
        lastMinute.add(-1, now: now)
    }

    /// Notes that requests wait because of a refusal.
    mutating func isHeld(now: Duration) {
        if heldSince == nil { heldSince = now }
    }

    /// Notes that requests go on after a wait, which teaches something where a refusal began it.
    mutating func resumed(afterRefusal: Bool, now: Duration) {
        guard afterRefusal else {
            heldSince = nil
            return
        }
        // A few requests tell nothing of a rate; the cycle goes on.
        if rate == nil, letIn < Self.leastLetIn {
            heldSince = nil
            return
        }
        let seconds = max((now - cycleStart) / .seconds(1), 0.001)
        let held = heldSince.map { (now - $0) / .seconds(1) } ?? 0
        if letIn > 0 {
            var measured = Double(letIn) / seconds
            // The pace grew during a long cycle: its end tells more than the whole, unless all of it was spent waiting.
            if seconds >= 60 { measured = max(measured, Double(lastMinute.sum(now: now)) / 60) }
            learn(measured: measured, seconds: seconds, heldShare: held / seconds)
        }
        cycleStart = now
        heldSince = nil
        letIn = 0
        grown = now
        isBinding = false
        step = Self.firstStep
    }

    private mutating func learn(measured: Double, seconds: Double, heldShare: Double) {
        guard let rate else {
            self.rate = max(measured, Self.leastRate)
            return
        }
        let isLong = seconds >= Self.longCycle
        ceiling = isLong ? min(rate, measured) : rate
        shortCycles = seconds < Self.shortCycle ? shortCycles + 1 : 0
        let lower: Double
        if isLong {
            lower = min(rate, measured) * 0.99
        } else if shortCycles == 0, heldShare > 0.2 {
            // The longer it had to wait, the further the pace was above the limit.
            lower = rate * max(0.75, 1 - heldShare / 2)
        } else {
            // Over a long cycle the pace grew to the limit and a little beyond it; short ones, one after the other, say
            // that it is far above.
            lower = rate * [0.98, 0.96, 0.92, 0.8, 0.6][min(shortCycles, 4)]
        }
        self.rate = max(lower, Self.leastRate)
    }
}

/// How many there were in the last 60 seconds, by the second.
private struct LastMinute {
    private var counts = [Int](repeating: 0, count: 60)
    private var second: Int

    init(now: Duration) { second = Int(now.components.seconds) }

    mutating func add(_ count: Int, now: Duration) {
        advance(now)
        counts[second % 60] += count
    }

    mutating func sum(now: Duration) -> Int {
        advance(now)
        return counts.reduce(0, +)
    }

    private mutating func advance(_ now: Duration) {
        let current = Int(now.components.seconds)
        guard current > second else { return }
        for passed in max(second + 1, current - 59)...current { counts[passed % 60] = 0 }
        second = current
    }
}
