import DistilabelPipeline
import DistilabelValues
import Testing

/// Sends every batch to the first so many steps.
private struct FirstSteps: RoutingFunction {
    var count = 1
    static let defaults = FirstSteps()
    static let componentName = "first_steps"
    func steps(for batch: RoutedBatch, of steps: [String]) throws -> [String] { Array(steps.prefix(count)) }
    func problems(successors: Int) -> [String] { count > successors ? ["`count` is \(count)"] : [] }
}

struct RoutingTests {
    private func pipeline(_ count: Int) throws -> Pipeline {
        try Pipeline("p") {
            Source().named("load") >>> FirstSteps(count: count) >>> [Turn().named("a"), Turn().named("b")]
                >>> Join().named("join")
        }
    }

    @Test func standsBetweenAStepAndThoseItLeadsTo() throws {
        let pipeline = try pipeline(1)
        #expect(pipeline.edges.map { "\($0.from)>\($0.to)" } == ["load>a", "load>b", "a>join", "b>join"])
        #expect(pipeline.routing.keys.sorted() == ["load"])
        #expect(pipeline.convergences == ["join": ["load"]])
    }

    @Test func meetsNowhereBehindAStepThatJoined() throws {
        let pipeline = try Pipeline("p") {
            Source().named("load") >>> FirstSteps() >>> [Turn().named("a"), Turn().named("b")] >>> Join().named("join")
                >>> [Turn(from: "texts", to: "text").named("c"), Turn(from: "texts", to: "text").named("d")]
                >>> Join().named("again")
        }
        #expect(pipeline.convergences.keys.sorted() == ["join"])
    }

    @Test func refusesWhatItCannotDo() {
        #expect { try pipeline(3) } throws: {
            "\($0)".contains("step 'load': routing function 'first_steps': `count` is 3")
        }
        #expect {
            try Pipeline("p") { Source().named("load") >>> FirstSteps() >>> Turn().named("a") }
        } throws: {
            "\($0)".contains("chooses among one step")
        }
    }

    @Test func isWrittenAsPythonWritesItAndReadAgain() throws {
        var registry = registry
        registry.register(FirstSteps.self)
        let description = try PipelineDescription(pipeline(2))
        let entry = description.value["pipeline"]?["routing_batch_functions"]?.arrayValue?.first
        #expect(entry?["step"] == "load")
        #expect(entry?["type_info"]?["name"] == "first_steps")
        #expect(entry?["type_info"]?["kwargs"] == ["count": 2])
        let again = try description.pipeline(registry: registry)
        #expect((again.routing["load"] as? FirstSteps)?.count == 2)
        #expect(try PipelineDescription(again).value == description.value)
    }

    @Test func namesAFunctionThatIsNotThere() throws {
        var value = try PipelineDescription(pipeline(2)).value
        value["pipeline"]?["routing_batch_functions"] = [["step": "load", "type_info": ["name": "second_steps"]]]
        #expect { try PipelineDescription(value).pipeline(registry: registry) } throws: {
            "\($0)".contains("step 'load'") && "\($0)".contains("'second_steps'")
        }
    }

    @Test func aClosureCannotBeWritten() throws {
        let pipeline = try Pipeline("p") {
            Source().named("load") >>> RoutingClosure { _, steps in steps } >>> [Turn().named("a"), Turn().named("b")]
        }
        #expect(throws: ValueCodingError.self) { try PipelineDescription(pipeline) }
        #expect(throws: Never.self) { try PipelineDescription(pipeline, placeholders: true) }
    }
}
