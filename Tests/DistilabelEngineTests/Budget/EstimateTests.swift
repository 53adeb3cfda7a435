import DistilabelModels
import DistilabelTesting
import DistilabelValues
import Testing

@testable import DistilabelEngine

struct EstimateTests {
    private static let price = Price(perMillionInput: 1, output: 2)

    private static func sample(
        calls: Int, rows: Int, seconds: Double = 2, tokens: (Int, Int) = (100, 50), endpoint: Endpoint?
    ) -> StepSample {
        var sample = StepSample(name: "ask", rowsIn: rows, rowsOut: rows, endpoint: endpoint)
        for _ in 0..<calls {
            sample.record(Usage(inputTokens: tokens.0, outputTokens: tokens.1), seconds: seconds, price: price)
        }
        return sample
    }

    private static func endpoint(requests: Int? = nil, tokens: Int? = nil, id: String = "e") -> Endpoint {
        Endpoint(id: id, name: id, model: "m", requestsPerMinute: requests, tokensPerMinute: tokens, concurrency: 10)
    }

    @Test(arguments: [
        (Int?.none, Int?.none, 200.0, Estimate.Bottleneck.concurrency), (60, nil, 1_000, .requestsPerMinute),
        (60, 3_000, 3_000, .tokensPerMinute), (6_000, 6_000_000, 200, .concurrency),
    ])
    func findsWhatHoldsBack(requests: Int?, tokens: Int?, seconds: Double, bottleneck: Estimate.Bottleneck) throws {
        let sample = Self.sample(calls: 10, rows: 10, endpoint: Self.endpoint(requests: requests, tokens: tokens))
        let step = try #require(Estimate([sample], sampledRows: 10, totalRows: 1_000)?.steps.first)
        #expect(step.calls == Projection(mean: 1_000, low: 1_000, high: 1_000))
        #expect(abs(step.seconds.mean - seconds) < 1e-6)
        #expect(step.bottleneck == bottleneck)
        #expect(abs((step.dollars?.mean ?? 0) - 0.2) < 1e-9)
        #expect(abs(step.inputTokens.mean - 100_000) < 1e-6)
    }

    @Test func sharesTheLimitsOfAServer() throws {
        let shared = Self.endpoint(requests: 60)
        var second = Self.sample(calls: 20, rows: 10, endpoint: shared)
        second.name = "again"
        let both = try #require(
            Estimate([Self.sample(calls: 10, rows: 10, endpoint: shared), second], sampledRows: 10, totalRows: 100))
        // 300 calls at one a second, and two seconds a step for the first row.
        #expect(abs(both.seconds.mean - 304) < 1e-6)
        second.endpoint = Self.endpoint(requests: 60, id: "other")
        let apart = try #require(
            Estimate([Self.sample(calls: 10, rows: 10, endpoint: shared), second], sampledRows: 10, totalRows: 100))
        #expect(abs(apart.seconds.mean - 204) < 1e-6)
        #expect(apart.calls.mean == 300)
    }

    @Test func saysWhatItDoesNotKnow() throws {
        var unpriced = StepSample(name: "unpriced", rowsIn: 2, rowsOut: 2, endpoint: Self.endpoint())
        unpriced.record(Usage(inputTokens: 5, outputTokens: 5), seconds: 1, price: nil)
        let samples = [
            StepSample(name: "local", rowsIn: 2, rowsOut: 1), StepSample(name: "unasked", endpoint: Self.endpoint()),
            unpriced,
        ]
        let estimate = try #require(Estimate(samples, sampledRows: 2, totalRows: 10))
        #expect(estimate.unpricedSteps == ["unpriced"])
        #expect(estimate.steps.map(\.isUnobserved) == [false, true, false])
        #expect(estimate.steps[0].rowsOut == 5)
        #expect(estimate.steps[0].bottleneck == nil)
        #expect(estimate.steps[1].calls.high == nil)
        #expect(estimate.steps[2].calls == Projection(mean: 5, low: nil, high: nil))
        #expect(estimate.calls.high == nil)
        #expect(Estimate(samples, sampledRows: 0, totalRows: 10) == nil)
    }

    @Test func isExactForTheSampleItself() throws {
        var sample = StepSample(name: "a", rowsIn: 3, rowsOut: 3, endpoint: Self.endpoint())
        for tokens in [10, 20, 60] {
            sample.record(Usage(inputTokens: tokens, outputTokens: 1), seconds: 1, price: Self.price)
        }
        let step = try #require(Estimate([sample], sampledRows: 3, totalRows: 3)?.steps.first)
        #expect(step.inputTokens == Projection(mean: 90, low: 90, high: 90))
    }

    /// Rows of whole runs are drawn, some filtered out; the interval must hold the true total about 19 times of 20.
    @Test(arguments: [(10, 0.0), (30, 0.0), (50, 0.4), (200, 0.7)])
    func intervalsHoldTheTruth(sampledRows: Int, dropped: Double) throws {
        var random = SeededRandom(seed: 42)
        var hits = 0
        let trials = 400
        for _ in 0..<trials {
            var sample = StepSample(name: "a", rowsIn: sampledRows, endpoint: Self.endpoint())
            var truth = 0.0
            for row in 0..<1_000 where Double.random(in: 0..<1, using: &random) >= dropped {
                // A sum of four uniform numbers: skewed a little by the square, as lengths of answers are.
                let sum = (0..<4).reduce(0.0) { sum, _ in sum + Double.random(in: 0...1, using: &random) }
                let tokens = Int(50 + 40 * sum * sum)
                truth += Double(tokens)
                if row < sampledRows {
                    sample.record(Usage(inputTokens: 1, outputTokens: tokens), seconds: 1, price: nil)
                }
            }
            let total = try #require(
                Estimate([sample], sampledRows: sampledRows, totalRows: 1_000)?.steps.first?.outputTokens)
            let (low, high) = (try #require(total.low), try #require(total.high))
            if low <= truth, truth <= high { hits += 1 }
        }
        let share = Double(hits) / Double(trials)
        #expect(share > 0.91 && share < 0.985, "\(share)")
    }

    @Test(arguments: [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (10, 2.228), (30, 2.042), (120, 1.980)])
    func knowsStudentsDistribution(degrees: Int, quantile: Double) {
        #expect(abs(Projection.studentQuantile(degrees) - quantile) < 0.025)
    }

    @Test func keepsMomentsAsSumsOverAllNumbersDo() {
        var random = SeededRandom(seed: 7)
        let numbers = (0..<500).map { _ in 1e6 + Double.random(in: -1...1, using: &random) }
        let moments = Moments(numbers)
        let mean = numbers.reduce(0, +) / 500
        let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 499
        #expect(abs(moments.mean - mean) < 1e-6)
        #expect(abs(moments.variance - variance) < 1e-9)
        #expect(Moments([5]).variance == 0)
        #expect(Moments().mean == 0)
    }
}
