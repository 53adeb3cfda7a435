import Distilabel
import DistilabelTesting
import Synchronization

/// Makes the rows that it is given.
struct Rows: GeneratorStep {
    var data: [Row] = []
    static let defaults = Rows()
    static var requiredKeys: [String] { ["data"] }
    static var documentation: ComponentDocumentation {
        ComponentDocumentation(summary: "Makes the rows that it is given.", parameters: ["data": "the rows"])
    }
    var outputs: [String] { data.first?.columns.names ?? [] }
    func generate(in context: StepContext, emit: (Row) async throws -> Void) async throws {
        for row in data { try await emit(row) }
    }
}

/// Writes a text in capitals; fails on rows whose text is `bad`.
struct Shout: RowStep {
    var column = "text"
    var mark = "!"
    static let defaults = Shout()
    static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Writes a text in capitals.", parameters: ["column": "the text", "mark": "what stands behind it"],
            source: "https://example.org/shout")
    }
    var inputs: [InputColumn] { [InputColumn(column)] }
    var outputs: [String] { ["loud"] }
    func process(_ row: Row, in context: StepContext) async throws -> [Row] {
        var row = row
        guard let text = row[column]?.stringValue else { throw RowFailure("there is no text") }
        if text == "bad" { throw RowFailure("the text is bad") }
        row["loud"] = .string(text.uppercased() + mark)
        return [row]
    }
}

/// Never ends by itself.
struct Sleeper: RowStep {
    static let defaults = Sleeper()
    var inputs: [InputColumn] { [] }
    var outputs: [String] { [] }
    func process(_ row: Row, in context: StepContext) async throws -> [Row] {
        try await Task.sleep(for: .seconds(600))
        return [row]
    }
}

/// Asks a model.
struct Ask: LLMTask {
    var llm: LLM
    var settings = TaskSettings()
    static let defaults = Ask(llm: LLM(ScriptedLLM.defaults))
    static var requiredKeys: [String] { ["llm"] }
    var inputs: [InputColumn] { ["text"] }
    var outputs: [String] { ["answer", "model_name"] }
    var defaultStructuredOutput: StructuredOutput? { nil }
    func prompt(for row: Row) throws -> Prompt { Prompt([.user(row["text"]?.stringValue ?? "")]) }
    func parse(_ text: String?, for row: Row) throws -> Value.Object { ["answer": text.map(Value.string) ?? .null] }
}

/// A model that gives up for a reason of one's choice.
struct BrokenLLM: LanguageModel {
    var code = "unauthorized"
    var failsAtLoading = false
    var structuredOutput: StructuredOutput?
    static let defaults = BrokenLLM()
    var modelName: String { "broken" }

    private var error: LanguageModelError {
        LanguageModelError(
            code: LanguageModelError.Code(rawValue: code) ?? .serverFailure, message: "it is broken (\(code)); mend it",
            isForAllRows: true)
    }

    func problems(in environment: [String: String]) -> [String] {
        code == "noKey" && environment["BROKEN_KEY"] == nil ? ["set BROKEN_KEY"] : []
    }

    func load(_ resources: RunResources) async throws -> any LoadedLanguageModel {
        if failsAtLoading { throw error }
        let error = error
        return try await ScriptedLLM(answering: { _ in throw error }).load(resources)
    }
}

/// A registry of these.
let testRegistry: ComponentRegistry = {
    var registry = ComponentRegistry()
    registry.register([
        Rows.self, Shout.self, Sleeper.self, Ask.self, BrokenLLM.self, ScriptedLLM.self, OpenAILLM.self,
        LoadDataFromFileSystem.self,
    ])
    return registry
}()

/// A pipeline's file: steps by name with what stands in each, and connections `a -> b`.
func pipelineYAML(_ steps: [(name: String, body: String)], _ connections: [String]) -> String {
    var text = "pipeline:\n  name: small\n  steps:\n"
    for step in steps { text += "    - name: \(step.name)\n      step: {\(step.body)}\n" }
    text += "  connections:\n"
    for step in steps {
        let to = connections.compactMap { line -> String? in
            let ends = line.split(separator: " ")
            return ends.first.map(String.init) == step.name ? ends.last.map(String.init) : nil
        }
        text += "    - {from: \(step.name), to: [\(to.joined(separator: ", "))]}\n"
    }
    return text
}

/// Two rows in capitals.
let smallYAML = pipelineYAML(
    [("load", "type: Rows, data: [{text: one}, {text: two}]"), ("shout", "type: Shout")], ["load -> shout"])
