import DistilabelModels
import DistilabelTesting
import Foundation
import Testing

@testable import DistilabelEngine

/// The gate against servers in virtual time.
struct GateStateTests {
    private func endpoint(
        concurrency: Int = 256, retries: Int = 6, perMinute: Int? = nil
    ) -> Endpoint {
        Endpoint(
            id: "e", name: "the model", model: "m", host: "h", requestsPerMinute: perMinute, concurrency: concurrency,
            maximumRetries: retries)
    }

    /// A server that allows 600 requests a minute, however it counts.
    private final class Limited {
        enum Kind: CaseIterable, Sendable { case fixedWindow, slidingWindow, smallBucket, largeBucket }
        let kind: Kind
        let saysWhen: Bool
        var times: [Double] = []
        var window = -1.0
        var used = 0
        var level: Double
        var time = 0.0

        init(_ kind: Kind, saysWhen: Bool) {
            self.kind = kind
            self.saysWhen = saysWhen
            level = kind == .smallBucket ? 10 : 600
        }

        func react(_ now: Duration) -> GateSimulation.Reaction {
            let second = now / .seconds(1)
            let wait: Double
            switch kind {
            case .fixedWindow:
                let window = (second / 60).rounded(.down)
                if window != self.window {
                    self.window = window
                    used = 0
                }
                used += 1
                if used <= 600 { return .answer(after: .milliseconds(30)) }
                wait = (window + 1) * 60 - second
            case .slidingWindow:
                while used < times.count, times[used] <= second - 60 { used += 1 }
                if times.count - used < 600 {
                    times.append(second)
                    return .answer(after: .milliseconds(30))
                }
                wait = times[used] + 60 - second
            case .smallBucket, .largeBucket:
                level = min(kind == .smallBucket ? 10 : 600, level + (second - time) * 10)
                time = second
                if level >= 1 {
                    level -= 1
                    return .answer(after: .milliseconds(30))
                }
                wait = (1 - level) / 10
            }
            // As servers do, in whole seconds.
            return .failure(.later(saysWhen ? .seconds(max(1, wait.rounded(.up))) : nil))
        }
    }

    @Test(arguments: Limited.Kind.allCases, [true, false])
    private func learnsTheRateThatAServerAllows(_ kind: Limited.Kind, _ saysWhen: Bool) {
        let server = Limited(kind, saysWhen: saysWhen)
        let minutes = 12
        let simulation = GateSimulation(
            endpoint: endpoint(), requests: 100_000, workers: 256, limit: .seconds(60 * minutes)
        ) { now, _, _ in server.react(now) }
        let report = simulation.run()
        let start = Duration.seconds(300)
        let answers = report.answers(from: start)
        let refusals = report.refusals(from: start)
        let share = Double(answers) / Double(600 * (minutes - 5))
        let refused = Double(refusals) / Double(answers + refusals)
        #expect(report.failures == 0)
        #expect(share >= 0.95, "\(share) of the allowed rate")
        #expect(refused < 0.02, "\(refused) refused")
    }

    @Test func keepsToTheRateThatTheUserSets() {
        let server = Limited(.fixedWindow, saysWhen: true)
        let report = GateSimulation(
            endpoint: endpoint(perMinute: 600), requests: 6000, workers: 256
        ) { now, _, _ in server.react(now) }.run()
        #expect(report.answers == 6000 && report.refusals <= 6)
        #expect(report.time < .seconds(600 / 0.98), "\(report.time)")
    }

    @Test func reachesThousandsUnderWayAndStaysThereWhateverLatenciesAre() {
        // Median 1 s, sigma 0.8: mean 1.377 s.
        let seconds = 25
        let report = GateSimulation(
            endpoint: endpoint(concurrency: 4096), requests: 10_000_000, workers: 4096, limit: .seconds(seconds)
        ) { _, _, random in
            let normal = (-2 * log(max(random.unit(), 1e-12))).squareRoot() * cos(2 * .pi * random.unit())
            return .answer(after: .seconds(exp(0.8 * normal)))
        }.run()
        #expect(report.peak == 4096)
        let allowed = 4096 / exp(0.32)
        let rate = Double(report.answers(from: .seconds(10))) / Double(seconds - 10)
        #expect(rate >= 0.95 * allowed, "\(rate) of \(allowed) a second")
    }

