import DistilabelModels
import DistilabelPipeline
import DistilabelTasks
import DistilabelTesting
import DistilabelValues
import Testing

struct UltraFeedbackTests {
    private let row: Row = ["instruction": "Explain tides.", "generations": ["a", "b"]]
    private func task(_ aspect: UltraFeedback.Aspect = .overallRating, json: Bool = false) -> UltraFeedback {
        UltraFeedback(
            llm: ScriptedLLM.defaults, aspect: aspect, settings: TaskSettings(useDefaultStructuredOutput: json))
    }

    /// Answers, and what Python's distilabel 1.5.3 read in them.
    static let answers: [(said: String, ratings: String, rationales: String)] = [
        ("Rating: 4\nRationale: Right.\n\nRating: 2\nRationale: Thin.", "[4, 2]", #"["Right.", "Thin."]"#),
        ("#### Text A\nRating: 5\nRationale: a\n\n#### Text B\nRating: 1\nRationale: b", "[5, 1]", #"["a", "b"]"#),
        ("Rating: 4/5\nRationale: a\n\nRating: 3.5\nRationale: b", "[4, 3]", #"["a", "b"]"#),
        ("Rating: N/A\nRationale: a\n\nRating: None\nRationale: b", "[null, null]", #"["a", "b"]"#),
        ("Here:\n\nRating: 3\nRationale: a\n\nRating: 4\nRationale: b", "[null, 3, 4]", #"[null, "a", "b"]"#),
        ("Rating: 5\nRationale: a\n\nmore\n\nRating: 2\nRationale: b", "[5, null, 2]", #"["a", null, "b"]"#),
        ("rating: 4\nrationale: a", "[null]", "[null]"),
        (
            "Rating: 4\r\nRationale: a\r\n\r\nRating: 2\r\nRationale: b", "[4]",
            #"["a\r\n\r\nRating: 2\r\nRationale: b"]"#
        ),
        ("", "[null]", "[null]"),
        ("Rating: \u{FF14}\nRationale: a\n\nRating: \u{0663}\nRationale: b", "[4, 3]", #"["a", "b"]"#),
        (
            "Rating: 1\nRationale: a\n\n\nRating: 2\nRationale: b\n\n\n\nRating: 3\nRationale: c", "[1, 2, null, 3]",
            #"["a", "b", null, "c"]"#
        ),
        ("Rating: 10\nRationale: a\n\nRating: -2\nRationale: b", "[10, 2]", #"["a", "b"]"#),
    ]

    @Test(arguments: answers) func readsWhatPythonReads(said: String, ratings: String, rationales: String) throws {
        let read = try task().parse(said, for: row)
        #expect(read["ratings"] == (try JSON.parse(ratings)))
        #expect(read["rationales"] == (try JSON.parse(rationales)))
    }

    @Test(arguments: ["three", "v2", "N/A.", "-"]) func failsOnARatingWithoutANumber(rating: String) {
        #expect(throws: RowFailure.self) { try task().parse("Rating: \(rating)\nRationale: a", for: row) }
    }

    @Test func givesNullsForEachAnswerWhenNothingWasSaid() throws {
        #expect(try task().parse(nil, for: row)["ratings"] == [.null, .null])
    }

    @Test func readsTypesAndTwoRationales() throws {
        let said = "Type: 1\nRationale: t\nRating: 4\nRationale: r\n\nType: None\nRationale: u\nRating: 2\nRationale: s"
        let read = try task(.helpfulness).parse(said, for: row)
        #expect(
            read == [
                "types": [1, .null], "rationales": ["t", "u"], "ratings": [4, 2], "rationales-for-ratings": ["r", "s"],
            ])
    }

    @Test func readsJSON() throws {
        let read = try task(json: true).parse(#"{"rationales": ["x", "y"], "ratings": [1, 5]}"#, for: row)
        #expect(read == ["ratings": [1, 5], "rationales": ["x", "y"]])
        let types = try task(.truthfulness, json: true).parse(
            #"{"types": [1, null], "ratings": [4, 2], "rationales": ["a", "b"], "rationales_for_rating": ["c", "d"]}"#,
            for: row)
        #expect(types["rationales-for-ratings"] == ["c", "d"])
    }

    @Test(arguments: [
        "not json", "[]", #"{"ratings": [4, 2]}"#, #"{"ratings": ["four", 2], "rationales": ["a", "b"]}"#,
        "{\"ratings\": [4",
    ])
    func failsOnJSONOfAnotherForm(said: String) {
        #expect(throws: RowFailure.self) { try task(json: true).parse(said, for: row) }
    }

    @Test(arguments: UltraFeedback.Aspect.allCases) func showsTheInstructionAndEveryAnswer(aspect: UltraFeedback.Aspect)
        throws
    {
        let text = try task(aspect).prompt(for: row).messages.map(\.text).joined()
        for part in ["Explain tides.", "<text 1>\na\n", "<text 2>\nb\n", "Rating:", "Rationale:"] {
            #expect(text.contains(part))
        }
        #expect(text.contains("Type:") == (aspect == .helpfulness || aspect == .truthfulness))
    }

    @Test func fixesTheNumberOfRatingsInTheForm() throws {
        let schema = try #require(task(json: true).prompt(for: row).structuredOutput?.schema)
        #expect(schema["properties"]?["ratings"]?["minItems"] == 2)
        #expect(schema["properties"]?["ratings"]?["maxItems"] == 2)
    }

    /// No answer whatever may bring the parser down.
    @Test(arguments: 0..<200) func survivesAnyAnswer(seed: Int) {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
        let parts = [
            "Rating: ", "Rationale: ", "Type: ", "\n", "\n\n", "4", "99999999999999999999", "None", "\r", "é", "{",
            "\u{0}", " ",
        ]
        var said = ""
        for _ in 0..<40 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            said += parts[Int(state >> 33) % parts.count]
        }
        for aspect in UltraFeedback.Aspect.allCases {
            let read = try? task(aspect).parse(said, for: row)
            #expect(read == nil || Set(read?.values.map { $0.arrayValue?.count } ?? []).count == 1)
        }
    }
}
