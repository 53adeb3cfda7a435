import DistilabelModels
import Synchronization
import Testing

@testable import DistilabelEngine

/// The gate with tasks and clocks.
struct GateTests {
    /// A value that tasks share.
    private final class Shared<Content: Sendable>: Sendable {
        private let mutex: Mutex<Content>
        init(_ content: Content) { mutex = Mutex(content) }
        func withLock<Result: Sendable>(_ body: (inout Content) -> Result) -> Result { mutex.withLock { body(&$0) } }
    }

    private static let answer = GenerationResponse(generations: [Generation(text: "a")])

    private static func error(_ recovery: Recovery) -> LanguageModelError {
        LanguageModelError(code: .serverFailure, message: "it broke", recovery: recovery)
    }

    private func endpoint(_ id: String = "e", concurrency: Int = 8, isRemote: Bool = true) -> Endpoint {
        Endpoint(
            id: id, name: "the model", model: "m", concurrency: concurrency, maximumRetries: 3, isRemote: isRemote)
    }

    private var quick: GateSettings {
        var settings = GateSettings()
        settings.baseDelay = .milliseconds(2)
        settings.probeDelay = .milliseconds(2)
        settings.maximumProbeDelay = .milliseconds(10)
        return settings
    }

    /// Waits until something holds, for at most ten seconds.
    private func until(_ condition: () -> Bool) async throws {
        for _ in 0..<2_000 where !condition() { try await Task.sleep(for: .milliseconds(5)) }
        #expect(condition())
    }

    @Test func anEndpointHasOneGateWhoseMaximumGrowsWithItsSteps() async throws {
        let gates = Gates()
        let first = gates.gate(for: endpoint(concurrency: 3))
        let second = gates.gate(for: endpoint(concurrency: 4))
        let other = gates.gate(for: endpoint("f"))
        #expect(first === second && first !== other)
        #expect(first.status.limit == 7)
        #expect(Set(gates.status.keys) == ["e", "f"])
    }

    private struct Counts: Sendable {
        var now = 0
        var most = 0
        var all = 0
    }

