import DistilabelPipeline
import DistilabelValues
import Testing

struct PipelineChecksTests {
    @Test func findsNothingWrongWithAGoodGraph() {
        let found = complaints(
            [member("load", Source()), member("a", Turn()), member("b", Turn()), member("join", Join())],
            [("load", "a"), ("load", "b"), ("a", "join"), ("b", "join")])
        #expect(found.isEmpty)
    }

    @Test func namesTheStepsOfACycle() throws {
        let found = complaints(
            [member("load", Source()), member("a", Turn()), member("b", Turn())],
            [("load", "a"), ("a", "b"), ("b", "a")])
        #expect(found.count == 1)
        #expect(found[0].contains("circle"))
        #expect(found[0].contains("a → b → a") || found[0].contains("b → a → b"))
    }

    @Test func namesAColumnThatNobodyMakesAndTheNearest() throws {
        let found = complaints([member("load", Source(columns: ["topics"])), member("a", Turn())], [("load", "a")])
        #expect(found.count == 1)
        #expect(
            found[0].contains("step 'a'") && found[0].contains("'topic'") && found[0].contains("did you mean 'topics'"))
    }

    @Test func tellsAllThatIsWrongAtOnce() {
        let found = complaints(
            [
                member("load", Source(columns: ["x"])), member("a", Turn()), member("b", Turn()),
                member("c", Turn(), inputs: ["wrong": "x"]),
            ],
            [("load", "a"), ("load", "c")])
        #expect(found.contains { $0.contains("step 'b': nothing leads to it") })
        #expect(found.contains { $0.contains("step 'a'") && $0.contains("'topic'") })
        #expect(found.contains { $0.contains("step 'c'") && $0.contains("`input_mappings` names 'wrong'") })
    }

    @Test(arguments: [
        ([("load", "nowhere")], "'nowhere'"),
        ([("laod", "a")], "did you mean 'load'"),
    ]) func namesAConnectionToAStepThatIsNotThere(edges: [(String, String)], says: String) {
        let found = complaints([member("load", Source()), member("a", Turn())], edges)
        #expect(found.contains { $0.contains(says) })
    }

    @Test func refusesTwoStepsOfOneName() {
        let found = complaints([member("load", Source()), member("load", Source())], [])
        #expect(found.contains { $0.contains("two steps have this name") })
    }

    @Test(arguments: ["", "a b", "a.b", "ä"]) func refusesANameThatPythonWouldNotTake(name: String) {
        #expect(complaints([member(name, Source())], []).contains { $0.contains("letters, digits") })
    }

    @Test func refusesSeveralBranchesIntoAStepThatTakesOne() {
        let found = complaints(
            [member("load", Source()), member("a", Turn()), member("b", Turn()), member("c", Turn())],
            [("load", "a"), ("load", "b"), ("a", "c"), ("b", "c")])
        #expect(found.contains { $0.contains("step 'c'") && $0.contains("GroupColumns") })
    }

    @Test func refusesAConnectionIntoAGenerator() {
        let found = complaints([member("a", Source()), member("b", Source())], [("a", "b")])
        #expect(found.contains { $0.contains("step 'b'") && $0.contains("rows of its own") })
    }

    @Test func followsColumnsThroughMappings() {
        let good = complaints(
            [
                member("load", Source(columns: ["q"])),
                member("a", Turn(), inputs: ["topic": "q"], outputs: ["text": "t"]),
            ],
            [("load", "a")])
        #expect(good.isEmpty)
        let pipeline = Pipeline(
            name: "p",
            members: [
                member("load", Source(columns: ["q"])),
                member("a", Turn(), inputs: ["topic": "q"], outputs: ["text": "t"]),
            ], edges: [Pipeline.Edge(from: "load", to: "a")])
        #expect(pipeline.columnsByStep?["a"]?.names == ["q", "t"])
    }
}
