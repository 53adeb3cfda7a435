import DistilabelModels
import Testing

@testable import DistilabelEngine

struct BudgetStateTests {
    /// A dollar per million tokens, so a token is a microdollar.
    static let price = Price(perMillionInput: 1, output: 1)

    static func call(_ step: String = "step", input: Int, output: Int?, answers: Int = 1) -> BudgetCall {
        BudgetCall(
            step: step, model: "model", price: price, inputTokens: input, maximumOutputTokens: output, answers: answers)
    }

    private func granted(_ decision: BudgetState.Decision) -> BudgetReservation? {
        if case .granted(let reservation) = decision { reservation } else { nil }
    }

    private func refused(_ decision: BudgetState.Decision) -> BudgetError? {
        if case .exhausted(let error) = decision { error } else { nil }
    }

    private func waits(_ decision: BudgetState.Decision) -> Bool { if case .wait = decision { true } else { false } }

    @Test(arguments: [
        (BudgetLimits(maxRequests: 3), BudgetError.Code.requests), (BudgetLimits(maxTokens: 330), .tokens),
        (BudgetLimits(maxCost: Cost(dollars: 0.000_33)), .cost),
    ])
    func countsCallsUnderWay(limits: BudgetLimits, code: BudgetError.Code) throws {
        var state = BudgetState(limits: limits)
        let call = Self.call(input: 10, output: 100)
        let reservations = (0..<3).compactMap { _ in granted(state.reserve(call)) }
        try #require(reservations.count == 3)
        #expect(waits(state.reserve(call)))
        state.wait(1, for: call)
        // One brought nothing, so its room is free again.
        let answers = state.release(reservations[0], requests: 0)
        try #require(answers.map(\.ticket) == [1])
        state.wait(2, for: call)
        #expect(state.settle(reservations[1], usage: Usage(inputTokens: 10, outputTokens: 100)).isEmpty)
        let third = try #require(try? answers[0].result.get())
        let refusals =
            state.settle(reservations[2], usage: Usage(inputTokens: 10, outputTokens: 100))
            + state.settle(third, usage: Usage(inputTokens: 10, outputTokens: 100))
        try #require(refusals.map(\.ticket) == [2])
        #expect(throws: BudgetError.self) { try refusals[0].result.get() }
        #expect(refused(state.reserve(call))?.code == code)
        #expect(state.spent.tokens == 330)
    }

    @Test func letsNobodyOvertake() throws {
        var state = BudgetState(limits: BudgetLimits(maxTokens: 100))
        let first = try #require(granted(state.reserve(Self.call(input: 0, output: 60))))
        let large = Self.call(input: 10, output: 70)
        #expect(waits(state.reserve(large)))
        state.wait(1, for: large)
        #expect(waits(state.reserve(Self.call(input: 0, output: 1))))
        #expect(state.settle(first, usage: Usage(inputTokens: 0, outputTokens: 5)).map(\.ticket) == [1])
    }

    @Test func servesThoseBehindOneThatGivesUp() throws {
        var state = BudgetState(limits: BudgetLimits(maxTokens: 100))
        _ = try #require(granted(state.reserve(Self.call(input: 0, output: 60))))
        state.wait(1, for: Self.call(input: 0, output: 70))
        state.wait(2, for: Self.call(input: 0, output: 40))
        let withdrawal = state.withdraw(1)
        #expect(withdrawal.waited)
        #expect(withdrawal.answers.map(\.ticket) == [2])
        #expect(!state.withdraw(1).waited)
    }

    @Test func refusesAtOnceWhereWaitingIsNoUse() throws {
        var state = BudgetState(
            limits: BudgetLimits(maxTokens: 100), earlier: Spending(usage: Usage(inputTokens: 50, outputTokens: 0)))
        _ = try #require(granted(state.reserve(Self.call(input: 10, output: 10))))
        let error = try #require(refused(state.reserve(Self.call(input: 51, output: 10))))
        #expect(error.code == .tokens)
        #expect(error.spent.tokens == 50)
        #expect(
            error.message
                == "the budget of 100 tokens leaves no room for the next call of step 'step': 50 is spent "
                + "and the call may take 61 more; all answers so far are kept, so run it "
                + "again with a higher --max-tokens to go on from here"
        )
    }

    @Test func countsWhatEarlierExecutionsSpent() {
        var state = BudgetState(limits: BudgetLimits(maxRequests: 5), earlier: Spending(requests: 5))
        #expect(refused(state.reserve(Self.call(input: 1, output: 1)))?.spent.requests == 5)
    }

    @Test func learnsHowLongAnswersAre() throws {
        var state = BudgetState(limits: .none)
        for tokens in [90, 110, 90, 110, 90, 110, 90] {
            let reservation = try #require(granted(state.reserve(Self.call(input: 7, output: 4000))))
            #expect(reservation.amount.usage == Usage(inputTokens: 7, outputTokens: 4000))
            _ = state.settle(reservation, usage: Usage(inputTokens: 7, outputTokens: tokens))
        }
        _ = state.settle(
            try #require(granted(state.reserve(Self.call(input: 7, output: 4000)))),
            usage: Usage(inputTokens: 7, outputTokens: 110))
        // Mean 100; the variance of the eight is 800/7.
        let learnt = Int((100 + 2 * (800.0 / 7).squareRoot()).rounded(.up))
        #expect(granted(state.reserve(Self.call(input: 7, output: 4000)))?.amount.usage.outputTokens == learnt)
        #expect(granted(state.reserve(Self.call(input: 7, output: 50)))?.amount.usage.outputTokens == 50)
        #expect(
            granted(state.reserve(Self.call(input: 7, output: nil, answers: 3)))?.amount.usage.outputTokens == 3
                * learnt)
        #expect(granted(state.reserve(Self.call("other", input: 7, output: 4000)))?.amount.usage.outputTokens == 4000)
    }

    @Test func countsAReservationOnce() throws {
        var state = BudgetState(limits: .none)
        let reservation = try #require(granted(state.reserve(Self.call(input: 5, output: 5))))
        _ = state.settle(reservation, usage: nil)
        _ = state.settle(reservation, usage: nil)
        _ = state.release(reservation, requests: 1)
        #expect(
            state.spent
                == Spending(
                    requests: 1, usage: Usage(inputTokens: 5, outputTokens: 5), cost: Cost(picodollars: 10_000_000)))
        #expect(state.reserved == .none)
    }

    @Test func survivesAbsurdNumbers() throws {
        var state = BudgetState(limits: BudgetLimits(maxTokens: .max))
        for _ in 0..<300 {
            let call = Self.call(input: .max, output: .max, answers: .max)
            let reservation = try #require(granted(state.reserve(call)))
            _ = state.settle(reservation, usage: Usage(inputTokens: .max, outputTokens: .min))
        }
        #expect(state.spent.tokens > 0)
        #expect(state.spent.cost > .zero)
    }
}
