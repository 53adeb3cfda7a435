/// How many requests may be under way at an endpoint: as many as it serves without growing slower, found out as TCP does.
///
/// Doubles each round trip at first, then grows by a little; is halved, once a round trip at most, when the endpoint refuses requests, or when
/// the median latency is far above the lowest one while no more answers come for it.
struct ConcurrencyLimit {
    /// The limit of now.
    private(set) var value: Double
    /// The most that can be made use of.
    var maximum: Int
    private let overloadFactor: Double
    private var isStarting = true
    /// Requests that began before do not speak of the limit of now.
    private var changed: Duration = .zero
    private var latencies: [Double] = []
    private var windowStart: Duration?
    private var baseline: Double?
    private var bestThroughput = 0.0
    private var faded: Duration = .zero

    init(initial: Int, maximum: Int, overloadFactor: Double) {
        value = Double(max(1, min(initial, maximum)))
        self.maximum = max(1, maximum)
        self.overloadFactor = overloadFactor
    }

    /// The limit as a number of requests.
    var count: Int { max(1, min(Int(value), maximum)) }

    /// Notes an answer.
    mutating func answered(began: Duration, now: Duration, underWay: Int) {
        // A limit that nobody reaches need not grow.
        if underWay >= count * 9 / 10, count < maximum {
            value = min(Double(maximum), value + (isStarting ? 1 : max(1, 0.02 * value) / value))
        }
        guard began >= changed else { return }
        if windowStart == nil { windowStart = began }
        latencies.append((now - began) / .seconds(1))
        if latencies.count >= max(32, min(count, 512)) { judge(now) }
    }

    /// Notes that the endpoint turned a request away.
    mutating func refused(began: Duration, now: Duration, underWay: Int) {
        guard began >= changed else { return }
        cut(to: Double(min(count, underWay)) / 2, now)
    }

    private mutating func judge(_ now: Duration) {
        latencies.sort()
        let median = max(latencies[latencies.count / 2], 1e-6)
        let elapsed = max((now - (windowStart ?? now)) / .seconds(1), 1e-6)
        let throughput = Double(latencies.count) / elapsed
        latencies.removeAll(keepingCapacity: true)
        windowStart = nil
        let isSlow = baseline.map { median > $0 * overloadFactor } ?? false
        if isSlow, throughput < bestThroughput * 1.1 {
            cut(to: value / 2, now)
        } else {
            bestThroughput = max(bestThroughput, throughput)
        }
        baseline = min(baseline ?? median, median)
        // What was fast once may be slow for good: the memory of it fades.
        guard now - faded >= .seconds(10) else { return }
        faded = now
        baseline = baseline.map { $0 * 1.02 }
        bestThroughput *= 0.98
    }

    private mutating func cut(to limit: Double, _ now: Duration) {
        value = max(1, limit)
        isStarting = false
        changed = now
        latencies.removeAll(keepingCapacity: true)
        windowStart = nil
    }
}