    @Test func backsOffFromAServerThatOnlyGrowsSlower() {
        // Serves 100 at once in 50 ms; with more its latency grows with the square.
        let report = GateSimulation(
            endpoint: endpoint(concurrency: 2000), requests: 200_000, workers: 2000, limit: .seconds(50)
        ) { _, underWay, _ in
            let load = max(1, Double(underWay) / 100)
            return .answer(after: .milliseconds(50 * load * load))
        }.run()
        let rate = Double(report.answers(from: .seconds(30))) / 20
        // At the best 2,000 a second; with all 2,000 under way it would be 100.
        #expect(rate > 900, "\(rate)")
    }

    @Test func losesNoRequestWhileAServerIsAway() {
        let report = GateSimulation(endpoint: endpoint(), requests: 20_000, workers: 256) { now, _, _ in
            (Duration.seconds(2)..<Duration.seconds(12)).contains(now)
                ? .failure(.whenReachable, after: .milliseconds(1)) : .answer(after: .milliseconds(100))
        }.run()
        #expect(report.answers == 20_000 && report.failures == 0)
        // Ten seconds, a little for the last look, and the work itself.
        #expect(report.time < .seconds(27), "\(report.time)")
        // Those that were under way, and one at a time behind them.
        #expect(report.tries - 20_000 < 256 + 30)
    }

    @Test func givesUpAServerThatNeverComesBack() {
        let report = GateSimulation(endpoint: endpoint(), requests: 1000, workers: 100) { _, _, _ in
            .failure(.whenReachable, after: .milliseconds(1))
        }.run()
        #expect(report.error?.code == .unreachable)
        #expect(report.time >= .seconds(120) && report.time < .seconds(130))
    }

    @Test func givesUpAServerThatOnlyFails() {
        let report = GateSimulation(endpoint: endpoint(retries: 2), requests: 1000, workers: 10) { _, _, _ in
            .failure(.again)
        }.run()
        #expect(report.error?.code == .failing)
        #expect(report.answers == 0 && report.failures >= 20 && report.failures <= 40)
    }

    @Test(arguments: [nil, Duration.seconds(2), .seconds(200)])
    func givesUpAServerThatTurnsAllAway(_ wait: Duration?) {
        let report = GateSimulation(endpoint: endpoint(), requests: 1000, workers: 10) { _, _, _ in
            .failure(.later(wait))
        }.run()
        #expect(report.error?.code == .failing)
        let patience = max(Duration.seconds(300), (wait ?? .zero) * 3)
        #expect(report.time >= patience && report.time < patience + .seconds(250), "\(report.time)")
    }

    @Test func triesAgainWhatFailsNowAndThen() {
        // One in ten fails; the time without faults is 20,000 / 256 × 0.1 s.
        let report = GateSimulation(endpoint: endpoint(), requests: 20_000, workers: 256) { _, _, random in
            random.unit() < 0.1 ? .failure(.again, after: .milliseconds(100)) : .answer(after: .milliseconds(100))
        }.run()
        #expect(report.answers == 20_000 && report.failures == 0)
        let without = 20_000.0 / 256 * 0.1
        #expect(report.time < .seconds(without * 1.3 + 10), "\(report.time)")
    }

    @Test func handsOnWhatFailsMoreOftenThanAllowed() {
        var tries = 0
        let report = GateSimulation(endpoint: endpoint(retries: 3), requests: 1, workers: 1) { _, _, _ in
            tries += 1
            return .failure(.again)
        }.run()
        #expect(tries == 4 && report.failures == 1 && report.error == nil)
    }

    @Test func holdsWhenTheHeadersSayThatNothingIsLeft() {
        var gate = GateState(endpoint: endpoint())
        let step1 = gate.goesAtOnce(tokens: 1, now: .zero)
        #expect(step1)
        let entry = GateState.Entry(ticket: 1, tokens: 1, since: .zero)
        let limits = RateLimits(requests: .init(remaining: 0, reset: .seconds(3)))
        _ = gate.leave(
            entry, .answered(tokens: 1, limits: limits), began: .zero, now: .milliseconds(10), random: 0)
        let step2 = gate.goesAtOnce(tokens: 1, now: .seconds(3))
        #expect(!step2)
        let step3 = gate.goesAtOnce(tokens: 1, now: .seconds(3.02))
        #expect(step3)
    }

    @Test func letsNobodyThroughWhenDraining() {
        var gate = GateState(endpoint: endpoint(concurrency: 1))
        let step4 = gate.goesAtOnce(tokens: 1, now: .zero)
        #expect(step4)
        gate.enter(GateState.Entry(ticket: 2, tokens: 1, since: .zero))
        let step5 = gate.drain()
        #expect(step5 == [2])
        let step6 = gate.goesAtOnce(tokens: 1, now: .zero)
        #expect(!step6)
        #expect(gate.dismissal?.code == .draining)
    }
}
