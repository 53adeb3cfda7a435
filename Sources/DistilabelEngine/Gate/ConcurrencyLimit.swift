/// How many requests may be under way at an endpoint: as many as it serves without growing slower, found out as TCP
/// does.
///
/// Doubles each round trip at first, then grows by a little; is cut, once a round trip at most, when the endpoint
/// refuses requests or fails on most of them. Where the median latency is far above the lowest one and no more answers
/// come for it, half as many are tried: if that costs answers the requests had only become longer, and the limit is put
/// back.
struct ConcurrencyLimit {
    /// The limit of now.
    private(set) var value: Double
    /// The most that can be made use of.
    private(set) var maximum: Int
    private let initial: Int
    private let overloadFactor: Double
    /// Up to here it doubles each round trip.
    private var threshold = Double.infinity
    /// Requests that began before do not speak of the limit of now.
    private var changed: Duration = .zero
    /// Whether more are under way than the limit has been since its last cut.
    private var isSettling = false
    private var window = Window(start: .zero)
    private var baseline: Double?
    private var bestThroughput = 0.0
    private var faded: Duration = .zero
    private var trial: Trial?

    private struct Window {
        var start: Duration
        var latencies: [Double] = []
        var answers = 0
        var failures = 0
        /// How many latencies are enough for a judgement.
        var needed = 0
    }

    /// What was before the limit was halved to see what comes of it.
    private struct Trial {
        var limit: Double
        var threshold: Double
        var throughput: Double
        var median: Double
    }

    /// Below this share of the answers a smaller limit was the worse one: half as many were 0.5 where nothing was
    /// overloaded, 1 where all was.
    private static let worse = 0.75
    /// How much is left after a refusal once the limit has been found.
    private static let smallCut = 0.9
    /// Faults leave so many.
    private static let leastAfterFailures = 8.0

    init(initial: Int, maximum: Int, overloadFactor: Double) {
        self.initial = max(1, initial)
        value = Double(max(1, min(initial, maximum)))
        self.maximum = max(1, maximum)
        self.overloadFactor = overloadFactor
    }

    /// The limit as a number of requests.
    var count: Int { max(1, min(Int(value), maximum)) }

    /// Lets more be made use of.
    mutating func raiseMaximum(by count: Int) {
        maximum += max(0, count)
        // Not cut yet: it begins where it would have begun.
        if threshold == .infinity { value = max(value, Double(min(initial, maximum))) }
    }

    /// Notes an answer.
    mutating func answered(began: Duration, now: Duration, underWay: Int) {
        // A limit that nobody reaches need not grow; one that is tried must not.
        if trial == nil, underWay * 10 >= count * 9, count < maximum {
            value = min(Double(maximum), value + (value < threshold ? 1 : max(1, 0.02 * value) / value))
        }
        if isSettling {
            guard underWay <= count else { return }
            isSettling = false
            begin(now)
        }
        window.answers += 1
        guard began >= changed else { return }
        window.latencies.append((now - began) / .seconds(1))
        if window.latencies.count >= max(32, min(count, 512), window.needed) { judge(now) }
    }

    /// Notes that the endpoint turned a request away while the limit, not the pace, held others back.
    mutating func refused(began: Duration, now: Duration, underWay: Int, isPaced: Bool) {
        guard began >= changed else { return }
        let top = Double(min(count, underWay))
        // Before the first pace is known the rate may be what is limited: that must not cost the way back up.
        let share = isPaced ? Self.smallCut : 0.5
        cut(to: top * share, now)
        if isPaced { threshold = value }
    }

    /// Notes a fault of the server.
    mutating func failed(began: Duration, now: Duration) {
        guard began >= changed else { return }
        window.failures += 1
        guard window.failures >= max(16, min(count, 512) / 2), window.failures > window.answers,
            value > Self.leastAfterFailures
        else { return }
        // A fault may pass as fast as it came: back to where it was without growing step by step.
        threshold = max(value * 0.75, threshold.isFinite ? threshold * 0.75 : 0)
        cut(to: max(Self.leastAfterFailures, value / 2), now)
    }

    /// Begins anew behind an outage, lest all come at once.
    mutating func restart(now: Duration) {
        guard value > Double(initial) else { return }
        threshold = .infinity
        cut(to: Double(initial), now)
    }

    private mutating func judge(_ now: Duration) {
        window.latencies.sort()
        let median = max(window.latencies[window.latencies.count / 2], 1e-6)
        // The first to come back are the short ones: only when most had the time to do so do they speak for all.
        let isFair = (now - changed) / .seconds(1) >= 3 * median
        guard isFair || trial == nil else {
            window.needed = window.latencies.count * 3 / 2
            return
        }
        let throughput = Double(window.answers) / max((now - window.start) / .seconds(1), 1e-6)
        window = Window(start: now)
        if let trial {
            self.trial = nil
            guard throughput < trial.throughput * Self.worse else { return }
            value = min(trial.limit, Double(maximum))
            threshold = trial.threshold
            changed = now
            baseline = max(trial.median, median)
            bestThroughput = trial.throughput
            return
        }
        let isSlow = baseline.map { median > $0 * overloadFactor } ?? false
        if isFair || baseline == nil { baseline = min(baseline ?? median, median) }
        if isSlow, throughput < bestThroughput * 1.1, value >= 2 {
            trial = Trial(limit: value, threshold: threshold, throughput: throughput, median: median)
            let tried = trial
            cut(to: Double(count) / 2, now)
            trial = tried
            threshold = value
        }
        bestThroughput = max(bestThroughput, throughput)
        // What was fast once may be slow for good: the memory of it fades.
        guard now - faded >= .seconds(10) else { return }
        faded = now
        baseline = baseline.map { $0 * 1.02 }
        bestThroughput *= 0.98
    }

    private mutating func cut(to limit: Double, _ now: Duration) {
        value = max(1, limit)
        trial = nil
        isSettling = true
        begin(now)
    }

    private mutating func begin(_ now: Duration) {
        changed = now
        window = Window(start: now)
    }
}
