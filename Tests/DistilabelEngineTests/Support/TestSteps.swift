import DistilabelModels
import DistilabelPipeline
import DistilabelTesting
import DistilabelValues
import Synchronization

@testable import DistilabelEngine

/// Makes rows `{id: 0}`, `{id: 1}`, ….
struct Count: GeneratorStep {
    var rows = 3
    static let defaults = Count()
    var outputs: [String] { ["id"] }
    func generate(in context: StepContext, emit: (Row) async throws -> Void) async throws {
        for id in 0..<rows { try await emit(["id": .int(id)]) }
    }
}

/// Does nothing, after a pause for some rows.
struct Pass: RowStep {
    var slowEvery = 0
    static let defaults = Pass()
    var inputs: [InputColumn] { [] }
    var outputs: [String] { [] }
    func process(_ row: Row, in context: StepContext) async throws -> [Row] {
        if slowEvery > 0, let id = row["id"]?.intValue, id % slowEvery == 0 {
            try await Task.sleep(for: .milliseconds(5))
        }
        return [row]
    }
}

/// Makes `id` rows of the row `id`, under the column `copy`.
struct Multiply: RowStep {
    static let defaults = Multiply()
    var inputs: [InputColumn] { ["id"] }
    var outputs: [String] { ["copy"] }
    func process(_ row: Row, in context: StepContext) async throws -> [Row] {
        (0..<(row["id"]?.intValue ?? 0)).map { copy in
            var new = row
            new["copy"] = .int(copy)
            return new
        }
    }
}

/// Drops rows with an odd id, and fails on row 4.
struct Even: RowStep {
    var failsOnFour = false
    static let defaults = Even()
    var inputs: [InputColumn] { ["id"] }
    var outputs: [String] { ["even"] }
    func process(_ row: Row, in context: StepContext) async throws -> [Row] {
        if failsOnFour, row["id"] == 4 { throw RowFailure("four is no good") }
        var row = row
        row["even"] = true
        return row["id"]?.intValue.map { $0 % 2 == 0 } == true ? [row] : []
    }
}

/// Notes the size of its batch.
struct BatchSize: BatchStep {
    static let defaults = BatchSize()
    var inputs: [InputColumn] { [] }
    var outputs: [String] { ["batch"] }
    func process(_ rows: [Row], in context: StepContext) async throws -> [Row] {
        rows.map { row in
            var row = row
            row["batch"] = .int(rows.count)
            return row
        }
    }
}

/// Turns the rows round.
struct Reverse: GlobalStep {
    static let defaults = Reverse()
    var inputs: [InputColumn] { [] }
    var outputs: [String] { [] }
    func process(_ rows: [Row], in context: StepContext) async throws -> [Row] { rows.reversed() }
}

/// Notes the ids of the rows that meet.
struct Meet: JoinStep {
    static let defaults = Meet()
    var inputs: [InputColumn] { ["id"] }
    var outputs: [String] { ["ids"] }
    func join(_ rows: [Row?], in context: StepContext) throws -> Row {
        var row = rows.compactMap { $0 }.first ?? [:]
        row["ids"] = .array(rows.map { $0?["id"] ?? .null })
        return row
    }
}

/// Asks the model to say the id.
struct Ask: LLMTask {
    var llm: LLM
    var settings = TaskSettings()
    init(_ model: ScriptedLLM, settings: TaskSettings = TaskSettings()) {
        llm = LLM(model)
        self.settings = settings
    }
    static var defaults: Ask { Ask(.defaults) }
    var inputs: [InputColumn] { ["id"] }
    var outputs: [String] { ["said", "model_name"] }
    func prompt(for row: Row) throws -> Prompt {
        Prompt([.user("\(row["id"]?.intValue ?? -1)")])
    }
    func parse(_ text: String?, for row: Row) throws -> Value.Object {
        guard let text, text != "gibberish" else { throw RowFailure("that is gibberish") }
        return ["said": .string(text)]
    }
}

/// Keeps rows in memory.
final class MemorySink: RowSink {
    private let state = Mutex<[Row]>([])
    var rows: [Row] { state.withLock { $0 } }
    func write(_ rows: RowChunk) async throws { state.withLock { $0 += rows.rows } }
}

/// Runs a pipeline and gives the rows of its leaves.
func run(
    _ pipeline: Pipeline, options: RunOptions = RunOptions(), events: @escaping RunEventHandler = { _ in }
) async throws -> (rows: [String: [Row]], summary: RunSummary) {
    let sinks = Dictionary(uniqueKeysWithValues: pipeline.leaves.map { ($0.name, MemorySink()) })
    let summary = try await PipelineRun(
        pipeline, options: options, resources: RunResources(environment: [:]), events: events
    )
    .run { leaf in sinks[leaf] ?? MemorySink() }
    return (sinks.mapValues(\.rows), summary)
}
