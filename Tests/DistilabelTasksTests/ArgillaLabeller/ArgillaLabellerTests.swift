import DistilabelModels
import DistilabelPipeline
import DistilabelTasks
import DistilabelTesting
import DistilabelValues
import Testing

struct ArgillaLabellerTests {
    private static func question(_ type: String, options: Value? = nil) -> Value {
        var settings: Value = ["type": .string(type)]
        if let options { settings["options"] = options }
        return ["name": "q", "title": "Which boat is it?", "description": "Look closely.", "settings": settings]
    }

    private static let labels = question(
        "label_selection",
        options: [
            ["value": "sail", "text": "Sailing boat", "description": "has a mast"], ["value": "row", "text": "row"],
        ])
    private static let rating = question("rating", options: [["value": 1], ["value": 2], ["value": 3]])
    private static let record: Row = [
        "record": [
            "id": "1", "fields": ["text": "A note.", "turns": [["role": "user", "content": "hi"]], "other": 3],
        ]
    ]

    private func task(_ question: Value?, fields: [Value]? = nil, examples: [Value]? = nil) -> ArgillaLabeller {
        ArgillaLabeller(
            llm: ScriptedLLM(name: "m") { _ in nil }, question: question, fields: fields, exampleRecords: examples,
            guidelines: "Mind the mast.")
    }

    @Test(
        arguments: [
            (labels, #"{"label": "sail"}"#, "sail"), (labels, #"{"label": "canoe"}"#, "canoe"),
            (rating, #"{"rating": 2}"#, 2),
            (question("multi_label_selection", options: [["value": "a"]]), #"{"labels": ["a", "b"]}"#, ["a", "b"]),
            (question("text"), #"{"text": "ünï\n"}"#, "ünï\n"),
        ] as [(Value, String, Value)]) func readsAnswers(question: Value, text: String, value: Value) throws
    {
        let columns = try task(question).parse(text, for: Self.record)
        #expect(
            columns == ["suggestion": ["value": value, "question_name": "q", "type": "model", "agent": "m"]])
    }

    @Test(
        arguments: [
            (labels, "sail"), (labels, #"{"label": 3}"#), (labels, #"{"labels": ["sail"]}"#), (labels, #"["sail"]"#),
            (rating, #"{"rating": 2.5}"#), (rating, #"{"rating": "2"}"#), (rating, #"{"rating": null}"#),
            (question("multi_label_selection", options: [["value": "a"]]), #"{"labels": ["a", 1]}"#),
            (question("text"), "{"),
        ] as [(Value, String)]) func anAnswerOfAnotherKindIsAFailure(question: Value, text: String)
    {
        #expect(throws: RowFailure.self) { try task(question).parse(text, for: Self.record) }
    }

    @Test func noAnswerIsNoSuggestion() throws {
        #expect(try task(Self.labels).parse(nil, for: Self.record) == ["suggestion": nil])
    }

    private func user(_ task: ArgillaLabeller, _ row: Row = record) throws -> String {
        try #require(try task.prompt(for: row).messages.last).text
    }

    @Test func showsEverythingThatAnAnnotatorSees() throws {
        let examples: [Value] = [
            ["fields": ["text": "Seen one."], "responses": ["q": [["value": "row"]]]],
            ["fields": ["text": "Guessed one."], "suggestions": ["q": ["value": "sail"]]],
            ["fields": ["text": "Nobody answered this."]],
        ]
        let text = try user(task(Self.labels, examples: examples))
        for words in [
            "Mind the mast.", "Which boat is it?", "Look closely.", "- sail (Sailing boat: has a mast)", "- row\n",
            "A note.",
            "user: hi", "other:\n3", "Seen one.", #"{"label":"row"}"#, "Guessed one.", #"{"label":"sail"}"#,
        ] { #expect(text.contains(words), "\(words)") }
        #expect(!text.contains("Nobody answered this."))
    }

    @Test func showsTheFieldsThatAreNamed() throws {
        let text = try user(task(Self.labels, fields: [["name": "text", "title": "The note"]]))
        #expect(text.contains("The note:\nA note."))
        #expect(!text.contains("other"))
    }

    @Test func whatARowSaysComesFirst() throws {
        var row = Self.record
        row["question"] = Self.rating
        row["guidelines"] = "Other guidelines."
        row["example_records"] = .some(.null)
        row["fields"] = .some(.null)
        let text = try user(task(Self.labels), row)
        #expect(text.contains("Scale:\n- 1\n- 2\n- 3") && text.contains("Other guidelines."))
        #expect(try task(nil).parse(#"{"rating": 3}"#, for: row)["suggestion"]?["value"] == 3)
    }

    @Test func asksForJSONOfTheQuestionsForm() throws {
        let prompt = try task(Self.rating).prompt(for: Self.record)
        #expect(
            prompt.structuredOutput?.schema == [
                "type": "object", "properties": ["rating": ["type": "integer", "enum": [1, 2, 3]]],
                "required": ["rating"], "additionalProperties": false,
            ])
        var model = ScriptedLLM { _ in nil }
        model.structuredOutput = .json(["type": "object"])
        let own = ArgillaLabeller(llm: model, question: Self.rating)
        #expect(try own.prompt(for: Self.record).structuredOutput == nil)
    }

    @Test(
        arguments: [
            question("span", options: [["value": "a"]]), question("ranking", options: [["value": "a"]]),
            question("rating"),
            ["title": "no name"], "text",
        ] as [Value]) func saysWhichQuestionsCannotBeAsked(question: Value)
    {
        #expect(task(question).problems().count == 1)
        #expect(throws: RowFailure.self) { try task(question).prompt(for: Self.record) }
    }

    @Test(arguments: [["record": "text"], ["record": ["id": "1"]], [:]] as [Row]) func wantsARecord(row: Row) {
        #expect(throws: RowFailure.self) { try task(Self.labels).prompt(for: row) }
    }

    @Test func wantsAQuestion() {
        #expect(task(nil).problems().isEmpty)
        #expect(throws: RowFailure.self) { try task(nil).prompt(for: Self.record) }
    }
}
