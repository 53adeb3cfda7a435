import DistilabelValues
import Testing

@testable import DistilabelDatasets

struct DatasetValidatorTests {
    private static let ask = turn("user", "2+2?")
    private static let four = turn("assistant", "4")
    private static let five = turn("assistant", "5")

    /// Rows, the form, and what must be found, as `error: rows message` or `warning: …`; nothing for valid rows.
    private static let cases: [(rows: [Row], form: TrainingForm, findings: [String])] = [
        // Pairs.
        ([["prompt": [ask], "chosen": [four], "rejected": [five]]], .trl, []),
        ([["prompt": "2+2?", "chosen": "4", "rejected": "5"]], .trl, []),
        ([["chosen": [ask, four], "rejected": [ask, five]]], .trl, []),
        ([["chosen": "2+2? 4", "rejected": "2+2? 5"]], .trl, []),
        (
            [["chosen": "4", "rejected": "5"]], .trl,
            ["error: [1] there is no prompt: 'chosen' and 'rejected' begin differently"]
        ),
        (
            [["chosen": [ask, four], "rejected": [turn("user", "x"), five]]], .trl,
            ["error: [1] there is no prompt: 'chosen' and 'rejected' begin differently"]
        ),
        (
            [["prompt": "2+2?", "chosen": [ask, four], "rejected": [ask, five]]], .trl,
            ["error: [1] 'prompt' is a string beside conversations; convert to trl, or take the column away"]
        ),
        (
            [["prompt": [ask], "chosen": [ask, four], "rejected": [five]]], .trl,
            ["error: [1] 'chosen' begins with a turn of the user"]
        ),
        (
            [["prompt": "x", "chosen": "a", "rejected": "b"], ["prompt": "x", "chosen": "a", "rejected": "a"]], .trl,
            ["error: [2] 'chosen' and 'rejected' are equal"]
        ),
        ([["prompt": "x", "chosen": "a", "rejected": nil]], .trl, ["error: [1] 'rejected' is null"]),
        (
            [["prompt": "x", "chosen": nil, "rejected": nil], ["prompt": "x", "chosen": nil, "rejected": nil]], .trl,
            ["error: [1, 2] 'chosen' and 'rejected' are null", "warning: [2] the row repeats an earlier one"]
        ),
        ([["prompt": "", "chosen": "a", "rejected": "b"]], .trl, ["error: [1] 'prompt' is empty"]),
        ([["prompt": nil, "chosen": "a", "rejected": "b"]], .trl, ["error: [1] 'prompt' is no text"]),
        (
            [["prompt": [four], "chosen": [four], "rejected": [five]]], .trl,
            [
                "error: [1] 'prompt' begins with an answer"
            ]
        ),
        (
            [
                ["prompt": "x", "chosen": "a", "rejected": "b"],
                ["prompt": [ask], "chosen": [four], "rejected": [five]],
            ], .trl,
            ["error: [2] the row has conversations, the first one texts"]
        ),
        (
            [
                ["prompt": "x", "chosen": "a", "rejected": "b"], ["prompt": "y", "chosen": "a", "rejected": "b"],
                ["prompt": "x", "chosen": "a", "rejected": "b"],
            ],
            .trl, ["warning: [3] the row repeats an earlier one"]
        ),
        (
            [["prompt": "x", "chosen": "a"]], .trl,
            ["error: [] there is no column 'rejected'; the form 'trl-dpo' needs it, and the columns are prompt, chosen"]
        ),
        // Conversations.
        ([["messages": [turn("system", "s"), ask, four, ask, five]]], .messages, []),
        (
            [["messages": [ask, turn("system", "s"), four]]], .messages,
            ["error: [1] 'messages' has a system turn that is not the first"]
        ),
        (
            [["messages": [ask, ask, four]]], .messages,
            ["error: [1] 'messages' has turns of user and assistant that do not alternate"]
        ),
        ([["messages": [four, ask, four]]], .messages, ["error: [1] 'messages' begins with an answer"]),
        ([["messages": [ask, four, ask]]], .messages, ["error: [1] 'messages' does not end with an answer"]),
        ([["messages": [ask, turn("assistant", " ")]]], .messages, ["error: [1] 'messages' has an empty turn"]),
        ([["messages": [ask, turn("asistant", "4")]]], .messages, ["error: [1] 'messages' has an unknown role"]),
        (
            [["messages": [["from": "human", "value": "x"]]]], .messages,
            ["error: [1] 'messages' has turns without 'role' and 'content'"]
        ),
        (
            [["messages": [ask, ["role": "assistant", "content": nil]]]], .messages,
            ["error: [1] 'messages' has a turn without a text"]
        ),
        (
            [
                [
                    "messages": [
                        ask, ["role": "assistant", "content": nil, "tool_calls": [["name": "f"]]], turn("tool", "4"),
                        four,
                    ]
                ]
            ],
            .messages, []
        ),
        (
            [["messages": [ask, ["role": "assistant", "content": [["type": "text", "text": "4"]]]]]], .messages,
            ["error: [1] 'messages' has a turn whose content is no text"]
        ),
        ([["messages": []]], .messages, ["error: [1] 'messages' has no turns"]),
        ([["messages": nil]], .messages, ["error: [1] 'messages' is no conversation"]),
        ([["prompt": "x", "completion": "y"]], .messages, []),
        (
            [["prompt": "x", "completion": [four]]], .messages,
            ["error: [1] one of 'prompt' and 'completion' is a text, the other a conversation"]
        ),
        ([["text": "x"]], .messages, []),
        // Verdicts.
        (
            [["prompt": "x", "completion": "a", "label": true], ["prompt": "x", "completion": "b", "label": false]],
            .kto, []
        ),
        (
            [["prompt": "x", "completion": "a", "label": 1], ["prompt": "x", "completion": "b", "label": false]], .kto,
            ["error: [1] 'label' is neither true nor false", "error: [] every label is false; KTO needs both"]
        ),
        (
            (0..<6).map { ["prompt": "x", "completion": .string("\($0)"), "label": .bool($0 > 0)] }, .kto,
            [
                "warning: [] labels are unbalanced: 5 true, 1 false; weigh them in the trainer (desirable_weight, undesirable_weight)"
            ]
        ),
        // Alpaca and ShareGPT.
        (
            [["instruction": "x", "input": "", "output": "y"], ["instruction": "z", "input": nil, "output": "y"]],
            .alpaca, []
        ),
        (
            [["instruction": "x", "input": 5, "output": ""]], .alpaca,
            ["error: [1] 'input' is no text", "error: [1] 'output' is empty"]
        ),
        ([["conversations": [["from": "human", "value": "x"], ["from": "gpt", "value": "y"]]]], .sharegpt, []),
        (
            [["conversations": [["from": "gpt", "value": "x"], ["from": "human", "value": "y"]]]], .sharegpt,
            ["error: [1] 'conversations' begins with an answer"]
        ),
        (
            [["conversations": [ask, four]]], .sharegpt,
            ["error: [1] 'conversations' has turns without 'from' and 'value'"]
        ),
        (
            [], .sharegpt,
            ["error: [] there is no column 'conversations'; the form 'sharegpt' needs it, and the columns are "]
        ),
    ]

