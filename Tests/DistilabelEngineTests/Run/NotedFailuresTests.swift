import DistilabelPipeline
import DistilabelValues
import Testing

@testable import DistilabelEngine

/// Rows on which a step that sees several of them notes a failure itself.
struct NotedFailuresTests {
    private struct All: GlobalStep {
        static let defaults = All()
        var inputs: [InputColumn] { ["id"] }
        var outputs: [String] { ["made"] }
        func process(_ rows: [Row], in context: StepContext) async throws -> [Row] { noted(rows, context) }
    }

    private struct Some: BatchStep {
        static let defaults = Some()
        var inputs: [InputColumn] { ["id"] }
        var outputs: [String] { ["made"] }
        func process(_ rows: [Row], in context: StepContext) async throws -> [Row] { noted(rows, context) }
    }

    @Test(arguments: [true, false]) func areCounted(isGlobal: Bool) async throws {
        let pipeline = try Pipeline("p") {
            if isGlobal {
                Count(rows: 4).named("load") >>> All().named("step")
            } else {
                Count(rows: 4).named("load") >>> Some().named("step")
            }
        }
        let (rows, summary) = try await run(pipeline)
        #expect(rows["step"]?.count == 4)
        #expect(summary.steps.first { $0.name == "step" }?.failures == ["one": 1])
    }
}

extension NotedFailuresTests {
    /// Rows that an earlier run of the same steps has failed on.
    private struct Failed: GeneratorStep {
        static let defaults = Failed()
        var outputs: [String] { ["id", "made"] }
        func generate(in context: StepContext, emit: (Row) async throws -> Void) async throws {
            for id in [1, 2, 3] {
                var row: Row = ["id": .int(id)]
                row.noteFailure(RowFailure(id == 3 ? "earlier" : "one"), of: "step", outputs: ["made"])
                try await emit(row)
            }
        }
    }

    @Test func thoseThatRowsCameWithAreNotCountedAgain() async throws {
        let pipeline = try Pipeline("p") { Failed().named("load") >>> All().named("step") }
        let summary = try await run(pipeline).summary
        // Row 1 fails again and was counted then.
        #expect(summary.steps.first { $0.name == "step" }?.failures == [:])
    }
}

private func noted(_ rows: [Row], _ context: StepContext) -> [Row] {
    rows.map { row in
        var row = row
        if row["id"] == 1 { row.noteFailure(RowFailure("one"), of: context.stepName, outputs: ["made"]) }
        return row
    }
}
