import DistilabelModels
import DistilabelPipeline
import DistilabelTesting
import DistilabelValues
import Foundation
import Synchronization
import Testing

@testable import DistilabelEngine

/// Runs that go on where others ended.
struct ResumeTests {
    private let folder = NSTemporaryDirectory() + "resume-\(UUID().uuidString)"

    /// Counts what it is asked, and answers each question with its words and how often it was asked before.
    private final class Server: Sendable {
        private let asked = Mutex<[String: Int]>([:])
        var count: Int { asked.withLock { $0.values.reduce(0, +) } }

        func model(_ name: String = "m", answer: @escaping @Sendable (String, Int) async throws -> String)
            -> ScriptedLLM
        {
            ScriptedLLM(name: name) { request in
                let text = request.messages.last?.text ?? ""
                let earlier = self.asked.withLock { asked in
                    defer { asked[text, default: 0] += 1 }
                    return asked[text, default: 0]
                }
                return try await answer(text, earlier)
            }
        }
    }

    /// Makes the rows that it is given.
    private struct Given: GeneratorStep {
        var ids: [Int] = []
        static let defaults = Given()
        var outputs: [String] { ["id"] }
        func generate(in context: StepContext, emit: (Row) async throws -> Void) async throws {
            for id in ids { try await emit(["id": .int(id)]) }
        }
    }

    private func pipeline(
        _ ids: [Int], _ model: ScriptedLLM, then second: ScriptedLLM? = nil, settings: TaskSettings = TaskSettings()
    )
        throws -> Pipeline
    {
        try Pipeline("p") {
            if let second {
                Given(ids: ids).named("load") >>> Ask(model, settings: settings).named("ask")
                    >>> Ask(second).named("ask_again")
            } else {
                Given(ids: ids).named("load") >>> Ask(model, settings: settings).named("ask")
            }
        }
    }

    private func run(
        _ pipeline: Pipeline, mode: Journal.Mode = .resume, limits: BudgetLimits = .none,
        control: RunControl = RunControl(), strict: Bool = false
    ) async throws -> (rows: [Row], summary: RunSummary) {
        let journal = try Journal(folder: folder, mode: mode)
        defer { journal.close(state: .finished, summary: "{}") }
        let earlier = journal.totals.values.reduce(Spending.none) { $0 + Spending(requests: $1.calls) }
        let services = RunServices(
            journal: journal, budget: Budget(limits: limits, earlier: earlier), control: control)
        var options = RunOptions()
        options.isStrict = strict
        let sink = MemorySink()
        let run = PipelineRun(
            pipeline, options: options, resources: RunResources(environment: [:]), services: services)
        let summary = try await run.run { _ in sink }
        return (sink.rows, summary)
    }

    private func said(_ rows: [Row]) -> [String?] { rows.map { $0["said"]?.stringValue } }

    @Test func asksNothingTwice() async throws {
        let server = Server()
        let pipeline = try pipeline([1, 2, 3], server.model { text, earlier in "\(text)/\(earlier)" })
        let first = try await run(pipeline)
        let second = try await run(pipeline)
        #expect(server.count == 3)
        #expect(first.rows == second.rows)
        #expect(second.summary.recalled == 3 && second.summary.calls == 3 && first.summary.recalled == 0)
    }

    @Test(arguments: [[1, 2, 3, 4], [4, 1, 2, 3], [1, 4, 2, 3]])
    func asksOnceForARowThatWasAdded(_ ids: [Int]) async throws {
        let server = Server()
        let model = server.model { text, _ in "said \(text)" }
        _ = try await run(try pipeline([1, 2, 3], model, then: model))
        #expect(server.count == 6)
        let rows = try await run(try pipeline(ids, model, then: model)).rows
        #expect(server.count == 8)
        #expect(said(rows) == ids.map { "said \($0)" })
    }

    @Test func asksNothingOfTheStepsBeforeOneThatWasAppended() async throws {
        let before = Server()
        let after = Server()
        let model = before.model { text, _ in text }
        _ = try await run(try pipeline([1, 2, 3], model))
        _ = try await run(try pipeline([1, 2, 3], model, then: after.model { text, _ in text }))
        #expect(before.count == 3)
        #expect(after.count == 3)
    }

    @Test func givesEqualRowsAnswersOfTheirOwnAndTheSameOnesAgain() async throws {
        let server = Server()
        let pipeline = try pipeline([7, 7, 7, 8], server.model { text, earlier in "\(text)/\(earlier)" })
        let first = try await run(pipeline)
        #expect(Set(said(first.rows)).count == 4)
        #expect(try await said(run(pipeline).rows) == said(first.rows))
        #expect(try await said(run(pipeline, mode: .replay).rows) == said(first.rows))
        #expect(server.count == 4)
        // One more of the same wants one more answer.
        let more = try await run(
            try self.pipeline([7, 7, 7, 7, 8], server.model { text, earlier in "\(text)/\(earlier)" }))
        #expect(Set(said(more.rows)).count == 5)
        #expect(server.count == 5)
    }

    @Test func neverGivesOneAnswerToTwoOfManyEqualRows() async throws {
        let server = Server()
        let model = server.model { text, earlier in "\(text)/\(earlier)" }
        _ = try await run(try pipeline(Array(repeating: 7, count: 50), model))
        let rows = try await run(try pipeline(Array(repeating: 7, count: 400), model)).rows
        #expect(Set(said(rows)).count == 400)
        #expect(server.count == 400)
    }

