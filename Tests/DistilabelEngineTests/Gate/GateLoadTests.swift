import DistilabelModels
import DistilabelTesting
import DistilabelValues
import Foundation
import Testing

@testable import DistilabelEngine

/// How many requests the gate keeps under way, against servers whose latency and faults depend on that.
struct GateLoadTests {
    private func endpoint(_ concurrency: Int, retries: Int = 6) -> Endpoint {
        Endpoint(
            id: "e", name: "the model", model: "m", host: "h", concurrency: concurrency, maximumRetries: retries)
    }

    @Test(arguments: [(0.4, UInt64(1)), (0.8, 2), (1.2, 3)])
    func makesUseOfAllThatLittlesLawAllows(_ sigma: Double, _ seed: UInt64) {
        let seconds = 100.0
        let report = GateSimulation(
            endpoint: endpoint(512), requests: 10_000_000, workers: 512, limit: .seconds(seconds), seed: seed
        ) { _, _, random in .answer(after: GateSimulation.latency(median: 1, sigma: sigma, &random)) }.run()
        let allowed = 512 / exp(sigma * sigma / 2) * seconds
        #expect(Double(report.answers) >= 0.95 * allowed, "\(Double(report.answers) / allowed)")
    }

    @Test(arguments: [UInt64(1), 2])
    func isNotMisledByAnswersThatBecomeLonger(_ seed: UInt64) {
        let report = GateSimulation(
            endpoint: endpoint(500), requests: 10_000_000, workers: 500, limit: .seconds(400), seed: seed
        ) { now, _, random in
            .answer(after: GateSimulation.latency(median: now < .seconds(30) ? 0.3 : 6, &random))
        }.run()
        let allowed = 500 / (6 * exp(0.32)) * 300
        #expect(Double(report.answers(from: .seconds(100))) >= 0.9 * allowed)
    }

    @Test func keepsTheThroughputOfAServerThatQueues() {
        // 100 a second whatever there are: latency grows with the queue, and a smaller limit costs nothing.
        var free = 0.0
        let report = GateSimulation(
            endpoint: endpoint(2000), requests: 10_000_000, workers: 2000, limit: .seconds(400)
        ) { now, _, _ in
            let second = now / .seconds(1)
            free = max(free, second) + 0.01
            return .answer(after: .seconds(free - second + 0.5))
        }.run()
        #expect(Double(report.answers(from: .seconds(20))) >= 0.98 * 100 * 380)
    }

    @Test func losesNoRowToAServerThatFailsUnderLoad() {
        let report = GateSimulation(endpoint: endpoint(1000), requests: 20_000, workers: 1000) { _, underWay, _ in
            underWay > 100 ? .failure(.again) : .answer(after: .milliseconds(500))
        }.run()
        #expect(report.failures == 0 && report.answers == 20_000)
        // 100 s at the best.
        #expect(report.time < .seconds(140), "\(report.time)")
    }

    @Test func findsHowManyAServerTakesAtOnce() {
        let report = GateSimulation(
            endpoint: endpoint(1000), requests: 10_000_000, workers: 1000, limit: .seconds(600)
        ) { _, underWay, random in
            underWay > 300
                ? .failure(.later(nil), after: .milliseconds(20))
                : .answer(after: GateSimulation.latency(median: 3, &random))
        }.run()
        let allowed = 300 / (3 * exp(0.32))
        #expect(report.failures == 0)
        #expect(Double(report.answers(from: .seconds(200))) >= 0.85 * allowed * 400)
        #expect(report.refusals * 50 < report.answers)
    }

    @Test func doesNotFloodAServerThatComesBack() {
        let report = GateSimulation(
            endpoint: endpoint(1000), requests: 10_000_000, workers: 1000, limit: .seconds(60)
        ) { now, _, _ in
            (Duration.seconds(30)..<Duration.seconds(40)).contains(now)
                ? .failure(.whenReachable, after: .milliseconds(1)) : .answer(after: .seconds(1))
        }.run()
        let back = report.answerTimes.first { $0 >= .seconds(40.5) } ?? .zero
        #expect(back < .seconds(47))
        #expect(report.tries(in: back..<(back + .milliseconds(900))) <= 64)
        #expect(report.answers(from: back + .seconds(6)) > 900)
    }

    @Test func failsNoRowForTheTimeThatItWaitedInLine() {
        // Sixty a minute and 4,000 in line: the last waits for more than an hour.
        let limited = Endpoint(
            id: "e", name: "the model", model: "m", requestsPerMinute: 60, concurrency: 4000, maximumRetries: 6)
        let report = GateSimulation(endpoint: limited, requests: 4000, workers: 4000) { _, _, random in
            random.unit() < 0.1 ? .failure(.again) : .answer(after: .seconds(2))
        }.run()
        #expect(report.failures == 0 && report.time > .seconds(3600))
    }

    @Test func failsARequestWhoseTriesTakeLongerThanTheDeadline() {
        let report = GateSimulation(endpoint: endpoint(10, retries: 100), requests: 1, workers: 1) { _, _, _ in
            .failure(.again, after: .seconds(500))
        }.run()
        #expect(report.failures == 1 && report.tries == 4)
    }
}
