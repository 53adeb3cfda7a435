import DistilabelModels
import DistilabelPipeline
import DistilabelTasks
import DistilabelTesting
import DistilabelValues
import Foundation
import Testing

/// The folder of the cases, where it lies beside the checkout.
enum RecordedCases {
    static let folder = ProcessInfo.processInfo.environment["DISTILABEL_CONFORMANCE"].map { $0 + "/cases" }
}

/// Answers that Python's distilabel 1.5.3 read, and the columns that it made of them.
@Suite(.enabled(if: RecordedCases.folder != nil, "DISTILABEL_CONFORMANCE names no folder of cases"))
struct RecordedAnswersTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var configuration = "default"
        var kind = "expected"
        /// The step's name in the pipeline, the configuration's where there are several.
        var step: String
        var task: any LLMTask
        var testDescription: String { "\(name)/\(configuration)" }
    }

    private static func judge(_ aspect: UltraFeedback.Aspect = .overallRating, isJSON: Bool = false) -> UltraFeedback {
        UltraFeedback(
            llm: ScriptedLLM.defaults, aspect: aspect, settings: TaskSettings(useDefaultStructuredOutput: isJSON))
    }

    private static func labeller(_ model: String, _ type: String, options: Value = []) -> ArgillaLabeller {
        ArgillaLabeller(
            llm: ScriptedLLM(name: model) { _ in nil },
            question: ["name": "q", "settings": ["type": .string(type), "options": options]])
    }

    private static let labellers: [Case] = [
        ("label", labeller("l1", "label_selection", options: [["value": "boat"]])),
        ("rating", labeller("l2", "rating", options: [["value": 1], ["value": 3]])), ("text", labeller("l3", "text")),
        ("multi", labeller("l4", "multi_label_selection", options: [["value": "a"]])),
    ].map { Case(name: "argilla-labeller-kinds", configuration: $0, step: $0, task: $1) }

    static let cases =
        [
            Case(name: "ultrafeedback-overall", step: "uf", task: judge()),
            Case(name: "ultrafeedback-aspects", configuration: "help", step: "help", task: judge(.helpfulness)),
            Case(name: "ultrafeedback-aspects", configuration: "honest", step: "honest", task: judge(.honesty)),
            Case(
                name: "ultrafeedback-aspects", configuration: "follow", step: "follow",
                task: judge(.instructionFollowing)),
            Case(name: "ultrafeedback-aspects", configuration: "truth", step: "truth", task: judge(.truthfulness)),
            Case(name: "ultrafeedback-several", configuration: "each", step: "each", task: judge()),
            Case(name: "ultrafeedback-structured", step: "uf", task: judge(isJSON: true)),
            Case(name: "ultrafeedback-structured-bad", step: "uf", task: judge(isJSON: true)),
            Case(
                name: "ultrafeedback-structured-types", kind: "better", step: "uf",
                task: judge(.helpfulness, isJSON: true)),
            Case(
                name: "self-instruct", configuration: "plain", step: "plain",
                task: SelfInstruct(llm: ScriptedLLM.defaults)),
            Case(
                name: "self-instruct", configuration: "own", step: "own", task: SelfInstruct(llm: ScriptedLLM.defaults)),
            Case(name: "text-generation-basic", step: "tg", task: TextGeneration(llm: ScriptedLLM.defaults)),
            Case(
                name: "argilla-labeller", kind: "better", step: "al",
                task: labeller("labeller", "label_selection", options: [["value": "boat"], ["value": "tree"]])),
        ] + labellers

    @Test(arguments: cases) func readsWhatPythonRead(test: Case) throws {
        let path = "\(RecordedCases.folder ?? "")/\(test.name)/\(test.kind)/\(test.configuration).jsonl"
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        var read = 0
        for line in lines {
            guard case .object(let object) = try JSON.parse(String(line)) else { continue }
            let row = Row(object)
            let said = row["distilabel_metadata"]?["raw_output_\(test.step)"]?.stringValue
            var made: Value.Object
            do {
                made = try test.task.parse(said, for: row)
            } catch {
                made = (error as? RowFailure)?.columns ?? test.task.nullOutputs
            }
            for column in test.task.outputs where column != "model_name" {
                let recorded = row[column] ?? .null
                // Where Python gave up an answer, a null and a list of nulls are the same.
                if recorded.isNull, made[column]?.arrayValue?.allSatisfy(\.isNull) == true { made[column] = .null }
                #expect(made[column] ?? .null == recorded, "\(column) of \(said ?? "nothing")")
            }
            read += said == nil ? 0 : 1
        }
        #expect(read > 0, "no row has an answer under the step's name")
    }

    /// What Python asked stands in these rows.
    @Test func asksWhatPythonAsked() throws {
        let task = TextGeneration(llm: ScriptedLLM.defaults, systemPrompt: "You are the task's own system prompt.")
        let path = "\(RecordedCases.folder ?? "")/text-generation-basic/expected/default.jsonl"
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            guard case .object(let object) = try JSON.parse(String(line)) else { continue }
            let asked = object["distilabel_metadata"]?["raw_input_tg"]
            #expect(Value.array(try task.prompt(for: Row(object)).messages.map(\.value)) == asked)
        }
    }
}
