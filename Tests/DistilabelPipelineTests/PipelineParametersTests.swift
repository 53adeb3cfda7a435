import DistilabelModels
import DistilabelPipeline
import DistilabelTesting
import DistilabelValues
import Testing

struct PipelineParametersTests {
    /// A step that no registry knows.
    private struct Unknown: RowStep {
        var count = 1
        static let defaults = Unknown()
        var inputs: [InputColumn] { [] }
        var outputs: [String] { [] }
        func process(_ row: Row, in context: StepContext) async throws -> [Row] { [row] }
    }

    private func pipeline() throws -> Pipeline {
        let talk = Talk(llm: LLM(ScriptedLLM(name: "own", text: { _ in "closure" })))
        return try Pipeline("p") { Source().named("load") >>> Unknown().named("unknown") >>> talk.named("talk") }
    }

    private func answer(of pipeline: Pipeline) async throws -> String? {
        let talk = try #require(pipeline.member(named: "talk")?.step as? Talk)
        let model = try await talk.llm.model.load(RunResources(environment: [:]))
        return try await model.generate(GenerationRequest(messages: [.user("echo")])).generations.first?.text
    }

    @Test func changesStepsOfTypesThatAreNotRegistered() throws {
        let changed = try pipeline().applying(["unknown": ["count": 7]], registry: ComponentRegistry())
        #expect((changed.member(named: "unknown")?.step as? Unknown)?.count == 7)
    }

    @Test func leavesTheModelAloneThatIsNotNamed() async throws {
        let changed = try pipeline()
            .applying(["talk": ["tone": "calm", "input_batch_size": 3]], registry: ComponentRegistry())
        #expect((changed.member(named: "talk")?.step as? Talk)?.tone == "calm")
        #expect(changed.member(named: "talk")?.options.inputBatchSize == 3)
        #expect(try await answer(of: changed) == "closure")
    }

    @Test func changesTheModelThatIsNamed() throws {
        let changed = try pipeline().applying(["talk": ["llm": ["concurrency": 2]]], registry: ComponentRegistry())
        let talk = try #require(changed.member(named: "talk")?.step as? Talk)
        #expect((talk.llm.model as? ScriptedLLM)?.concurrency == 2)
        #expect(talk.llm.model.modelName == "own")
    }

    /// A step that cannot be written down.
    private struct Closure: RowStep {
        struct Refusal: Error {}
        static let defaults = Closure()
        var inputs: [InputColumn] { [] }
        var outputs: [String] { [] }
        init() {}
        init(from decoder: any Decoder) throws { throw Refusal() }
        func encode(to encoder: any Encoder) throws { throw Refusal() }
        func process(_ row: Row, in context: StepContext) async throws -> [Row] { [row] }
    }

    @Test func aStepThatCannotBeEncodedStillTakesWhatEveryStepHas() throws {
        let pipeline = try Pipeline("p") { Source().named("load") >>> Closure().named("code") }
        let changed = try pipeline.applying(["code": ["resources": ["replicas": 4]]], registry: ComponentRegistry())
        #expect(changed.member(named: "code")?.options.resources.replicas == 4)
        #expect(throws: (any Error).self) { try PipelineDescription(pipeline) }
        let shown = try PipelineDescription(pipeline, placeholders: true).value
        #expect(shown["pipeline"]?["steps"]?.arrayValue?.last?["step"]?["type_info"]?["name"] == "Closure")
    }

    /// Parameters, as JSON, and what the message must say.
    static let mistakes: [(json: String, says: [String])] = [
        (#"{"tlak": {"tone": "x"}}"#, ["'tlak'", "did you mean 'talk'"]),
        (#"{"zzzzzz": {"tone": "x"}}"#, ["'zzzzzz'", "load, unknown, talk"]),
        (#"{"unknown": {"cuont": 2}}"#, ["step 'unknown'", "cuont", "did you mean 'count'"]),
        (#"{"unknown": {"count": "two"}}"#, ["step 'unknown'", "count", "two"]),
        (#"{"talk": {"llm": {"concurency": 2}}}"#, ["step 'talk'", "llm", "did you mean 'concurrency'"]),
        (#"{"unknown": {"input_batch_size": 0}}"#, ["step 'unknown'", "at least 1"]),
        (#"{"unknown": 3}"#, ["step 'unknown'", "int"]),
    ]

    @Test(arguments: mistakes) func namesWhatIsWrong(json: String, says: [String]) throws {
        let parameters = try #require(JSON.parse(json).objectValue)
        let error = #expect(throws: PipelineError.self) {
            try pipeline().applying(parameters, registry: ComponentRegistry())
        }
        for part in says { #expect(error?.description.contains(part) == true, "\(error?.description ?? "")") }
    }

    @Test func saysEverythingThatIsWrongAtOnce() throws {
        let error = #expect(throws: PipelineError.self) {
            try pipeline().applying(
                ["unknown": ["count": "x"], "talk": ["tones": "x"], "nobody": [:]], registry: ComponentRegistry())
        }
        #expect(error?.diagnostics.count == 3)
    }

    @Test func anotherTypeReplacesTheModelAndAllItsParameters() throws {
        struct Other: LanguageModel {
            var size = 1
            var structuredOutput: StructuredOutput?
            var modelName: String { "other" }
            static let defaults = Other()
            func load(_ resources: RunResources) async throws -> any LoadedLanguageModel {
                try await ScriptedLLM.defaults.load(resources)
            }
        }
        var registry = ComponentRegistry()
        registry.register(Other.self)
        let changed = try pipeline().applying(["talk": ["llm": ["type": "Other", "size": 4]]], registry: registry)
        #expect(((changed.member(named: "talk")?.step as? Talk)?.llm.model as? Other)?.size == 4)
    }
}
