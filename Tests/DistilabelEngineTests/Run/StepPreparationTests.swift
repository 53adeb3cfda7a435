import DistilabelModels
import DistilabelPipeline
import DistilabelTesting
import DistilabelValues
import Synchronization
import Testing

@testable import DistilabelEngine

/// Writes to a service that is the run's environment: what a step sees of it before a run, and in a trial.
private struct WriteAway: BatchStep {
    static let defaults = WriteAway()
    var inputs: [InputColumn] { ["number"] }
    var outputs: [String] { [] }

    func problems(in environment: [String: String]) -> [String] {
        environment["SERVICE"] == nil ? ["there is no service: set SERVICE"] : []
    }

    func prepare(in context: StepContext) async throws {
        if context.environment["SERVICE"] == "away" { throw RowFailure("nobody listens") }
    }

    func process(_ rows: [Row], in context: StepContext) async throws -> [Row] {
        rows.map { row in
            var row = row
            row["written"] = .bool(!context.isTrial)
            row["name"] = .string(context.inputMappings["number"] ?? "")
            if row["number"] == 1 { row.noteFailure(RowFailure("one is no good"), of: context.stepName, outputs: []) }
            return row
        }
    }
}

@Suite(.timeLimit(.minutes(5)))
struct StepPreparationTests {
    private func run(
        _ environment: [String: String], isTrial: Bool = false
    ) async throws -> (rows: [Row], summary: RunSummary, calls: Int) {
        let calls = Mutex(0)
        let model = ScriptedLLM { request in
            calls.withLock { $0 += 1 }
            return request.messages.last?.text
        }
        let pipeline = try Pipeline("write") {
            Count(rows: 3) >>> Ask(model).named("ask")
                >>> WriteAway().named("write", inputMappings: ["number": "id"], inputBatchSize: 2)
        }
        var options = RunOptions()
        options.isTrial = isTrial
        let sink = MemorySink()
        do {
            let summary = try await PipelineRun(
                pipeline, options: options, resources: RunResources(environment: environment)
            ).run { _ in sink }
            return (sink.rows, summary, calls.withLock { $0 })
        } catch {
            #expect(calls.withLock { $0 } == 0)
            throw error
        }
    }

    @Test func whatAStepMissesEndsARunBeforeIt() async throws {
        let missing = await #expect(throws: PipelineError.self) { _ = try await run([:]) }
        #expect(missing?.diagnostics.map(\.description) == ["step 'write': there is no service: set SERVICE"])
        let away = await #expect(throws: StepError.self) { _ = try await run(["SERVICE": "away"]) }
        #expect(away?.description == "step 'write': nobody listens")
    }

    @Test func aBatchStepMayFailOnOneRow() async throws {
        let result = try await run(["SERVICE": "here"])
        #expect(result.rows.map { $0.failure(of: "write") } == [nil, "one is no good", nil])
        #expect(result.summary.steps.first { $0.name == "write" }?.failedRows == 1)
        #expect(result.rows.map { $0["written"] } == [true, true, true])
        #expect(result.rows.map { $0["name"] } == ["id", "id", "id"])
    }

    @Test func aTrialSaysSo() async throws {
        let result = try await run(["SERVICE": "here"], isTrial: true)
        #expect(result.rows.map { $0["written"] } == [false, false, false])
    }
}
