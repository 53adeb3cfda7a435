import DistilabelPipeline
import DistilabelSteps
import DistilabelValues
import Testing

struct FormattingStepsTests {
    /// The hashes are Python's `hashlib.sha256` of the prompts.
    @Test func dpoChoosesTheBestAndRejectsTheWorst() async throws {
        let rows = try await process(
            FormatTextGenerationDPO(),
            try row(
                #"{"instruction": "do 0", "generations": ["x", "y", "z"], "ratings": [2, 3, 0], "system_prompt": "Sys"}"#
            ))
        let made = try #require(rows.first)
        #expect(made["prompt"] == "do 0")
        #expect(made["prompt_id"] == "13cb2068bb31b6f19f06cd9fabb9e652443283def53ddec0c8ca1cbfdf12680c")
        let context: [Value] = [["role": "system", "content": "Sys"], ["role": "user", "content": "do 0"]]
        #expect(made["chosen"] == .array(context + [["role": "assistant", "content": "y"]]))
        #expect(made["rejected"] == .array(context + [["role": "assistant", "content": "z"]]))
        #expect(made["chosen_rating"] == 3)
        #expect(made["rejected_rating"] == 0)
        #expect(!made.columns.contains("chosen_model"))
    }

    @Test func dpoTakesTheFirstOfEquallyRatedAnswers() async throws {
        let rows = try await process(
            FormatTextGenerationDPO(),
            try row(
                #"{"instruction": "i", "generations": ["a", "b", "c", "d"], "ratings": [2.0, 4.0, 4.0, 2.0], "generation_models": ["m0", "m1", "m2", "m3"]}"#
            ))
        #expect(rows.first?["chosen_model"] == "m1")
        #expect(rows.first?["rejected_model"] == "m0")
    }

    @Test(arguments: [
        (#"{"instruction": "i", "generations": ["a", "b"], "ratings": [3, 3]}"#, "equal"),
        (#"{"instruction": "i", "generations": ["a"], "ratings": [3]}"#, "only one"),
        (#"{"instruction": "i", "generations": ["a", null], "ratings": [4, 1]}"#, "only one"),
        (#"{"instruction": "i", "generations": [null, null], "ratings": [4, 1]}"#, "all generations are null"),
        (#"{"instruction": 3, "generations": ["a", "b"], "ratings": [4, 1]}"#, "`instruction` is no text but int"),
        (#"{"generations": ["a", "b"], "ratings": [4, 1]}"#, "no column `instruction`"),
        (#"{"instruction": "i", "generations": ["a", "b"], "ratings": [null, 2]}"#, "missing"),
        (#"{"instruction": "i", "generations": ["a", "b"], "ratings": null}"#, "no list"),
        (#"{"instruction": "i", "generations": [], "ratings": []}"#, "no generations"),
        (#"{"instruction": "i", "generations": ["a"], "ratings": [1, 5]}"#, "2 ratings"),
    ]) func dpoMakesNoPairWhereThereIsNone(json: String, reason: String) async throws {
        let failure = await #expect(throws: RowFailure.self) {
            try await process(FormatTextGenerationDPO(), try row(json))
        }
        #expect(failure?.reason.contains(reason) == true)
        for column in ["chosen", "chosen_rating", "rejected", "rejected_rating"] {
            #expect(failure?.columns?[column] == .null)
        }
        #expect(failure?.columns?["chosen_model"] == nil, "the row names no models")
    }

    @Test func dpoNeverTakesAnAnswerThatIsNull() async throws {
        let rows = try await process(
            FormatTextGenerationDPO(),
            try row(#"{"instruction": "i", "generations": [null, "b", "c", null], "ratings": [5, 4, 2, null]}"#))
        #expect(rows.first?["chosen"]?.arrayValue?.last?["content"] == "b")
        #expect(rows.first?["rejected"]?.arrayValue?.last?["content"] == "c")
    }

    @Test func chatDPOKeepsTheConversation() async throws {
        let rows = try await process(
            FormatChatGenerationDPO(),
            try row(
                #"{"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "m"}, {"role": "user", "content": "again"}], "generations": ["a", "b"], "ratings": [1, 2]}"#
            ))
        #expect(rows.first?["prompt"] == "q")
        #expect(rows.first?["chosen"]?.arrayValue?.count == 4)
        #expect(rows.first?["chosen"]?.arrayValue?.last == ["role": "assistant", "content": "b"])
    }

    @Test func sftMakesAConversation() async throws {
        let rows = try await process(
            FormatTextGenerationSFT(), ["instruction": "", "generation": "g", "system_prompt": ""])
        #expect(rows.first?["prompt_id"] == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(
            rows.first?["messages"] == [["role": "user", "content": ""], ["role": "assistant", "content": "g"]])
    }

    @Test(arguments: [
        #"{"messages": [], "generation": "g"}"#, #"{"messages": null, "generation": "g"}"#,
        #"{"messages": [{"role": "assistant", "content": "no user"}], "generation": "g"}"#,
    ])
    func chatSFTWantsATurnOfTheUser(json: String) async throws {
        await #expect(throws: RowFailure.self) { try await process(FormatChatGenerationSFT(), try row(json)) }
    }
}

struct PrepareExamplesTests {
    /// The case `prepare-examples` of the recorded ones.
    @Test(arguments: [
        (
            #"{"query": ["q1", "q2 é"], "answers": ["[1]", "[{\"a\": 2}]"], "more": 1}"#,
            "Q: q1 | A: [1]\n\nQ: q2 é | A: [{\"a\": 2}]"
        ),
        (#"{"query": ["only"], "answers": ["x", "unpaired"]}"#, "Q: only | A: x"),
        (#"{"query": [], "answers": []}"#, ""),
    ]) func makesOneText(json: String, text: String) async throws {
        let made = try await process(PrepareExamples(template: "Q: {query} | A: {answers}"), try row(json))
        #expect(made == [["examples": .string(text)]])
    }

    @Test(arguments: ["{query", "{name}", "a } b"]) func saysWhatIsWrongWithTheTemplate(template: String) {
        #expect(PrepareExamples(template: template).problems().contains { $0.contains("`template`") })
        #expect(PrepareExamples(template: "{{{query}}} {answers}").problems().isEmpty)
    }
}

struct FormatPRMTests {
    @Test(arguments: [[], ["+"], ["+", "+"], ["good", "bad"]]) func wantsTwoTags(tags: [String]) {
        #expect(FormatPRM(tags: tags).problems().contains { $0.contains("`tags`") })
    }

    @Test func saysWhichStepHasNoTag() async throws {
        let failure = await #expect(throws: RowFailure.self) {
            try await process(FormatPRM(format: .trl), try row(#"{"instruction": "a", "solutions": ["x +", ""]}"#))
        }
        #expect(failure?.reason.contains("`solutions[1]`") == true)
    }
}
