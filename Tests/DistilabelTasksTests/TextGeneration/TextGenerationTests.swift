import DistilabelModels
import DistilabelPipeline
import DistilabelTasks
import DistilabelTesting
import DistilabelValues
import Testing

struct TextGenerationTests {
    @Test func asksTheInstructionBehindTheSystemPrompt() throws {
        let task = TextGeneration(llm: ScriptedLLM.defaults, systemPrompt: "Be brief.")
        #expect(try task.prompt(for: ["instruction": "Why?"]).messages == [.system("Be brief."), .user("Why?")])
    }

    @Test func takesTheRowsOwnSystemPromptFirst() throws {
        let task = TextGeneration(llm: ScriptedLLM.defaults, systemPrompt: "Be brief.")
        let row: Row = ["instruction": "Why?", "system_prompt": "Be long."]
        #expect(try task.prompt(for: row).messages.first == .system("Be long."))
    }

    @Test func fillsATemplate() throws {
        let task = TextGeneration(
            llm: ScriptedLLM.defaults, template: "{{ a | upper }} and {% for x in b %}{{ x }}{% endfor %}",
            columns: ["a", "b"])
        #expect(task.problems().isEmpty)
        #expect(try task.prompt(for: ["a": "one", "b": [1, 2]]).messages == [.user("ONE and 12")])
        #expect(task.inputs.map(\.name) == ["a", "b", "system_prompt"])
    }

    /// Jinja prints other values as Python does.
    @Test(
        arguments: [(true, "True"), (nil, "None"), (3, "3"), (2.5, "2.5"), (["a", 1], "['a', 1]")] as [(Value, String)])
    func printsAColumnThatIsNoText(value: Value, text: String) throws {
        let task = TextGeneration(llm: ScriptedLLM.defaults, template: "{{ a }}", columns: ["a"])
        #expect(try task.prompt(for: ["a": value]).messages == [.user(text)])
    }

    @Test func seesOnlyItsOwnColumns() throws {
        let task = TextGeneration(llm: ScriptedLLM.defaults, template: "{{ b }}", columns: ["a"])
        #expect(try task.prompt(for: ["a": "x", "b": "secret"]).messages == [.user("")])
    }

    @Test(arguments: [("{{ a", "cannot be read"), ("{{ b }}", "'a'"), ("{{ a | nofilter }}", "nofilter")])
    func saysWhatIsWrongWithATemplate(template: String, says: String) {
        let problems = TextGeneration(llm: ScriptedLLM.defaults, template: template, columns: ["a"]).problems()
        #expect(problems.contains { $0.contains(says) }, "\(problems)")
    }

    @Test(
        arguments: [
            ["instruction": 3], ["instruction": nil], ["instruction": [["role": "user", "content": "x"]]], [:],
        ] as [Row])
    func failsOnAnInstructionThatIsNoText(row: Row) {
        #expect(throws: RowFailure.self) { try TextGeneration(llm: ScriptedLLM.defaults).prompt(for: row) }
    }

    @Test func readsOneColumnOrAList() throws {
        for json in [#"{"columns": "q", "template": "{{ q }}"}"#, #"{"columns": ["q"], "template": "{{ q }}"}"#] {
            var object = try #require(try JSON.parse(json).objectValue)
            var registry = ComponentRegistry()
            registry.register(ScriptedLLM.self)
            object["llm"] = ["type": "ScriptedLLM"]
            #expect(try ComponentCoding.decode(TextGeneration.self, from: object, registry: registry).columns == ["q"])
        }
    }
}