    @Test func neverLetsMoreThroughThanTheLimit() async throws {
        let gate = Gate(endpoint(concurrency: 5), settings: GateSettings())
        let counts = Shared(Counts())
        try await withThrowingTaskGroup { group in
            for _ in 0..<300 {
                group.addTask {
                    _ = try await gate.perform(estimatedTokens: 1) {
                        counts.withLock {
                            $0.now += 1
                            $0.all += 1
                            $0.most = max($0.most, $0.now)
                        }
                        try await Task.sleep(for: .milliseconds(1))
                        counts.withLock { $0.now -= 1 }
                        return Self.answer
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(counts.withLock { $0.most } == 5)
        #expect(counts.withLock { $0.all } == 300)
        #expect(gate.status.underWay == 0 && gate.status.waiting == 0)
    }

    @Test(arguments: [Recovery.again, .later(nil), .later(.milliseconds(5)), .whenReachable])
    func triesAgainUntilThereIsAnAnswer(_ recovery: Recovery) async throws {
        let gate = Gate(endpoint(), settings: quick)
        let tries = Shared(0)
        let response = try await gate.perform(estimatedTokens: 1) {
            if tries.withLock({
                $0 += 1
                return $0
            }) < 4 {
                throw Self.error(recovery)
            }
            return Self.answer
        }
        #expect(response == Self.answer && tries.withLock { $0 } == 4)
        #expect(gate.status.tries == 4 && gate.status.retries == (recovery == .again ? 3 : 0))
    }

    @Test func handsOnWhatAnotherTryWouldNotMend() async throws {
        let gate = Gate(endpoint(), settings: quick)
        let tries = Shared(0)
        await #expect(throws: LanguageModelError.self) {
            try await gate.perform(estimatedTokens: 1) { () -> GenerationResponse in
                tries.withLock { $0 += 1 }
                var error = Self.error(.again)
                error.isForAllRows = true
                throw error
            }
        }
        #expect(tries.withLock { $0 } == 1)
    }

    @Test func aModelInThisProcessPassesThrough() async throws {
        let gate = Gate(endpoint(concurrency: 1, isRemote: false), settings: quick)
        let underWay = Shared(0)
        try await withThrowingTaskGroup { group in
            for _ in 0..<3 {
                group.addTask {
                    _ = try await gate.perform(estimatedTokens: 1) {
                        underWay.withLock { $0 += 1 }
                        while underWay.withLock({ $0 }) < 3 { try await Task.sleep(for: .milliseconds(1)) }
                        return Self.answer
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(gate.status.tries == 0)
    }

    /// A gate that lets one through at a time: the first ends when it is told to, the second waits for it.
    private func oneUnderWayAndOneWaiting() async throws -> (
        gate: Gate, isDone: Shared<Bool>, first: Task<GenerationResponse, any Error>,
        second: Task<GenerationResponse, any Error>
    ) {
        let gate = Gate(endpoint(concurrency: 1), settings: quick)
        let isDone = Shared(false)
        let first = Task {
            try await gate.perform(estimatedTokens: 1) {
                while !isDone.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
                return Self.answer
            }
        }
        try await until { gate.status.underWay == 1 }
        let second = Task { try await gate.perform(estimatedTokens: 1) { Self.answer } }
        try await until { gate.status.waiting == 1 }
        return (gate, isDone, first, second)
    }

    @Test func aRequestThatIsCancelledLeavesTheQueueAtOnce() async throws {
        let (gate, isDone, first, second) = try await oneUnderWayAndOneWaiting()
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        #expect(gate.status.waiting == 0 && gate.status.underWay == 1)
        isDone.withLock { $0 = true }
        _ = try await first.value
    }

    @Test func aRequestThatIsCancelledBetweenTwoTriesIsNotTriedAgain() async throws {
        var settings = quick
        settings.baseDelay = .seconds(1000)
        settings.maximumDelay = .seconds(1000)
        let gate = Gate(endpoint(), settings: settings)
        let task = Task {
            try await gate.perform(estimatedTokens: 1) { () -> GenerationResponse in throw Self.error(.later(nil)) }
        }
        try await until { gate.status.waiting == 1 }
        #expect(gate.status.pausedFor ?? .zero > .seconds(400))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(gate.status.tries == 1 && gate.status.waiting == 0)
    }

    @Test func drainingLetsThoseUnderWayEndAndNobodyElseBegin() async throws {
        let (gate, isDone, first, second) = try await oneUnderWayAndOneWaiting()
        gate.drain()
        await #expect { try await second.value } throws: { ($0 as? GateError)?.code == .draining }
        await #expect { try await gate.perform(estimatedTokens: 1) { Self.answer } } throws: {
            ($0 as? GateError)?.code == .draining
        }
        isDone.withLock { $0 = true }
        #expect(try await first.value == Self.answer)
    }

    @Test func aTryThatFailsWhileDrainingIsNoFailureOfItsRow() async throws {
        let gate = Gate(endpoint(), settings: quick)
        await #expect {
            try await gate.perform(estimatedTokens: 1) { () -> GenerationResponse in
                gate.drain()
                throw Self.error(.again)
            }
        } throws: { ($0 as? GateError)?.code == .draining }
    }

    @Test func allWhoWaitLearnThatNobodyIsThereAndWhy() async throws {
        var settings = quick
        settings.giveUpAfter = .milliseconds(100)
        let gate = Gate(endpoint(), settings: settings)
        let errors = await withTaskGroup(of: GateError?.self, returning: [GateError?].self) { group in
            for _ in 0..<50 {
                group.addTask {
                    do {
                        _ = try await gate.perform(estimatedTokens: 1) { () -> GenerationResponse in
                            throw Self.error(.whenReachable)
                        }
                        return nil
                    } catch { return error as? GateError }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(errors.count == 50 && errors.allSatisfy { $0?.code == .unreachable })
        #expect(errors.allSatisfy { $0?.message.contains("it broke") ?? false && $0?.cause is LanguageModelError })
    }

    @Test func noRequestIsLostUnderFaultsAndCancellations() async throws {
        let gate = Gate(endpoint(concurrency: 16), settings: quick)
        let calls = Shared(0)
        let outcomes = await withTaskGroup(of: Int.self, returning: [Int: Int].self) { group in
            for index in 0..<2_000 {
                group.addTask {
                    let task = Task {
                        try await gate.perform(estimatedTokens: 1) {
                            let call = calls.withLock {
                                $0 += 1
                                return $0
                            }
                            await Task.yield()
                            switch call % 50 {
                            case 7: throw Self.error(.again)
                            case 21: throw Self.error(.whenReachable)
                            default: return Self.answer
                            }
                        }
                    }
                    if index % 10 == 3 { task.cancel() }
                    do { _ = try await task.value } catch is CancellationError { return 1 } catch { return 2 }
                    return 0
                }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(outcomes[2] == nil)
        #expect((outcomes[1] ?? 0) <= 200 && (outcomes[0] ?? 0) + (outcomes[1] ?? 0) == 2_000)
        #expect(gate.status.underWay == 0 && gate.status.waiting == 0)
    }
}
