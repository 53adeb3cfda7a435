import DistilabelPipeline
import Testing

struct PipelineBuilderTests {
    @Test func connectsWhatStandsInAChain() throws {
        let load = Source().named("load")
        let pipeline = try Pipeline("p") {
            load >>> [Turn().named("a"), Turn().named("b")] >>> Join().named("join")
        }
        #expect(pipeline.members.map(\.name) == ["load", "a", "b", "join"])
        #expect(
            pipeline.edges.map { "\($0.from)>\($0.to)" } == ["load>a", "load>b", "a>join", "b>join"])
        #expect(pipeline.leaves.map(\.name) == ["join"])
    }

    @Test func namesStepsLikePythonDoes() throws {
        let pipeline = try Pipeline("p") { Source() >>> Turn() >>> Turn(from: "text", to: "more") }
        #expect(pipeline.members.map(\.name) == ["source_0", "turn_0", "turn_1"])
    }

    @Test func takesLoopsAndConditions() throws {
        let load = Source().named("load")
        let more = true
        let pipeline = try Pipeline("p") {
            for name in ["a", "b"] { load >>> Turn().named(name) }
            if more { load >>> Turn().named("c") }
        }
        #expect(pipeline.successors(of: "load") == ["a", "b", "c"])
    }

    @Test func throwsAllThatIsWrong() {
        #expect(throws: PipelineError.self) { try Pipeline("p") { Source(columns: ["x"]) >>> Turn() } }
    }
}