    @Test func asksAgainWhenAPromptIsEdited() async throws {
        let server = Server()
        _ = try await run(try pipeline([1, 2], server.model { text, _ in text }))
        _ = try await run(try pipeline([1, 3], server.model { text, _ in text }))
        #expect(server.count == 3)
        // Another model is another question.
        _ = try await run(try pipeline([1, 3], server.model("other") { text, _ in text }))
        #expect(server.count == 5)
    }

    @Test func retriesOnlyWhatFailed() async throws {
        let server = Server()
        let pipeline = try pipeline(
            [1, 2, 3, 4],
            server.model { text, earlier in
                if text == "2", earlier == 0 { return "gibberish" }
                if text == "3", earlier == 0 { throw LanguageModelError(code: .invalidRequest, message: "no") }
                return text
            })
        let first = try await run(pipeline)
        #expect(said(first.rows) == ["1", nil, nil, "4"])
        #expect(first.summary.failedRows == 2)
        let second = try await run(pipeline)
        #expect(second.rows == first.rows && server.count == 4)
        let third = try await run(pipeline, mode: .retryFailed)
        #expect(said(third.rows) == ["1", "2", "3", "4"])
        #expect(server.count == 6)
        #expect(try await run(pipeline).rows == third.rows)
        #expect(server.count == 6)
    }

    @Test func endsAReplayThatLacksAnAnswer() async throws {
        let server = Server()
        _ = try await run(try pipeline([1, 2], server.model { text, _ in text }))
        await #expect {
            try await run(try pipeline([1, 2, 3], server.model { text, _ in text }), mode: .replay)
        } throws: {
            (($0 as? StepError)?.cause as? JournalError)?.code == .missing
        }
        #expect(server.count == 2)
    }

    @Test func aStopWaitsForCallsUnderWayAndKeepsTheirAnswers() async throws {
        let server = Server()
        let control = RunControl()
        let slow = server.model { text, _ in
            if server.count == 64 { control.stop(RunStop(.asked)) }
            try await Task.sleep(for: .milliseconds(20))
            return text
        }
        let ids = Array(0..<300)
        await #expect { try await run(try pipeline(ids, slow), control: control) } throws: { $0 is RunStop }
        let asked = server.count
        #expect(asked >= 64 && asked < 300)
        let rows = try await run(try pipeline(ids, server.model { text, _ in text })).rows
        #expect(said(rows) == ids.map { "\($0)" })
        #expect(server.count == 300)
    }

    @Test func aBudgetEndsTheRunAndAHigherOneGoesOn() async throws {
        let server = Server()
        let pipeline = try pipeline(Array(0..<50), server.model { text, _ in text })
        await #expect { try await run(pipeline, limits: BudgetLimits(maxRequests: 20)) } throws: { error in
            guard case .budget(let cause)? = (error as? RunStop)?.reason else { return false }
            return cause.code == .requests
        }
        #expect(server.count == 20)
        await #expect(throws: RunStop.self) { try await run(pipeline, limits: BudgetLimits(maxRequests: 20)) }
        #expect(server.count == 20)
        #expect(try await run(pipeline, limits: BudgetLimits(maxRequests: 50)).rows.count == 50)
        #expect(server.count == 50)
    }

    @Test func whatIsWrongForAllRowsStopsTheRunAndKeepsWhatCame() async throws {
        let server = Server()
        let pipeline = try pipeline(
            Array(0..<200),
            server.model { text, _ in
                if text == "100", server.count < 200 {
                    throw LanguageModelError(code: .unauthorized, message: "refused")
                }
                try await Task.sleep(for: .milliseconds(2))
                return text
            })
        await #expect { try await run(pipeline) } throws: { error in
            guard let stop = error as? RunStop, case .endpoint = stop.reason else { return false }
            return stop.step == "ask"
        }
        let before = server.count
        let rows = try await run(try self.pipeline(Array(0..<200), server.model { text, _ in text })).rows
        #expect(rows.count == 200)
        // All but the refused one were kept.
        #expect(server.count == 201, "\(before)")
    }

    @Test(arguments: OnFailure.allCases)
    func aTaskSaysWhatBecomesOfAFailedRow(_ onFailure: OnFailure) async throws {
        var settings = TaskSettings()
        settings.onFailure = onFailure
        let model = Server().model { text, _ in text == "2" ? "gibberish" : text }
        let pipeline = try pipeline([1, 2, 3], model, settings: settings)
        switch onFailure {
        case .null: #expect(try await said(run(pipeline).rows) == ["1", nil, "3"])
        case .drop:
            let (rows, summary) = try await run(pipeline)
            #expect(said(rows) == ["1", "3"])
            #expect(summary.failedRows == 1)
        case .fail:
            await #expect { try await run(pipeline) } throws: {
                if case .failedRow? = ($0 as? RunStop)?.reason { true } else { false }
            }
        }
    }

    @Test func strictMakesAnyFailureTheRuns() async throws {
        let model = Server().model { text, _ in text == "2" ? "gibberish" : text }
        await #expect { try await run(try pipeline([1, 2, 3], model), strict: true) } throws: {
            if case .failedRow? = ($0 as? RunStop)?.reason { true } else { false }
        }
    }

    @Test(arguments: [true, false])
    func countsSamplesOfARowApart(_ makesSeveral: Bool) async throws {
        let server = Server()
        var settings = TaskSettings()
        settings.numGenerations = 3
        settings.groupGenerations = true
        var model = server.model { text, earlier in "\(text)/\(earlier)" }
        model.makesSeveral = makesSeveral
        let pipeline = try pipeline([5, 5], model, settings: settings)
        let rows = try await run(pipeline).rows
        let all = rows.flatMap { $0["said"]?.arrayValue ?? [] }.compactMap(\.stringValue)
        #expect(Set(all).count == 6)
        #expect(try await run(pipeline).rows == rows)
    }
}
