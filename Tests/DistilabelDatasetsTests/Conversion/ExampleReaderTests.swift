import DistilabelValues
import Testing

@testable import DistilabelDatasets

/// A turn as the rows have it.
func turn(_ role: String, _ content: String) -> Value { ["role": .string(role), "content": .string(content)] }

/// What becomes of a row in each form, written out by hand after the pages of the forms.
struct ExampleReaderTests {
    private static let ask = turn("user", "2+2?")
    private static let system = turn("system", "Be brief.")

    /// Rows, the form, whether it is plain, and the values that must come of them.
    private static let made: [(row: Row, form: TrainingForm, isPlain: Bool, values: [[Value]])] = [
        // What FormatTextGenerationDPO leaves.
        (
            [
                "prompt": "2+2?", "chosen": [system, ask, turn("assistant", "4")],
                "rejected": [system, ask, turn("assistant", "5")],
            ],
            .trl, false, [[[system, ask], [turn("assistant", "4")], [turn("assistant", "5")]]]
        ),
        (
            [
                "prompt": "2+2?", "chosen": [system, ask, turn("assistant", "4")],
                "rejected": [system, ask, turn("assistant", "5")],
            ],
            .trl, true, [["Be brief.\n\n2+2?", "4", "5"]]
        ),
        // Several turns in common, and answers of several turns.
        (
            [
                "chosen": [ask, turn("assistant", "?"), ask, turn("assistant", "4"), ask, turn("assistant", "4!")],
                "rejected": [ask, turn("assistant", "?"), ask, turn("assistant", "5")],
            ], .trl, false,
            [
                [
                    [ask, turn("assistant", "?"), ask], [turn("assistant", "4"), ask, turn("assistant", "4!")],
                    [turn("assistant", "5")],
                ]
            ]
        ),
        // Texts, with a system prompt beside.
        (
            ["system_prompt": "Be brief.", "prompt": "2+2?", "chosen": "4", "rejected": "5"], .trl, false,
            [[[system, ask], [turn("assistant", "4")], [turn("assistant", "5")]]]
        ),
        // Explicit prompts.
        (
            ["prompt": [ask], "chosen": [turn("assistant", "4")], "rejected": [turn("assistant", "5")]], .trl, false,
            [[[ask], [turn("assistant", "4")], [turn("assistant", "5")]]]
        ),
        // Raw answers with ratings: the first best, the first worst, nulls left out.
        (
            [
                "instruction": "2+2?", "generations": ["3", "4", nil, "four", "5", "6"],
                "ratings": [2, 5, nil, 5, 1, 1],
            ], .kto, true,
            [["2+2?", "4", true], ["2+2?", "5", false]]
        ),
        (
            ["messages": [system, ask], "generations": ["4", "5"], "ratings": [1.5, 1]], .trl, false,
            [[[system, ask], [turn("assistant", "4")], [turn("assistant", "5")]]]
        ),
        // Verdicts stay what they are.
        (
            ["prompt": "2+2?", "completion": "5", "label": false], .kto, false,
            [[[ask], [turn("assistant", "5")], false]]
        ),
        // Conversations.
        (["messages": [ask, turn("assistant", "4")]], .messages, false, [[[ask, turn("assistant", "4")]]]),
        (["messages": [ask], "generation": "4"], .messages, false, [[[ask, turn("assistant", "4")]]]),
        (["messages": [system, ask, turn("assistant", "4")]], .messages, true, [["Be brief.\n\n2+2?", "4"]]),
        (
            ["instruction": "2+2?", "generation": "4", "input": "a topic"], .messages, false,
            [[[ask, turn("assistant", "4")]]]
        ),
        (
            ["instruction": "Add.", "input": "2+2", "output": "4"], .messages, false,
            [[[turn("user", "Add.\n\n2+2"), turn("assistant", "4")]]]
        ),
        (
            ["instruction": "2+2?", "generations": ["5", "4"], "ratings": [1, 2]], .messages, false,
            [[[ask, turn("assistant", "4")]]]
        ),
        (["prompt": "2+2?", "chosen": "4", "rejected": "5"], .messages, false, [[[ask, turn("assistant", "4")]]]),
        (["prompt": "2+2?", "completion": "4", "label": true], .messages, false, [[[ask, turn("assistant", "4")]]]),
        (
            ["conversations": [["from": "human", "value": "2+2?"], ["from": "gpt", "value": "4"]]], .messages, false,
            [[[ask, turn("assistant", "4")]]]
        ),
        // Alpaca.
        (["instruction": "Add.", "input": "2+2", "output": "4"], .alpaca, false, [["Add.", "2+2", "4"]]),
        (["instruction": "Add.", "output": "4"], .alpaca, false, [["Add.", "", "4"]]),
        (["instruction": "2+2?", "generation": "4", "input": "a topic"], .alpaca, false, [["2+2?", "", "4"]]),
        (["messages": [system, ask, turn("assistant", "4")]], .alpaca, false, [["Be brief.\n\n2+2?", "", "4"]]),
        // ShareGPT.
        (
            ["messages": [system, ask, turn("assistant", "4"), turn("tool", "ok"), turn("assistant", "5")]], .sharegpt,
            false,
            [
                [
                    [
                        ["from": "system", "value": "Be brief."], ["from": "human", "value": "2+2?"],
                        ["from": "gpt", "value": "4"], ["from": "tool", "value": "ok"], ["from": "gpt", "value": "5"],
                    ]
                ]
            ]
        ),
    ]

