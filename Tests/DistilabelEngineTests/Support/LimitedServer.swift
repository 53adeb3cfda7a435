import DistilabelModels
import DistilabelTesting
import DistilabelValues

@testable import DistilabelEngine

/// A server in virtual time that allows so many requests a minute, however it counts, and turns away what is more.
final class LimitedServer {
    enum Kind: CaseIterable, Sendable { case fixedWindow, slidingWindow, smallBucket, largeBucket }
    enum Headers { case none, remaining, limit }

    private let kind: Kind
    private let perMinute: Double
    /// Whether refusals come with a time, in whole seconds as servers have it.
    private let saysWhen: Bool
    /// Whether that time is always none.
    private let saysNow: Bool
    private let median: Double
    private let headers: Headers
    private var times: [Double] = []
    private var window = -1.0
    private var used = 0
    private var level: Double
    private var time = 0.0

    init(
        _ kind: Kind, perMinute: Int = 600, saysWhen: Bool, saysNow: Bool = false, median: Double = 0.03,
        headers: Headers = .none
    ) {
        self.kind = kind
        self.perMinute = Double(perMinute)
        self.saysWhen = saysWhen
        self.saysNow = saysNow
        self.median = median
        self.headers = headers
        level = kind == .smallBucket ? self.perMinute / 60 : self.perMinute
    }

    func react(_ now: Duration, _ random: inout SeededRandom) -> GateSimulation.Reaction {
        let second = now / .seconds(1)
        let wait = admit(second)
        let limits = limits(at: second)
        guard let wait else {
            return .answer(after: GateSimulation.latency(median: median, &random), limits: limits)
        }
        let delay: Duration? = saysNow ? .zero : saysWhen ? .seconds(max(1, wait.rounded(.up))) : nil
        return GateSimulation.Reaction(latency: .milliseconds(20), outcome: .failed(.later(delay), limits: limits))
    }

    /// Counts a request; returns how long it is until there is room if there is none.
    private func admit(_ second: Double) -> Double? {
        switch kind {
        case .fixedWindow:
            let window = (second / 60).rounded(.down)
            if window != self.window {
                self.window = window
                used = 0
            }
            used += 1
            return used <= Int(perMinute) ? nil : (window + 1) * 60 - second
        case .slidingWindow:
            while used < times.count, times[used] <= second - 60 { used += 1 }
            guard times.count - used >= Int(perMinute) else {
                times.append(second)
                return nil
            }
            return times[used] + 60 - second
        case .smallBucket, .largeBucket:
            let capacity = kind == .smallBucket ? perMinute / 60 : perMinute
            level = min(capacity, level + (second - time) * perMinute / 60)
            time = second
            guard level >= 1 else { return (1 - level) * 60 / perMinute }
            level -= 1
            return nil
        }
    }

    private func limits(at second: Double) -> RateLimits? {
        guard headers != .none, kind == .fixedWindow else { return nil }
        return RateLimits(
            requests: .init(
                limit: headers == .limit ? Int(perMinute) : nil, remaining: max(0, Int(perMinute) - used),
                reset: .seconds((window + 1) * 60 - second)))
    }
}
