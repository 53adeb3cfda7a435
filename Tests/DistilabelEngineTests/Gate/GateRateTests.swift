import DistilabelModels
import DistilabelTesting
import DistilabelValues
import Testing

@testable import DistilabelEngine

/// The gate against servers that limit how many requests, or tokens, there are a minute.
struct GateRateTests {
    private func endpoint(concurrency: Int = 256, perMinute: Int? = nil, tokens: Int? = nil) -> Endpoint {
        Endpoint(
            id: "e", name: "the model", model: "m", host: "h", requestsPerMinute: perMinute, tokensPerMinute: tokens,
            concurrency: concurrency)
    }

    /// Holds a run of `minutes` against a server that allows 600 a minute; what came before `settled` does not count.
    private func expectFullUse(
        of server: LimitedServer, _ endpoint: Endpoint, minutes: Int = 14, settled: Int = 6
    ) {
        let report = GateSimulation(
            endpoint: endpoint, requests: 100_000, workers: endpoint.concurrency, limit: .seconds(60 * minutes)
        ) { now, _, random in server.react(now, &random) }.run()
        let answers = report.answers(from: .seconds(60 * settled))
        let refusals = report.refusals(from: .seconds(60 * settled))
        let share = Double(answers) / Double(600 * (minutes - settled))
        let refused = Double(refusals) / Double(answers + refusals)
        #expect(report.failures == 0)
        #expect(share >= 0.95, "\(share) of the allowed rate")
        #expect(refused < 0.02, "\(refused) refused")
    }

    @Test(arguments: LimitedServer.Kind.allCases, [true, false])
    func learnsTheRateThatAServerAllows(_ kind: LimitedServer.Kind, _ saysWhen: Bool) {
        expectFullUse(of: LimitedServer(kind, saysWhen: saysWhen), endpoint())
    }

    @Test(arguments: LimitedServer.Kind.allCases, [true, false])
    func learnsItWhereAnswersTakeSeconds(_ kind: LimitedServer.Kind, _ saysWhen: Bool) {
        expectFullUse(of: LimitedServer(kind, saysWhen: saysWhen, median: 2), endpoint())
    }

    @Test(arguments: LimitedServer.Kind.allCases, [true, false])
    func learnsItWhereAnswersTakeLong(_ kind: LimitedServer.Kind, _ saysWhen: Bool) {
        expectFullUse(
            of: LimitedServer(kind, saysWhen: saysWhen, median: 15), endpoint(concurrency: 1000), minutes: 16,
            settled: 8)
    }

    @Test func looksNoFasterWhereAServerAsksForNoWaitAtAll() {
        expectFullUse(of: LimitedServer(.smallBucket, saysWhen: true, saysNow: true, median: 2), endpoint())
    }

    @Test func learnsALowerRateThanTheUserAllows() {
        expectFullUse(of: LimitedServer(.fixedWindow, saysWhen: true, median: 2), endpoint(perMinute: 1200))
    }

    @Test(arguments: [LimitedServer.Headers.remaining, .limit])
    func keepsToWhatHeadersSay(_ headers: LimitedServer.Headers) {
        let server = LimitedServer(.fixedWindow, saysWhen: false, median: 2, headers: headers)
        expectFullUse(of: server, endpoint())
    }

    @Test func isHardlyEverRefusedWhereHeadersSayTheLimit() {
        let server = LimitedServer(.fixedWindow, saysWhen: false, median: 2, headers: .limit)
        let report = GateSimulation(
            endpoint: endpoint(), requests: 100_000, workers: 256, limit: .seconds(600)
        ) { now, _, random in server.react(now, &random) }.run()
        #expect(report.refusals <= 10 && report.answers >= 5_600, "\(report.refusals) of \(report.answers)")
    }

    @Test func correctsTheTokensThatWereThoughtToBeTaken() {
        // A bucket of 60,000 tokens a minute, answers of 500 to 3,500, each thought to take 1,000.
        var level = 60_000.0
        var time = 0.0
        var taken = 0
        let report = GateSimulation(
            endpoint: endpoint(tokens: 60_000), requests: 100_000, workers: 256, limit: .seconds(1200),
            estimatedTokens: 1_000
        ) { now, _, random in
            let second = now / .seconds(1)
            level = min(60_000, level + (second - time) * 1000)
            time = second
            let tokens = 500 + Int(random.unit() * 3_000)
            if level < 0 { return .failure(.later(nil)) }
            level -= Double(tokens)
            taken += tokens
            return .answer(after: .seconds(2), tokens: tokens)
        }.run()
        let share = Double(taken) / 1_200_000
        #expect(report.refusals == 0)
        #expect(share >= 0.95 && share < 1.05, "\(share)")
    }

    @Test func failsOnlyTheRequestThatWillNeverFit() {
        let report = GateSimulation(
            endpoint: endpoint(concurrency: 64), requests: 3000, workers: 64,
            exception: { $0 == 70 ? .failure(.later(nil)) : nil }
        ) { _, _, _ in .answer(after: .milliseconds(500)) }.run()
        #expect(report.answers == 2999 && report.failures == 1 && report.error == nil)
        #expect(report.time < .seconds(180), "\(report.time)")
    }

    @Test func sendsOneFirstBehindAWait() {
        let report = GateSimulation(endpoint: endpoint(), requests: 20_000, workers: 256) { now, _, _ in
            (Duration.seconds(2)..<Duration.seconds(4)).contains(now)
                ? .failure(.later(.seconds(3))) : .answer(after: .milliseconds(100))
        }.run()
        #expect(report.answers == 20_000 && report.failures == 0)
        let resumed = report.tryTimes.first { $0 >= .seconds(4) } ?? .zero
        #expect(resumed >= .seconds(5))
        #expect(report.tries(in: resumed..<(resumed + .milliseconds(99))) == 1)
        #expect(report.tries(in: resumed..<(resumed + .milliseconds(200))) < 128)
    }

    @Test func goesOnBeforeTheFirstOneIsAnswered() {
        // Refusals come at once, answers after a minute: whoever was not refused for a while was let in. The pace is
        // that of the first minute, one a second.
        let report = GateSimulation(
            endpoint: endpoint(concurrency: 100), requests: 1000, workers: 100, limit: .seconds(300)
        ) { now, _, _ in
            (Duration.seconds(60)..<Duration.seconds(61)).contains(now)
                ? .failure(.later(.seconds(1))) : .answer(after: .seconds(60))
        }.run()
        #expect(report.tries(in: .seconds(61)..<(.seconds(70))) > 5)
    }
}
