import DistilabelModels
import DistilabelPipeline
import DistilabelTesting
import DistilabelValues
import Foundation
import Synchronization
import Testing

@testable import DistilabelEngine

/// Runs with a step that gets vectors.
struct EmbeddingRunTests {
    /// Asks for the vector of an id; of none where it is 13.
    private struct Embed: EmbeddingStep {
        var embeddings: Embeddings
        init(_ model: ScriptedEmbeddings) { embeddings = Embeddings(model) }
        static var defaults: Embed { Embed(.defaults) }
        var inputs: [InputColumn] { ["id"] }
        var outputs: [String] { ["vector", "by"] }
        func text(of row: Row) throws -> String {
            if row["id"] == 13 { throw RowFailure("thirteen is no text") }
            return "\(row["id"]?.intValue ?? -1)"
        }
        func columns(of vector: [Double], modelName: String) -> Value.Object {
            ["vector": .array(vector.map(Value.double)), "by": .string(modelName)]
        }
    }

    /// The batches that a model was asked for.
    private final class Batches: Sendable {
        private let asked = Mutex<[[String]]>([])
        var all: [[String]] { asked.withLock { $0 } }
        func add(_ texts: [String]) { asked.withLock { $0.append(texts) } }
    }

    private func pipeline(_ rows: Int, size: Int = 50, _ model: ScriptedEmbeddings) throws -> Pipeline {
        let pipeline = try Pipeline("p") { Count(rows: rows).named("load") >>> Embed(model).named("embed") }
        return try pipeline.applying(["embed": ["input_batch_size": .int(size)]], registry: ComponentRegistry())
    }

    private static func vectors(_ texts: [String]) -> [[Double]] { texts.map { [Double($0) ?? -1, 0.5] } }

    @Test func givesEveryRowItsVectorInOrder() async throws {
        let batches = Batches()
        let model = ScriptedEmbeddings(name: "m") { texts in
            batches.add(texts)
            if Int(texts[0]) ?? 0 < 30 { try await Task.sleep(for: .milliseconds(20)) }
            return Self.vectors(texts)
        }
        let made = try await run(pipeline(200, size: 7, model)).rows["embed"] ?? []
        #expect(made.map { $0["id"] } == (0..<200).map { .int($0) })
        for (index, row) in made.enumerated() {
            #expect(row["vector"] == (index == 13 ? .null : [.double(Double(index)), 0.5]))
            #expect(row["by"] == (index == 13 ? .null : "m"))
        }
        #expect(made[13]["distilabel_metadata"]?["failure_embed"] == "thirteen is no text")
        #expect(batches.all.allSatisfy { $0.count <= 7 })
        #expect(batches.all.count < 60, "texts go together")
    }

    @Test func oneTextThatIsRefusedSpoilsNoOther() async throws {
        let model = ScriptedEmbeddings { texts in
            if texts.contains("5") { throw LanguageModelError(code: .contextTooLong, message: "too long") }
            return Self.vectors(texts)
        }
        let (rows, summary) = try await run(pipeline(10, model))
        let made = rows["embed"] ?? []
        #expect(made.filter { $0["vector"] == .null }.map { $0["id"] } == [5])
        #expect(made[5]["distilabel_metadata"]?["failure_embed"] == "too long")
        #expect(summary.steps.first { $0.name == "embed" }?.failedRows == 1)
    }

    @Test func whatIsWrongForAllRowsEndsTheRun() async throws {
        let model = ScriptedEmbeddings { _ in throw LanguageModelError(code: .unauthorized, message: "no key") }
        let error = await #expect(throws: RunStop.self) { try await run(pipeline(10, model)) }
        #expect(error?.description.contains("no key") == true)
    }

    @Test func aModelThatGivesTooFewVectorsFailsItsRows() async throws {
        let model = ScriptedEmbeddings { texts in Array(Self.vectors(texts).dropLast()) }
        let made = try await run(pipeline(2, model)).rows["embed"] ?? []
        #expect(
            made.allSatisfy {
                $0["distilabel_metadata"]?["failure_embed"]?.stringValue?.contains("0 vectors for 1 texts") == true
            })
    }

    @Test func asksAgainForAVectorThatCouldNotBeKept() async throws {
        let folder = NSTemporaryDirectory() + "embeddings-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let batches = Batches()
        let model = ScriptedEmbeddings { texts in
            batches.add(texts)
            return texts.map { $0 == "1" ? [.nan, 1] : [0, 1] }
        }
        for _ in 0..<2 {
            let journal = try Journal(folder: folder, mode: .resume)
            let sink = MemorySink()
            _ = try await PipelineRun(
                pipeline(3, model), resources: RunResources(environment: [:]),
                services: RunServices(journal: journal)
            ).run { _ in sink }
            journal.close(state: .finished, summary: "{}")
            #expect(sink.rows.allSatisfy { $0["vector"]?.arrayValue?.count == 2 })
        }
        #expect(batches.all == [["0", "1", "2"], ["1"]])
    }

    @Test func asksNothingTwice() async throws {
        let folder = NSTemporaryDirectory() + "embeddings-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let batches = Batches()
        let model = ScriptedEmbeddings { texts in
            batches.add(texts)
            return Self.vectors(texts).map { $0.map { $0 + 1.0 / 3 } }
        }
        var outcomes: [[Row]] = []
        var tokens: [Usage] = []
        for (rows, mode) in [(20, Journal.Mode.resume), (20, .resume), (20, .replay), (25, .resume)] {
            let journal = try Journal(folder: folder, mode: mode)
            let sink = MemorySink()
            let summary = try await PipelineRun(
                pipeline(rows, model), resources: RunResources(environment: [:]),
                services: RunServices(journal: journal)
            ).run { _ in sink }
            journal.close(state: .finished, summary: "{}")
            outcomes.append(sink.rows)
            tokens.append(summary.usage)
        }
        #expect(tokens[0] != .none && tokens[1] == tokens[0] && tokens[2] == tokens[0], "\(tokens)")
        #expect(outcomes[0] == outcomes[1] && outcomes[1] == outcomes[2])
        #expect(outcomes[3].prefix(20) == outcomes[0][...])
        #expect(batches.all.joined().count == 19 + 5, "the rows that were there were not asked for again")
    }
}
