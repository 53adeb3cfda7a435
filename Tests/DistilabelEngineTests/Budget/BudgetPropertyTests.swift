import DistilabelModels
import DistilabelTesting
import DistilabelValues
import Testing

@testable import DistilabelEngine

/// Random runs of calls through the state machine.
struct BudgetPropertyTests {
    /// One simulated run: callers come, wait, settle, fail and give up in random order until all have ended.
    struct Simulation {
        var random: SeededRandom
        var state: BudgetState
        let staysWithinReservation: Bool
        var coming: Int
        var underWay: [BudgetReservation] = []
        var waiting: Set<Int> = []
        var own = Spending.none
        var excess = Spending.none
        var ended = 0
        var refusals = 0

        init(seed: UInt64, limits: BudgetLimits, earlier: Spending, calls: Int, staysWithinReservation: Bool) {
            random = SeededRandom(seed: seed)
            state = BudgetState(limits: limits, earlier: earlier)
            coming = calls
            self.staysWithinReservation = staysWithinReservation
        }

        mutating func run() {
            var ticket = 0
            while coming > 0 || !underWay.isEmpty || !waiting.isEmpty {
                let choice = Int.random(in: 0..<10, using: &random)
                if choice < 5, coming > 0 {
                    coming -= 1
                    ticket += 1
                    start(ticket)
                } else if choice == 5, let last = waiting.max() {
                    let (waited, answers) = state.withdraw(last)
                    #expect(waited)
                    waiting.remove(last)
                    ended += 1
                    take(answers)
                } else if !underWay.isEmpty {
                    finish(underWay.remove(at: Int.random(in: underWay.indices, using: &random)))
                } else if coming == 0 {
                    // Nothing is under way and nobody comes: whoever waits now waits for ever.
                    Issue.record("\(waiting.count) calls wait for ever")
                    return
                }
                check()
            }
        }

        private mutating func start(_ ticket: Int) {
            let prices = [0.05, 0.6, 3, 15].compactMap { Price(perMillionInput: $0, output: $0 * 4) }
            let call = BudgetCall(
                step: ["a", "b", "c"].randomElement(using: &random) ?? "a", model: "m",
                price: prices.randomElement(using: &random), inputTokens: Int.random(in: 1...500, using: &random),
                maximumOutputTokens: [nil, 64, 300, 2000].randomElement(using: &random) ?? 64,
                answers: Int.random(in: 1...3, using: &random), requests: Int.random(in: 1...2, using: &random))
            switch state.reserve(call) {
            case .granted(let reservation): underWay.append(reservation)
            case .wait:
                state.wait(ticket, for: call)
                waiting.insert(ticket)
            case .exhausted:
                ended += 1
                refusals += 1
            }
        }

        private mutating func finish(_ reservation: BudgetReservation) {
            ended += 1
            let kept = reservation.amount
            if Int.random(in: 0..<8, using: &random) == 0 {
                own += Spending(requests: kept.requests)
                return take(state.release(reservation, requests: kept.requests))
            }
            let reach = staysWithinReservation ? 1.0 : 1.6
            let usage = Usage(
                inputTokens: Int(Double(kept.usage.inputTokens) * Double.random(in: 0...reach, using: &random)),
                outputTokens: Int(Double(kept.usage.outputTokens) * Double.random(in: 0...reach, using: &random)))
            let before = state.spent
            let answers = state.settle(reservation, usage: usage)
            let actual = state.spent - before
            #expect(actual.usage == usage)
            own += actual
            excess += Spending(
                usage: Usage(inputTokens: max(0, actual.tokens - kept.tokens), outputTokens: 0),
                cost: max(.zero, actual.cost - kept.cost))
            take(answers)
        }

        private mutating func take(_ answers: [BudgetState.Answer]) {
            for answer in answers {
                #expect(waiting.remove(answer.ticket) != nil)
                switch answer.result {
                case .success(let reservation): underWay.append(reservation)
                case .failure:
                    ended += 1
                    refusals += 1
                }
            }
        }

        private func check() {
            let limits = state.limits
            #expect(state.spent.requests <= limits.maxRequests ?? .max)
            #expect(state.spent.tokens - excess.tokens <= limits.maxTokens ?? .max)
            #expect(state.spent.cost - excess.cost <= limits.maxCost ?? Cost(picodollars: .max))
            #expect(state.callsUnderWay == underWay.count)
            #expect(state.callsWaiting == waiting.count)
            #expect(state.reserved == underWay.map(\.amount).reduce(.none, +))
        }
    }

    @Test(arguments: 0..<60, [true, false])
    func neverGoesOverALimitAndLeavesNobodyWaiting(seed: UInt64, staysWithinReservation: Bool) {
        var random = SeededRandom(seed: seed &* 7919)
        let limits = BudgetLimits(
            maxCost: Bool.random(using: &random) ? Cost(dollars: Double.random(in: 0...0.3, using: &random)) : nil,
            maxTokens: Bool.random(using: &random) ? Int.random(in: 0...80_000, using: &random) : nil,
            maxRequests: Bool.random(using: &random) ? Int.random(in: 0...120, using: &random) : nil)
        let earlier = Bool.random(using: &random) ? Spending(requests: 0, cost: Cost(picodollars: 1_000)) : .none
        let calls = 150
        var simulation = Simulation(
            seed: seed, limits: limits, earlier: limits.maxCost == .zero ? .none : earlier, calls: calls,
            staysWithinReservation: staysWithinReservation)
        simulation.run()
        #expect(simulation.ended == calls)
        #expect(simulation.state.reserved == .none)
        if staysWithinReservation { #expect(simulation.excess == .none) }
        if limits == .none { #expect(simulation.refusals == 0) }
        let report = simulation.state.report
        #expect(report.now == simulation.own)
        #expect(report.total == simulation.state.spent)
        #expect(report.byStep.map(\.spending).reduce(.none, +) == simulation.own)
        #expect(report.byModel.map(\.spending).reduce(.none, +) == simulation.own)
    }

    @Test(arguments: 0..<20) func usesTheBudgetUp(seed: UInt64) {
        // Calls of at most 200 tokens: a refusal means that less than one call's room was left.
        var random = SeededRandom(seed: seed)
        var state = BudgetState(limits: BudgetLimits(maxTokens: 10_000))
        var underWay: [BudgetReservation] = []
        let call = BudgetStateTests.call(input: 100, output: 100)
        while true {
            if case .granted(let reservation) = state.reserve(call) {
                underWay.append(reservation)
            } else if !underWay.isEmpty {
                let reservation = underWay.remove(at: Int.random(in: underWay.indices, using: &random))
                _ = state.settle(
                    reservation, usage: Usage(inputTokens: 100, outputTokens: Int.random(in: 20...60, using: &random)))
            } else {
                break
            }
        }
        #expect(state.spent.tokens > 9_800)
        #expect(state.spent.tokens <= 10_000)
    }
}
