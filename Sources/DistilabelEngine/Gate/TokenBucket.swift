/// Lets so much through a second, and a little at once.
struct TokenBucket {
    /// Units a second; more than none.
    var rate: Double {
        didSet {
            rate = max(rate, Self.leastRate)
            level = min(level, burst)
        }
    }
    /// Units that may be taken at once after a pause.
    private let burstSeconds: Double
    private var level: Double
    private var time: Duration

    /// One an hour: what is slower cannot be told from standing still.
    private static let leastRate = 1.0 / 3600

    init(rate: Double, burstSeconds: Double, now: Duration) {
        self.rate = max(rate, Self.leastRate)
        self.burstSeconds = burstSeconds
        level = 0
        time = now
        level = burst
    }

    private var burst: Double { max(1, rate * burstSeconds) }

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

    /// Forgets what a pause has saved up, so that nobody rushes in behind it.
    mutating func spill(now: Duration) {
        level = min(level, 1)
        time = now
    }
}
