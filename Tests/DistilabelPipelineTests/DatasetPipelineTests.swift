import DistilabelPipeline
import Testing

/// Pipelines that are given their rows.
struct DatasetPipelineTests {
    @Test func stepsAtItsBeginningMayReadAnyColumn() throws {
        let pipeline = try Pipeline("p") { Turn(from: "whatever", to: "text") >>> Turn(from: "text", to: "more") }
        #expect(pipeline.diagnostics().count == 2)
        #expect(pipeline.diagnostics(awaitsDataset: true).isEmpty)
    }

    @Test func whatItMakesItselfIsChecked() {
        #expect(throws: PipelineError.self) {
            try Pipeline("p") { Source() >>> Turn(from: "whatever", to: "text") }
        }
    }
}
