import DistilabelModels
import DistilabelTesting
import DistilabelValues
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

    @Test func keepsToTheRateThatTheUserSets() {
        let server = LimitedServer(.fixedWindow, saysWhen: true)
        let report = GateSimulation(
            endpoint: endpoint(perMinute: 600), requests: 6000, workers: 256
        ) { now, _, random in server.react(now, &random) }.run()
        #expect(report.answers == 6000 && report.refusals <= 6)
        #expect(report.time < .seconds(600 / 0.98), "\(report.time)")
    }

    @Test func reachesThousandsUnderWayAndStaysThereWhateverLatenciesAre() {
        // Median 1 s, sigma 0.8: mean 1.377 s.
        let seconds = 25
        let report = GateSimulation(
            endpoint: endpoint(concurrency: 4096), requests: 10_000_000, workers: 4096, limit: .seconds(seconds)
        ) { _, _, random in .answer(after: GateSimulation.latency(median: 1, &random))
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
        var entry = GateEntry(ticket: 1, tokens: 1)
        #expect(go(&gate, 1, .zero))
        let limits = RateLimits(requests: .init(remaining: 0, reset: .seconds(3)))
        _ = gate.leave(
            &entry, .answered(tokens: 1, limits: limits), began: .zero, now: .milliseconds(10), random: 0)
        #expect(!go(&gate, 2, .seconds(2.99)))
        #expect(go(&gate, 3, .seconds(3.02)))
    }

    @Test func letsNobodyThroughWhenDraining() {
        var gate = GateState(endpoint: endpoint(concurrency: 1))
        #expect(go(&gate, 1, .zero))
        gate.enter(GateEntry(ticket: 2, tokens: 1))
        let dismissed = gate.drain()
        #expect(dismissed == [2])
        #expect(!go(&gate, 3, .zero))
        #expect(gate.dismissal?.code == .draining)
    }

    private func go(_ gate: inout GateState, _ ticket: Int, _ now: Duration) -> Bool {
        gate.goesAtOnce(GateEntry(ticket: ticket, tokens: 1), now: now)
    }

    @Test(arguments: [(0, Duration.seconds(60)), (6, .seconds(400))])
    func givesUpTheLastRequestSoonerWhereTheUserWantsNoTriesAgain(_ retries: Int, _ limit: Duration) {
        var simulation = GateSimulation(endpoint: endpoint(retries: retries), requests: 10, workers: 10) { _, _, _ in
            .answer(after: .milliseconds(100))
        }
        simulation.exception = { $0 == 3 ? .failure(.later(nil)) : nil }
        let report = simulation.run()
        #expect(report.answers == 9 && report.failures == 1 && report.time < limit)
        // One that may be tried again waits for minutes, and then the run can go on later.
        #expect((report.error == nil) == (retries == 0))
    }
}
