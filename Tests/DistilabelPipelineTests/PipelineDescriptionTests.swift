import DistilabelModels
import DistilabelPipeline
import DistilabelTesting
import DistilabelValues
import Testing

struct PipelineDescriptionTests {
    private func description(step changes: Value.Object = [:], talk: Value.Object = [:]) -> PipelineDescription {
        let turn: Value.Object = ["name": "turn", "type_info": ["module": "m", "name": "Turn"]]
        let model: Value = ["name": "m", "concurrency": 3, "type_info": ["module": "m", "name": "ScriptedLLM"]]
        let ask: Value.Object = ["name": "talk", "llm": model, "type_info": ["module": "m", "name": "Talk"]]
        return PipelineDescription([
            "distilabel": ["version": "1.5.3"],
            "pipeline": [
                "name": "p",
                "steps": [
                    ["name": "load", "step": ["name": "load", "batch_size": 8, "type": "Source"]],
                    ["name": "turn", "step": .object(turn.merging(changes) { $1 })],
                    ["name": "talk", "step": .object(ask.merging(talk) { $1 })],
                ],
                "connections": [
                    ["from": "load", "to": ["turn", "talk"]], ["from": "turn", "to": []], ["from": "talk", "to": []],
                ],
            ],
        ])
    }

    @Test func readsWhatPythonWrites() throws {
        let pipeline = try description().pipeline(registry: registry)
        #expect(pipeline.members.map(\.name) == ["load", "turn", "talk"])
        #expect((pipeline.member(named: "load")?.step as? Source)?.batchSize == 8)
        #expect(((pipeline.member(named: "talk")?.step as? Talk)?.llm.model as? ScriptedLLM)?.concurrency == 3)
        #expect(pipeline.edges.count == 2)
    }

    @Test func comesBackAsItWasSaved() throws {
        let once = try PipelineDescription(description().pipeline(registry: registry))
        let twice = try PipelineDescription(once.pipeline(registry: registry))
        #expect(once.value == twice.value)
    }

    @Test func mergesTheParametersOfARun() throws {
        let pipeline = try description().pipeline(
            registry: registry,
            parameters: [
                "turn": ["level": "high"], "talk": ["llm": ["concurrency": 9], "num_generations": 2],
            ])
        #expect((pipeline.member(named: "turn")?.step as? Turn)?.level == .high)
        let talk = try #require(pipeline.member(named: "talk")?.step as? Talk)
        #expect((talk.llm.model as? ScriptedLLM)?.concurrency == 9)
        #expect((talk.llm.model as? ScriptedLLM)?.name == "m")
        #expect(talk.settings.numGenerations == 2)
    }

    /// Parameters that are wrong, as JSON, and what the message must say.
    static let mistakes: [(json: String, says: [String])] = [
        (#"{"turns": {"level": "high"}}"#, ["'turns'", "did you mean 'turn'"]),
        (#"{"turn": {"levle": "high"}}"#, ["step 'turn'", "levle", "level"]),
        (#"{"turn": {"level": "middle"}}"#, ["step 'turn'", "level", "low", "high"]),
        (#"{"turn": {"level": 3}}"#, ["step 'turn'", "level"]),
        (#"{"talk": {"llm": {"concurency": 9}}}"#, ["step 'talk'", "llm", "concurency", "concurrency"]),
        (#"{"talk": {"llm": null}}"#, ["step 'talk'", "llm"]),
        (#"{"talk": {"num_generations": "two"}}"#, ["step 'talk'", "num_generations", "two"]),
        (#"{"turn": {"input_batch_size": 0}}"#, ["step 'turn'", "at least 1"]),
        (#"{"turn": 7}"#, ["step 'turn'", "int"]),
    ]

    @Test(arguments: mistakes) func saysWhatIsWrongWithAParameterAndWhere(json: String, says: [String]) throws {
        let parameters = try #require(JSON.parse(json).objectValue)
        let error = #expect(throws: PipelineError.self) {
            try description().pipeline(registry: registry, parameters: parameters)
        }
        let text = error?.description ?? ""
        for part in says { #expect(text.contains(part), "\(text)") }
    }

    @Test func namesTheNearestComponent() {
        let error = #expect(throws: PipelineError.self) {
            try description(step: ["type_info": ["module": "m", "name": "Trun"]]).pipeline(registry: registry)
        }
        #expect(error?.description.contains("Turn") == true)
    }

    @Test func namesAllComponentsThatAreNotHereAtOnce() {
        var registry = registry
        registry.note(absent: "Paint", advice: "is not here; take Turn")
        registry.note(absent: "oLLM", advice: "is not here; take ScriptedLLM")
        let step: Value.Object = ["type_info": ["module": "distilabel.steps", "name": "Paint"]]
        let talk: Value.Object = ["llm": ["type_info": ["module": "distilabel.models", "name": "oLLM"]]]
        let error = #expect(throws: PipelineError.self) {
            try description(step: step, talk: talk).pipeline(registry: registry)
        }
        #expect(
            error?.diagnostics.map(\.description) == [
                "step 'turn': 'Paint' is not here; take Turn",
                "step 'talk': llm: 'oLLM' is not here; take ScriptedLLM",
            ])
    }

    @Test func readsAPipelineThatWasMadeForRay() throws {
        var description = description()
        description.value["pipeline"]?["type_info"] = ["module": "distilabel.pipeline.ray", "name": "RayPipeline"]
        let pipeline = try description.pipeline(registry: registry)
        #expect(try PipelineDescription(pipeline).value["pipeline"]?["type_info"]?["name"] == "Pipeline")
    }

    @Test func checksTheStepsThatCouldBeReadAllTheSame() {
        let error = #expect(throws: PipelineError.self) {
            try description(step: ["from": "nothing"], talk: ["type_info": ["name": "Tlak"]])
                .pipeline(registry: registry)
        }
        let text = error?.description ?? ""
        #expect(text.contains("Tlak"))
        #expect(text.contains("step 'turn'") && text.contains("'nothing'"))
    }

    @Test func saysNothingOfAPipelineOfWhichNothingCouldBeRead() {
        let error = #expect(throws: PipelineError.self) {
            try PipelineDescription(["pipeline": ["steps": [["name": "a", "step": ["type": "Nothing"]]]]])
                .pipeline(registry: registry)
        }
        #expect(error?.diagnostics.count == 1)
    }

    @Test func refusesKeysThatMeanNothing() {
        let error = #expect(throws: PipelineError.self) {
            try PipelineDescription(["pipeline": ["name": "p", "setps": [], "steps": []]]).pipeline(registry: registry)
        }
        #expect(error?.description.contains("`steps`") == true)
    }

    @Test(arguments: [nil, 3, "text", [], ["pipeline": 3], ["pipeline": [:]], ["pipeline": ["steps": 3]]] as [Value])
    func refusesWhatIsNoPipeline(value: Value) {
        #expect(throws: PipelineError.self) { try PipelineDescription(value).pipeline(registry: registry) }
    }

    @Test func writesNoSecret() throws {
        struct Keyed: Codable { var key: Secret? = "planted-key" }
        let value = try ValueEncoder(keyStyle: .snakeCase).encode(Keyed())
        #expect(value["key"] == .null)
        #expect(!"\(Keyed())".contains("planted-key"))
    }
}
