import DistilabelModels
import DistilabelTesting
import DistilabelValues
import Synchronization
import Testing

@testable import DistilabelEngine

struct BudgetTests {
    private struct Failure: Error {}

    /// What the callers saw, counted by themselves.
    private final class Tally: Sendable {
        struct Counts {
            var spent = Spending.none
            var (answered, refused, failed, cancelled) = (0, 0, 0, 0)
        }

        private let counts = Mutex(Counts())

        var now: Counts { counts.withLock { $0 } }
        func add(_ spending: Spending) { counts.withLock { $0.spent += spending } }
        func count(_ ending: any WritableKeyPath<Counts, Int> & Sendable) {
            counts.withLock { $0[keyPath: ending] += 1 }
        }
    }

    private static let call = BudgetStateTests.call(input: 10, output: 100)

    @Test(arguments: 0..<10) func endsEveryCallerWithExactSums(seed: UInt64) async {
        let budget = Budget(limits: BudgetLimits(maxTokens: 5_000, maxRequests: 90))
        let tally = Tally()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                let caller = Task {
                    var random = SeededRandom(seed: seed &* 1_000 &+ UInt64(number))
                    let output = Int.random(in: 0...100, using: &random)
                    let pause = Int.random(in: 0...3, using: &random)
                    let fails = Int.random(in: 0..<10, using: &random) == 0
                    let usage = Usage(inputTokens: 10, outputTokens: output)
                    do {
                        try await budget.spending(on: Self.call) {
                            for _ in 0..<pause { await Task.yield() }
                            tally.add(Spending(requests: 1))
                            if fails { throw Failure() }
                            tally.add(
                                Spending(usage: usage, cost: BudgetStateTests.price?.cost(of: usage) ?? .zero))
                            return ((), usage)
                        }
                        tally.count(\.answered)
                    } catch is BudgetError {
                        tally.count(\.refused)
                    } catch is CancellationError {
                        tally.count(\.cancelled)
                    } catch {
                        tally.count(\.failed)
                    }
                }
                if number % 17 == 0 {
                    group.addTask {
                        await Task.yield()
                        caller.cancel()
                    }
                }
                group.addTask { await caller.value }
            }
        }
        let counts = tally.now
        #expect(counts.answered + counts.refused + counts.failed + counts.cancelled == 200)
        #expect(counts.refused > 0)
        #expect(budget.report.total == counts.spent)
        #expect(budget.report.total.tokens <= 5_000)
        #expect(budget.report.total.requests <= 90)
        #expect(budget.reserved == .none)
    }

    @Test func letsWaitUntilRoomIsFree() async throws {
        let budget = Budget(limits: BudgetLimits(maxTokens: 150))
        let first = try await budget.reserve(Self.call)
        let second = Task { try await budget.reserve(Self.call) }
        try await Task.sleep(for: .milliseconds(20))
        #expect(budget.reserved.requests == 1)
        budget.settle(first, usage: Usage(inputTokens: 10, outputTokens: 20))
        let reservation = try await second.value
        budget.settle(reservation, usage: nil)
        #expect(budget.report.total.tokens == 140)
    }

    @Test func refusesTheWaitingWhenNothingIsUnderWayAnyMore() async throws {
        let budget = Budget(limits: BudgetLimits(maxTokens: 150))
        let first = try await budget.reserve(Self.call)
        let second = Task { try await budget.reserve(Self.call) }
        try await Task.sleep(for: .milliseconds(20))
        budget.settle(first, usage: Usage(inputTokens: 10, outputTokens: 100))
        let error = await #expect(throws: BudgetError.self) { try await second.value }
        #expect(error?.code == .tokens)
        #expect(error?.spent.tokens == 110)
    }

    @Test func wakesWhoeverWaitsWhenItsTaskIsCancelled() async throws {
        let budget = Budget(limits: BudgetLimits(maxRequests: 1))
        let first = try await budget.reserve(Self.call)
        let second = Task { try await budget.reserve(Self.call) }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        budget.release(first)
        budget.settle(try await budget.reserve(Self.call), usage: nil)
        #expect(budget.report.total.requests == 1)
    }

    @Test func goesOnWithAHigherLimit() async throws {
        let first = Budget(limits: BudgetLimits(maxRequests: 2))
        for _ in 0..<2 { try await first.spending(on: Self.call) { ((), Usage(inputTokens: 10, outputTokens: 1)) } }
        await #expect(throws: BudgetError.self) { try await first.spending(on: Self.call) { ((), nil) } }
        let second = Budget(limits: BudgetLimits(maxRequests: 3), earlier: first.report.total)
        try await second.spending(on: Self.call) { ((), Usage(inputTokens: 10, outputTokens: 1)) }
        await #expect(throws: BudgetError.self) { try await second.spending(on: Self.call) { ((), nil) } }
        #expect(second.report.total.requests == 3)
        #expect(second.report.now.requests == 1)
        #expect(second.report.byStep.map(\.name) == ["step"])
    }

    @Test func namesModelsOfUnknownPriceBeforeARun() {
        let uses = [
            ModelUse(step: "a", model: "mine", host: "localhost:8000"),
            ModelUse(step: "b", model: "gpt-4o", host: "api.openai.com"),
            ModelUse(step: "c", model: "mine", host: "localhost:8000"),
            ModelUse(step: "d", model: "in-process", host: nil),
            ModelUse(step: "e", model: "other", host: "https://example.org/v1"),
        ]
        #expect(BudgetLimits(maxTokens: 1).missingPrices(for: uses, in: .known) == nil)
        let error = BudgetLimits(maxCost: .zero).missingPrices(for: uses, in: .known)
        #expect(error?.code == .unknownPrice)
        let start =
            "a limit of cost cannot be kept, because no price is known of 'mine' at localhost:8000 (steps 'a', 'c'), "
        #expect(
            error?.message.hasPrefix(start + "'other' at https://example.org/v1 (step 'e'); state it in US dollars ")
                == true)
        #expect(error?.message.contains("`--prices FILE`") == true)
        #expect(BudgetLimits(maxCost: .zero).missingPrices(for: [uses[1], uses[3]], in: .known) == nil)
    }

    @Test func countsRequestsOfUnknownPriceWhenOnlyTokensAreLimited() async throws {
        let budget = Budget(limits: BudgetLimits(maxTokens: 1_000))
        var call = Self.call
        call.price = nil
        try await budget.spending(on: call) { ((), Usage(inputTokens: 10, outputTokens: 1)) }
        #expect(!budget.report.isComplete)
        #expect(budget.report.total.unpricedRequests == 1)
        let limited = Budget(limits: BudgetLimits(maxCost: Cost(dollars: 1)))
        let error = await #expect(throws: BudgetError.self) { try await limited.reserve(call) }
        #expect(error?.code == .unknownPrice)
    }
}
