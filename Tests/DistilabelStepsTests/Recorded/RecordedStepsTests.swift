import DistilabelPipeline
import DistilabelSteps
import DistilabelValues
import Testing

/// Rows that Python's distilabel 1.5.3 made: what went in still stands in them, so the steps can make them once more.
@Suite(.enabled(if: RecordedRows.folder != nil, "DISTILABEL_CONFORMANCE names no folder of cases"))
struct RecordedStepsTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var configuration = "default"
        var step: any RowStep
        var testDescription: String { "\(name)/\(configuration)" }
    }

    /// What the step makes of a row, a failure noted as the engine notes it.
    private func remade(_ row: Row, by step: any RowStep) async -> [Row] {
        do {
            return try await step.process(row, in: StepContext(stepName: "step"))
        } catch {
            var failed = row
            failed.noteFailure(error, of: "step", outputs: step.outputs)
            return [failed]
        }
    }

    static let rowByRow = [
        Case(name: "format-sft", configuration: "text", step: FormatTextGenerationSFT()),
        Case(name: "format-sft-no-system", step: FormatTextGenerationSFT()),
        Case(name: "format-dpo", configuration: "text", step: FormatTextGenerationDPO()),
        Case(name: "format-dpo", configuration: "chat", step: FormatChatGenerationDPO()),
        Case(name: "format-dpo-no-models", step: FormatTextGenerationDPO()),
        Case(name: "format-dpo-bad-rows", step: FormatTextGenerationDPO()),
        Case(name: "format-chat-bad-rows", configuration: "dpo", step: FormatChatGenerationDPO()),
        Case(name: "format-prm", configuration: "ms", step: FormatPRM()),
        Case(name: "format-prm", configuration: "trl", step: FormatPRM(format: .trl)),
        Case(name: "format-prm", configuration: "trl_tags", step: FormatPRM(format: .trl, tags: ["-", "+"])),
        Case(name: "format-prm", configuration: "ms_token", step: FormatPRM(stepToken: "<STEP>", tags: ["P", "N"])),
        Case(name: "format-prm-bad-rows", configuration: "ms", step: FormatPRM()),
        Case(name: "format-prm-bad-rows", configuration: "trl", step: FormatPRM(format: .trl)),
        Case(name: "conversation-template", configuration: "conv", step: ConversationTemplate()),
    ]

    @Test(arguments: rowByRow) func makesPythonsRows(test: Case) async throws {
        for recorded in try RecordedRows.rows(test.name, test.configuration) {
            // Some steps put their result into a column that they read.
            let made = await remade(
                recorded.without(
                    test.step.outputs.filter { name in
                        !test.step.inputs.contains { $0.name == name }
                    }), by: test.step)
            guard recorded["chosen"] == nil || recorded["chosen"] == .null || recorded["chosen"] != recorded["rejected"]
            else {
                // Python pairs an answer with itself; there is no pair.
                #expect(made.first?["chosen"] == .null && made.first?["rejected"] == .null)
                #expect(made.first?["distilabel_metadata"]?["failure_step"]?.stringValue?.isEmpty == false)
                continue
            }
            #expect(made.map(RecordedRows.comparable) == [RecordedRows.comparable(recorded)])
        }
    }

    static let expansions = [
        Case(name: "expand-dicts-and-lists", configuration: "turns", step: ExpandColumns(["turns": "turn"])),
        Case(name: "expand-dicts-and-lists", configuration: "nums", step: ExpandColumns(["nums": "num"])),
        Case(name: "expand-variants", configuration: "ex_rename", step: ExpandColumns(["items": "item"])),
        Case(
            name: "expand-variants", configuration: "ex_two_renamed",
            step: ExpandColumns(["items": "item", "notes": "note"])),
        Case(name: "expand-bad-rows", configuration: "plain_renamed", step: ExpandColumns(["items": "item"])),
    ]

    /// The lists stay where their items get columns of their own, so the rows that went in can be told from those that came out.
    @Test(arguments: expansions) func expandsAsPythonDoes(test: Case) async throws {
        let recorded = try RecordedRows.rows(test.name, test.configuration)
        var inputs: [Row] = []
        for row in recorded.map({ $0.without(test.step.outputs) }) where row != inputs.last { inputs.append(row) }
        var made: [Row] = []
        for input in inputs { made += await remade(input, by: test.step) }
        #expect(made.map(RecordedRows.comparable) == recorded.map(RecordedRows.comparable))
    }
}
