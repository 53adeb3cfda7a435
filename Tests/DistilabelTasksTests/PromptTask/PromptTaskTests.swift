import DistilabelModels
import DistilabelPipeline
import DistilabelTasks
import DistilabelTesting
import DistilabelValues
import Testing

struct PromptTaskTests {
    private struct Text: Codable { var plainText: String }
    private struct Length: Codable { var wordCount: Int }

    private let echo = ScriptedLLM { request in request.messages.last?.text }

    /// What a model answers to a row, and what the task makes of it.
    private func rows(of task: PromptTask, for row: Row) async throws -> [Row] {
        let model = try await task.llm.model.load(RunResources(environment: [:]))
        let answers = try await task.answers(for: row, asking: Asking { try await model.generate($0) })
        return task.rows(of: answers, for: row, step: "own", modelName: model.modelName)
    }

    @Test func asksAndTakesTheAnswerAsItIs() async throws {
        let task = PromptTask(llm: echo, inputs: ["text"], output: "loud") { row in "Say: \(try row.text("text"))" }
        #expect(task.outputs == ["loud", "model_name"])
        let made = try await rows(of: task, for: ["text": "hello"])
        #expect(made.map { $0["loud"] } == ["Say: hello"])
        #expect(made.map { $0["model_name"] } == ["scripted"])
    }

    @Test func asksAConversationAndReadsTheAnswer() async throws {
        let task = PromptTask(llm: echo, inputs: ["text"], outputs: ["is_long", "more"]) { row in
            [.system("Repeat."), .user(try row.text("text"))]
        } parse: { answer, row in
            ["is_long": .bool(answer.count > 3)]
        }
        #expect(try task.prompt(for: ["text": "four"]).messages == [.system("Repeat."), .user("four")])
        let made = try await rows(of: task, for: ["text": "four"])
        #expect(made.first?["is_long"] == true)
        #expect(made.first?["more"] == .null)
    }

    @Test func worksOnTypes() async throws {
        let task = PromptTask(llm: echo, inputs: ["plain_text"], outputs: ["word_count"], keyStyle: .snakeCase) {
            (input: Text) in
            "\(input.plainText)"
        } parse: { answer, _ in
            Length(wordCount: answer.split(separator: " ").count)
        }
        #expect(try await rows(of: task, for: ["plain_text": "three short words"]).first?["word_count"] == 3)
    }

    @Test func notesWhyAnAnswerCouldNotBeRead() async throws {
        let task = PromptTask(llm: echo, inputs: ["text"], outputs: ["n"]) { row in
            "\(try row.text("text"))"
        } parse: { _, _ in
            throw RowFailure("no number")
        }
        let made = try await rows(of: task, for: ["text": "x"])
        #expect(made.first?["n"] == .null)
        #expect(made.first?["distilabel_metadata"]?["failure_own"] == "no number")
        #expect(throws: RowFailure.self) { try task.prompt(for: ["text": nil]) }
    }

    @Test func givesNullsWhenTheModelSaysNothing() async throws {
        let silent = ScriptedLLM { _ in nil }
        let task = PromptTask(llm: silent, inputs: [], output: "said") { _ in "Speak." }
        let made = try await rows(of: task, for: ["text": "x"])
        #expect(made.first?["said"] == .null)
        #expect(made.first?["distilabel_metadata"]?["failure_own"] != nil)
    }

    /// Makes one row.
    private struct Load: GeneratorStep {
        var outputs: [String] { ["text"] }
        func generate(in context: StepContext, emit: (Row) async throws -> Void) async throws {
            try await emit(["text": "x"])
        }
        static let defaults = Load()
    }

    @Test func takesParametersOfItsModel() throws {
        let task = PromptTask(llm: echo, inputs: ["text"]) { row in "\(try row.text("text"))" }
        let pipeline = try Pipeline("p") { Load() >>> task.named("own") }
        let changed = try pipeline.applying(["own": ["llm": ["name": "other"]]], registry: ComponentRegistry())
        let own = try #require(changed.member(named: "own")?.step as? PromptTask)
        #expect(own.llm.model.modelName == "other")
        #expect(try own.prompt(for: ["text": "x"]).messages == [.user("x")])
        #expect(throws: PipelineError.self) {
            try pipeline.applying(["own": ["llm": ["nam": "other"]]], registry: ComponentRegistry())
        }
        #expect(throws: PipelineError.self) {
            try pipeline.applying(["own": ["num_generations": 2]], registry: ComponentRegistry())
        }
    }

    @Test func cannotBeWrittenToAFile() throws {
        let task = PromptTask(llm: echo, inputs: []) { _ in "x" }
        let error = #expect(throws: ValueCodingError.self) { try ComponentCoding.encode(task) }
        #expect(error?.message.contains("closure") == true)
    }
}
