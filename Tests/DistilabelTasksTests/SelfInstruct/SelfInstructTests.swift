import DistilabelModels
import DistilabelPipeline
import DistilabelTasks
import DistilabelTesting
import DistilabelValues
import Testing

struct SelfInstructTests {
    private func task(json: Bool = false) -> SelfInstruct {
        SelfInstruct(
            llm: ScriptedLLM.defaults, numInstructions: 3, applicationDescription: "a tutor",
            settings: TaskSettings(useDefaultStructuredOutput: json))
    }

    @Test func asksForSoManyInstructionsAboutTheTopic() throws {
        let text = try task().prompt(for: ["input": "prime numbers"]).messages[0].text
        for part in ["3", "prime numbers", "a tutor"] { #expect(text.contains(part)) }
    }

    /// Answers, and what Python's distilabel 1.5.3 read in them.
    @Test(arguments: [
        ("What is a keel?\nName a knot.", #"["What is a keel?", "Name a knot."]"#),
        ("1. First\n\n2. Second\n", #"["1. First", "2. Second"]"#),
        ("", "[]"),
    ]) func takesTheLinesThatAreNotEmpty(said: String, expected: String) throws {
        #expect(try task().parse(said, for: [:])["instructions"] == (try JSON.parse(expected)))
    }

    @Test func givesNoInstructionsWhenNothingWasSaid() throws {
        #expect(try task().parse(nil, for: [:])["instructions"] == [])
    }

    @Test func readsJSON() throws {
        #expect(try task(json: true).parse(#"{"instructions": ["a", "b"]}"#, for: [:])["instructions"] == ["a", "b"])
        #expect(try task(json: true).parse(#"{"instructions": ["a", "", null, 3]}"#, for: [:])["instructions"] == ["a"])
        #expect(throws: RowFailure.self) { try task(json: true).parse(#"{"other": 1}"#, for: [:]) }
    }

    @Test func fixesTheNumberOfInstructionsInTheForm() {
        let list = task(json: true).defaultStructuredOutput?.schema["properties"]?["instructions"]
        #expect(list?["minItems"] == 3)
        #expect(list?["maxItems"] == 3)
    }
}