    @Test(arguments: cases.indices)
    func faultsAreFoundWithTheirRows(_ index: Int) throws {
        let example = Self.cases[index]
        let report = try DatasetValidator(form: example.form).report(on: Dataset(example.rows))
        let found = report.findings.map { "\($0.severity.rawValue): \($0.rows) \($0.message)" }
        #expect(found.sorted() == example.findings.sorted())
        #expect(report.rowCount == example.rows.count)
    }

    @Test func theFormIsThatOfTheColumns() throws {
        let rows: [(Row, TrainingForm?)] = [
            (["prompt": "x", "chosen": "a", "rejected": "b"], .trl), (["messages": []], .messages),
            (["prompt": "x", "completion": "y", "label": true], .kto), (["instruction": "x", "output": "y"], .alpaca),
            (["conversations": []], .sharegpt), (["instruction": "x", "generation": "y"], nil),
        ]
        for (row, form) in rows { #expect(try DatasetValidator().report(on: Dataset([row])).form == form) }
    }

    @Test func whatHasNoFormIsAnError() throws {
        let report = try DatasetValidator().report(on: Dataset([["a": 1]]))
        #expect(report.errorCount == 1 && report.findings[0].message.contains("convert the dataset first"))
        #expect(ValidationText().summary(report) == "1 row: 1 error")
    }

    @Test func textsMayBeTooLong() throws {
        let rows: [Row] = [
            ["prompt": "数数", "chosen": "abc", "rejected": "d"], ["prompt": "数数", "chosen": "abcd", "rejected": "e"],
        ]
        let report = try DatasetValidator(maximumCharacters: 6).report(on: Dataset(rows))
        let finding = try #require(report.findings.first)
        #expect(finding.rows == [2] && finding.example == "7")
        #expect(ValidationText().line(finding) == "the texts have more than 6 characters together: 1 row: row 2 (7)")
    }

    @Test func manyFaultsAreCountedAndTheFirstRowsNamed() throws {
        let rows: [Row] = (0..<1200).map { index in
            ["prompt": "x", "chosen": .string("\(index)"), "rejected": .string(index % 2 == 0 ? "\(index)" : "no")]
        }
        let report = try DatasetValidator().report(on: Dataset(rows))
        let finding = try #require(report.findings.first)
        #expect(finding.count == 600 && finding.rows == [1, 3, 5, 7, 9] && report.faultyRowCount == 600)
        #expect(ValidationText().summary(report) == "1,200 rows of trl-dpo: 600 errors in 600 rows")
        #expect(ValidationText().line(finding) == "'chosen' and 'rejected' are equal: 600 rows: rows 1, 3, 5, 7, 9, …")
    }

    @Test func theReportIsAnObjectToo() throws {
        let report = try DatasetValidator().report(on: Dataset([["instruction": "", "output": "y"] as Row]))
        #expect(report.json["errors"] == 1 && report.json["form"] == "alpaca")
        #expect(report.json["findings"]?.arrayValue?.first?["rows"] == [1])
    }
}
