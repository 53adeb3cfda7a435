import DistilabelModels
import DistilabelPipeline
import DistilabelTesting
import DistilabelValues

/// Makes rows with some columns.
struct Source: GeneratorStep {
    var columns = ["topic"]
    var batchSize = 50
    static let defaults = Source()
    var outputs: [String] { columns }
    func generate(in context: StepContext, emit: (Row) async throws -> Void) async throws {}
}

/// Reads one column and makes another.
struct Turn: RowStep {
    var from = "topic"
    var to = "text"
    var level: Level = .low
    enum Level: String, Codable, CaseIterable { case low, high }
    static let defaults = Turn()
    var inputs: [InputColumn] { [InputColumn(from)] }
    var outputs: [String] { [to] }
    func process(_ row: Row, in context: StepContext) async throws -> [Row] { [row] }
}

/// Reads a column from each branch.
struct Join: JoinStep {
    static let defaults = Join()
    var inputs: [InputColumn] { ["text"] }
    var outputs: [String] { ["texts"] }
    func join(_ rows: [Row?], in context: StepContext) throws -> Row { [:] }
}

/// Asks a model.
struct Talk: LLMTask {
    var llm: LLM
    var tone: String?
    var settings = TaskSettings()
    static let defaults = Talk(llm: LLM(ScriptedLLM.defaults))
    static var requiredKeys: [String] { ["llm"] }
    var inputs: [InputColumn] { ["topic"] }
    var outputs: [String] { ["talk", "model_name"] }
    func prompt(for row: Row) throws -> Prompt { Prompt([]) }
    func parse(_ text: String?, for row: Row) throws -> Value.Object { [:] }
}

/// A registry of these.
let registry: ComponentRegistry = {
    var registry = ComponentRegistry()
    registry.register([Source.self, Turn.self, Join.self, Talk.self, ScriptedLLM.self])
    return registry
}()

/// What the checks say about a graph, one line each.
func complaints(_ members: [Pipeline.Member], _ edges: [(String, String)]) -> [String] {
    Pipeline(name: "p", members: members, edges: edges.map { Pipeline.Edge(from: $0, to: $1) })
        .diagnostics().map(\.description)
}

func member(_ name: String, _ step: any Step, inputs: [String: String] = [:], outputs: [String: String] = [:])
    -> Pipeline.Member
{
    var options = StepOptions()
    options.inputMappings = inputs
    options.outputMappings = outputs
    return Pipeline.Member(name: name, step: step, options: options)
}
