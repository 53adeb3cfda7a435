import DistilabelModels
import Testing

@testable import DistilabelEngine

/// The parts of a gate by themselves.
struct GatePartsTests {
    @Test func aBucketLetsItsRateThroughAndALittleAtOnce() {
        var bucket = TokenBucket(rate: 10, burstSeconds: 0.5, now: .zero)
        for _ in 0..<5 {
            let delay = bucket.delay(for: 1, now: .zero)
            #expect(delay == nil)
            bucket.take(1)
        }
        let delay = bucket.delay(for: 1, now: .zero) ?? .zero
        #expect(abs(delay / .seconds(1) - 0.1) < 1e-6)
    }

    @Test func aBucketLetsMoreThanItHoldsThroughWhenItIsFull() {
        var bucket = TokenBucket(rate: 10, burstSeconds: 1, now: .zero)
        let first = bucket.delay(for: 1000, now: .zero)
        #expect(first == nil)
        bucket.take(1000)
        // 990 below, and 1 more.
        let next = bucket.delay(for: 1, now: .zero) ?? .zero
        #expect(abs(next / .seconds(1) - 99.1) < 1e-6)
    }

    @Test(arguments: [0.0, -5, 1e-300])
    func aBucketWithoutARateHasAWaitThatIsFinite(_ rate: Double) {
        var bucket = TokenBucket(rate: rate, burstSeconds: 1, now: .zero)
        bucket.take(1)
        let delay = bucket.delay(for: 1, now: .zero) ?? .zero
        #expect(delay > .seconds(1) && delay < .seconds(10_000))
    }

    @Test func delayedRequestsComeToTheHeadOfTheLineInTheOrderOfTheirTimes() {
        var queue = GateQueue()
        queue.append(GateEntry(ticket: 9, tokens: 1))
        for (ticket, time) in [(1, 5), (2, 3), (3, 8), (4, 1)] {
            var entry = GateEntry(ticket: ticket, tokens: 1)
            entry.notBefore = .seconds(time)
            queue.delay(entry)
        }
        #expect(queue.nextTime == .seconds(1))
        let wasThere = queue.remove(2)
        #expect(wasThere)
        queue.advance(to: .seconds(1))
        #expect(queue.first?.ticket == 4 && queue.nextTime == .seconds(5))
        queue.advance(to: .seconds(6))
        #expect(queue.first?.ticket == 1)
        let left = queue.removeAll()
        #expect(left == [1, 4, 9, 3] && queue.isEmpty)
    }

    @Test func theRateOfACycleIsWhatWasLetInOverItsTime() {
        var learned = LearnedRate(now: .zero)
        for index in 0..<100 { learned.sent(isFirst: false, now: .milliseconds(index)) }
        for _ in 0..<40 { learned.refused(now: .seconds(1)) }
        learned.resumed(afterRefusal: true, now: .seconds(30))
        #expect(learned.rate == 2)
    }

    @Test func aPaceThatHoldsNobodyBackDoesNotGrow() {
        func rate(binds: Bool) -> Double? {
            var learned = LearnedRate(now: .zero)
            for _ in 0..<100 { learned.sent(isFirst: false, now: .zero) }
            learned.resumed(afterRefusal: true, now: .seconds(10))
            for second in 10..<100 {
                if binds { learned.binds() }
                learned.sent(isFirst: false, now: .seconds(second))
            }
            return learned.rate
        }
        #expect(rate(binds: false) == 10)
        #expect(rate(binds: true) ?? 0 > 11)
    }

    @Test func refusalsOfRequestsThatWereUnderWayTogetherCutTheLimitOnce() {
        var limit = ConcurrencyLimit(initial: 64, maximum: 64, overloadFactor: 2.5)
        for underWay in (1...64).reversed() {
            limit.refused(began: .zero, now: .seconds(1), underWay: underWay, isPaced: false)
        }
        // Those of before the cut are not news.
        #expect(limit.count == 32)
    }

    @Test func theLimitFollowsAMaximumThatIsRaised() {
        var gate = GateState(endpoint: Endpoint(id: "e", name: "n", model: "m", concurrency: 2))
        func admitted() -> Int { gate.admit(now: .zero).tickets.count }
        for ticket in 1...10 { gate.enter(GateEntry(ticket: ticket, tokens: 1)) }
        #expect(admitted() == 2)
        gate.raiseMaximum(by: 3)
        #expect(admitted() == 3)
    }

    @Test func anOldRequestIsNotTakenForTheOneThatLooksWhetherTheEndpointIsThere() {
        var hold = Hold(settings: GateSettings())
        _ = hold.cannotReach(1, now: .zero, random: 0)
        hold.begins(2, now: .seconds(1))
        // Another one that had been under way all the time fails as well.
        _ = hold.cannotReach(3, now: .seconds(2), random: 0)
        #expect(hold.opening(now: .seconds(3)) == .closed)
        #expect(hold.isProbe(2))
    }

    @Test func aLateAnswerThatNothingWasLeftHoldsNobodyForWhatIsOver() {
        var gate = GateState(endpoint: Endpoint(id: "e", name: "n", model: "m", concurrency: 2))
        var entry = GateEntry(ticket: 1, tokens: 1)
        let first = gate.goesAtOnce(entry, now: .zero)
        #expect(first)
        let limits = RateLimits(requests: .init(remaining: 0, reset: .seconds(10)))
        _ = gate.leave(&entry, .answered(tokens: 1, limits: limits), began: .zero, now: .seconds(20), random: 0)
        let next = gate.goesAtOnce(GateEntry(ticket: 2, tokens: 1), now: .seconds(20))
        #expect(next)
    }

    @Test func aRefusalThatComesLateHoldsNobody() {
        var hold = Hold(settings: GateSettings())
        hold.refuse(1, delay: nil, began: .zero, now: .seconds(1), random: 0)
        hold.begins(2, now: .seconds(3))
        let isOver = hold.isOver(now: .seconds(6))
        #expect(isOver)
        hold.finish(now: .seconds(6))
        hold.refuse(3, delay: nil, began: .zero, now: .seconds(7), random: 0)
        #expect(!hold.isOn)
        hold.refuse(4, delay: nil, began: .seconds(6), now: .seconds(7), random: 0)
        #expect(hold.isOn)
    }

    @Test func whoIsRefusedAgainWaitsLongerThanAsked() {
        var hold = Hold(settings: GateSettings())
        var now = Duration.zero
        hold.refuse(1, delay: .zero, began: now, now: now, random: 0)
        #expect(hold.opening(now: now) == .open)
        var waits: [Duration] = []
        for _ in 0..<12 {
            now = max(now, hold.end)
            hold.begins(1, now: now)
            hold.refuse(1, delay: .zero, began: now, now: now, random: 0)
            waits.append(hold.end - now)
        }
        #expect(waits[0] >= .milliseconds(500) && zip(waits, waits.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(waits.last == .seconds(15))
    }
}