    @Test(arguments: made.indices)
    func rowsBecomeWhatTheFormSays(_ index: Int) throws {
        let example = Self.made[index]
        let conversion = try TrainingConversion(to: example.form, isPlain: example.isPlain)
        let rows = try conversion.rows(of: example.row)
        #expect(rows.map(\.values) == example.values)
        #expect(rows.allSatisfy { $0.columns.names == example.form.columns(isPlain: example.isPlain) })
    }

    private static let left: [(row: Row, form: TrainingForm, isPlain: Bool, reason: String)] = [
        (["chosen": nil, "rejected": nil, "instruction": "x"], .trl, false, "chosen or rejected is null"),
        (["prompt": "x", "chosen": "a", "rejected": "a"], .trl, false, "chosen and rejected are equal"),
        (["prompt": "x", "chosen": "a", "rejected": " \n"], .kto, false, "an answer is empty"),
        (["prompt": " ", "chosen": "a", "rejected": "b"], .trl, false, "the prompt is empty"),
        (["chosen": "a", "rejected": "b"], .trl, false, "there is no prompt"),
        (
            ["instruction": "x", "generations": ["a", "b"], "ratings": [3, 3]], .trl, false,
            "all ratings are equal, so no answer can be preferred"
        ),
        (
            ["instruction": "x", "generations": ["a", "b"], "ratings": [3, nil]], .trl, false,
            "a rating is missing, so no answer can be preferred"
        ),
        (
            ["instruction": "x", "generations": ["a"], "ratings": [3, 4]], .kto, false,
            "there are 1 generations and 2 ratings"
        ),
        (["instruction": "x", "generations": nil, "ratings": [3]], .trl, false, "generations or ratings are null"),
        (
            ["instruction": "x", "generation": "a"], .trl, false,
            "there is no pair: neither chosen and rejected nor generations and ratings"
        ),
        (
            ["chosen": [ask], "rejected": [ask, turn("assistant", "a")]], .trl, false,
            "one of chosen and rejected is the beginning of the other"
        ),
        (
            ["chosen": [turn("user", "a"), turn("assistant", "a")], "rejected": [ask, turn("assistant", "a")]], .trl,
            false,
            "chosen and rejected have no prompt in common"
        ),
        (
            [
                "chosen": [ask, turn("assistant", "?"), turn("user", "a")],
                "rejected": [ask, turn("assistant", "?"), turn("user", "b")],
            ],
            .trl, false, "chosen and rejected part before an answer"
        ),
        (
            ["chosen": [[:]], "rejected": "b"], .trl, false,
            "chosen and rejected are neither texts nor conversations of texts"
        ),
        (["messages": [ask], "generation": nil], .messages, false, "there is no prompt"),
        (["messages": [ask]], .messages, false, "there is no conversation, and no answer beside a prompt"),
        (["messages": "x"], .messages, false, "messages is no list of turns with a role and a text"),
        (["instruction": "x", "generation": nil], .messages, false, "an answer is null"),
        (["prompt": "x", "completion": "a", "label": false], .messages, false, "the label is false"),
        (["prompt": "x", "completion": "a", "label": 1], .kto, false, "label is neither true nor false"),
        (
            ["messages": [ask, turn("assistant", "a"), ask, turn("assistant", "b")]], .alpaca, false,
            "a conversation of several turns has no plain form"
        ),
        (
            ["messages": [ask, turn("assistant", "a"), ask, turn("assistant", "b")]], .messages, true,
            "a conversation of several turns has no plain form"
        ),
        (["instruction": nil, "output": "a"], .alpaca, false, "instruction or output is null"),
    ]

    @Test(arguments: left.indices)
    func rowsWithoutWhatTheFormNeedsAreLeftOut(_ index: Int) throws {
        let example = Self.left[index]
        let conversion = try TrainingConversion(to: example.form, isPlain: example.isPlain)
        #expect(throws: SkippedRow(example.reason)) { try conversion.rows(of: example.row) }
    }

    @Test func formsHaveTwoNames() {
        for form in TrainingForm.allCases {
            #expect(TrainingForm(name: form.rawValue) == form && TrainingForm(name: form.trainerName) == form)
            #expect(TrainingForm(columns: form.columns()) == form)
        }
        #expect(TrainingForm(name: "dpo") == nil && TrainingForm(columns: ["a"]) == nil)
    }

    @Test func plainFormsAreOnlyWhereThereAreSome() {
        #expect(throws: DatasetError.self) { try TrainingConversion(to: .alpaca, isPlain: true) }
        #expect(throws: DatasetError.self) { try TrainingConversion(to: .trl, keptColumns: ["prompt"]) }
    }
}
