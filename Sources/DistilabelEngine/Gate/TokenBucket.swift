/// Lets so much through a second, and a little at once.
struct TokenBucket {
    /// Units a second.
    var rate: Double {
        didSet { level = min(level, burst) }
    }
    /// Units that may be taken at once after a pause.
    private let burstSeconds: Double
    private let leastBurst: Double
    private var level: Double
    private var time: Duration

    init(rate: Double, burstSeconds: Double, leastBurst: Double = 1, now: Duration) {
        self.rate = rate
        self.burstSeconds = burstSeconds
        self.leastBurst = leastBurst
        level = max(leastBurst, rate * burstSeconds)
        time = now
    }

    private var burst: Double { max(leastBurst, rate * burstSeconds) }

    /// When so many units may be taken: nil for now.
    ///
    /// What is more than the bucket holds may be taken when it is full.
    mutating func delay(for units: Double, now: Duration) -> Duration? {
        level = min(burst, level + rate * ((now - time) / .seconds(1)))
        time = now
        let missing = min(units, burst) - level
        return missing <= 1e-9 ? nil : .seconds(missing / rate)
    }

    /// Takes units, or gives some back.
    mutating func take(_ units: Double) { level -= units }
}
