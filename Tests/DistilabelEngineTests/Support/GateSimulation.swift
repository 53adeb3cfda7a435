import DistilabelModels
import DistilabelTesting
import DistilabelValues
import Foundation

@testable import DistilabelEngine

/// A gate, some who ask and a server, in virtual time.
struct GateSimulation {
    /// What a server does with a request.
    struct Reaction {
        var latency: Duration
        var outcome: GateState.Outcome

        static func answer(after latency: Duration, tokens: Int = 10, limits: RateLimits? = nil) -> Reaction {
            Reaction(latency: latency, outcome: .answered(tokens: tokens, limits: limits))
        }
        static func failure(_ recovery: Recovery, after latency: Duration = .milliseconds(5)) -> Reaction {
            Reaction(latency: latency, outcome: .failed(recovery, limits: nil))
        }
    }

    /// What happened.
    struct Report {
        var answers = 0
        var failures = 0
        var refusals = 0
        var tries = 0
        var time: Duration = .zero
        var highestLimit = 0
        var peak = 0
        /// Of each answer and refusal, when it came.
        var answerTimes: [Duration] = []
        var refusalTimes: [Duration] = []
        /// When each try was sent.
        var tryTimes: [Duration] = []
        var error: GateError?

        func answers(from start: Duration) -> Int { answerTimes.filter { $0 >= start }.count }
        func refusals(from start: Duration) -> Int { refusalTimes.filter { $0 >= start }.count }
        func tries(in times: Range<Duration>) -> Int { tryTimes.filter(times.contains).count }
    }

    var endpoint: Endpoint
    var settings = GateSettings()
    /// How many requests there are.
    var requests: Int
    /// How many ask at once.
    var workers: Int
    /// When it ends at the latest.
    var limit = Duration.seconds(100_000)
    var seed: UInt64 = 1
    /// What each request is thought to take.
    var estimatedTokens = 10
    /// What becomes of a request whatever the server does, by its number; nil leaves it to the server.
    var exception: (_ ticket: Int) -> Reaction? = { _ in nil }
    let server: (_ now: Duration, _ underWay: Int, _ random: inout SeededRandom) -> Reaction

    /// A latency as models have it: log-normal, since it follows the length of answers.
    static func latency(median: Double, sigma: Double = 0.8, _ random: inout SeededRandom) -> Duration {
        let normal = (-2 * log(max(random.unit(), 1e-12))).squareRoot() * cos(2 * .pi * random.unit())
        return .seconds(median * exp(sigma * normal))
    }

    private struct Event {
        var time: Duration
        var number: Int
        var kind: Kind
        enum Kind {
            case wake
            case back(GateEntry, GateState.Outcome, began: Duration)
        }
    }

    func run() -> Report {
        var random = SeededRandom(seed: seed)
        var gate = GateState(endpoint: endpoint, settings: settings)
        var report = Report()
        var events = EventQueue()
        var now = Duration.zero
        var entries: [Int: GateEntry] = [:]
        var asked = 0
        var atServer = 0
        var nextWake: Duration?

        func start(_ ticket: Int) {
            guard let entry = entries[ticket] else { return }
            atServer += 1
            report.tries += 1
            report.peak = max(report.peak, atServer)
            report.tryTimes.append(now)
            let reaction = exception(ticket) ?? server(now, atServer, &random)
            events.push(now + reaction.latency, .back(entry, reaction.outcome, began: now))
        }
        func ask() {
            guard asked < requests else { return }
            asked += 1
            let entry = GateEntry(ticket: asked, tokens: estimatedTokens)
            entries[asked] = entry
            if gate.goesAtOnce(entry, now: now) { start(asked) } else { gate.enter(entry) }
        }
        func admit() {
            let (tickets, wake) = gate.admit(now: now)
            for ticket in tickets { start(ticket) }
            if let wake, nextWake.map({ wake < $0 }) ?? true {
                nextWake = max(wake, now + .milliseconds(1))
                events.push(nextWake ?? wake, .wake)
            }
        }
        for _ in 0..<workers { ask() }
        admit()
        while let event = events.pop(), event.time <= limit {
            now = event.time
            switch event.kind {
            case .wake:
                // One that an earlier one has overtaken.
                if event.time != nextWake { continue }
                nextWake = nil
            case .back(let entry, let outcome, let began):
                atServer -= 1
                if case .failed(.later, _) = outcome {
                    report.refusals += 1
                    report.refusalTimes.append(now)
                }
                var entry = entry
                let verdict = gate.leave(&entry, outcome, began: began, now: now, random: random.unit())
                if verdict == .again {
                    entries[entry.ticket] = entry
                } else {
                    if case .answered = outcome {
                        report.answers += 1
                        report.answerTimes.append(now)
                    } else {
                        report.failures += 1
                    }
                    entries[entry.ticket] = nil
                    if gate.dismissal == nil { ask() }
                }
                for ticket in gate.dismissed() {
                    entries[ticket] = nil
                    report.failures += 1
                }
            }
            admit()
            report.highestLimit = max(report.highestLimit, gate.limit.count)
        }
        report.time = now
        report.error = gate.error
        return report
    }

    /// Events by time, those of one time in order.
    private struct EventQueue {
        private var heap: [Event] = []
        private var count = 0

        mutating func push(_ time: Duration, _ kind: Event.Kind) {
            count += 1
            heap.append(Event(time: time, number: count, kind: kind))
            var index = heap.count - 1
            while index > 0, precedes(index, (index - 1) / 2) {
                heap.swapAt(index, (index - 1) / 2)
                index = (index - 1) / 2
            }
        }

        mutating func pop() -> Event? {
            guard let first = heap.first else { return nil }
            let last = heap.removeLast()
            if heap.isEmpty { return first }
            heap[0] = last
            var index = 0
            while true {
                var least = index
                for child in [2 * index + 1, 2 * index + 2] where child < heap.count && precedes(child, least) {
                    least = child
                }
                if least == index { return first }
                heap.swapAt(index, least)
                index = least
            }
        }

        private func precedes(_ left: Int, _ right: Int) -> Bool {
            (heap[left].time, heap[left].number) < (heap[right].time, heap[right].number)
        }
    }
}
