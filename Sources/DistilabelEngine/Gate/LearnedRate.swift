/// The rate of requests that an endpoint allows, learnt from when it refuses.
///
/// A cycle lasts from one resumption to the next: what was answered in it, over its time, is what the endpoint allows. Requests are paced at that; while
/// nothing is refused the pace grows, in steps that double.
struct LearnedRate {
    /// Requests a second; nil before anything was refused.
    private(set) var rate: Double?
    private var cycleStart: Duration
    private var answers = 0
    private var grown: Duration
    private var step = Self.firstStep
    /// Cycles of a few seconds, one after the other.
    private var shortCycles = 0
    /// The highest step; lower once the pace itself was refused, since it is near then.
    private var lastStep = 0.08

    private static let firstStep = 0.0025
    private static let lastStepNearby = 0.005
    /// How long nothing must be refused before the pace grows.
    private static let quietTime = Duration.seconds(15)
    private static let leastAnswers = 20
    /// After how long without a refusal the limit need not be near any more.
    private static let longTime = Duration.seconds(300)

    init(now: Duration) {
        cycleStart = now
        grown = now
    }

    /// Notes an answer.
    mutating func answered(now: Duration) {
        answers += 1
        guard let rate, now - grown >= Self.quietTime else { return }
        grown = now
        self.rate = rate * (1 + step)
        if now - cycleStart > Self.longTime { lastStep = 0.08 }
        step = min(step * 2, lastStep)
    }

    /// Notes that requests go on after a refusal and the wait for it.
    mutating func resumed(now: Duration) {
        // A few answers tell nothing of a rate; the cycle goes on.
        if rate == nil, answers < Self.leastAnswers { return }
        let seconds = max((now - cycleStart) / .seconds(1), 0.001)
        if rate != nil { lastStep = Self.lastStepNearby }
        // Nothing learnt where nothing was answered.
        if answers > 0 {
            let measured = Double(answers) / seconds
            // Over a long cycle the pace grew to the limit and a little beyond it; short ones, one after the other, say that it is far above.
            shortCycles = seconds < 5 ? shortCycles + 1 : 0
            let factor = [0.98, 0.96, 0.92, 0.8, 0.6][min(shortCycles, 4)]
            rate = rate.map { $0 * factor } ?? measured
        }
        cycleStart = now
        answers = 0
        grown = now
        step = Self.firstStep
    }
}
