import Distilabel
import DistilabelTesting
import Foundation
import Testing

/// Leaves the texts of all rows beside them.
private struct Leaving: GlobalStep {
    static let defaults = Leaving()
    var inputs: [InputColumn] { ["text"] }
    var outputs: [String] { [] }
    func process(_ rows: [Row], in context: StepContext) async throws -> [Row] {
        try context.saveArtifact("notes", metadata: ["rows": .int(rows.count)]) { folder in
            try rows.map { try $0.text("text") }.joined(separator: "\n")
                .write(toFile: folder + "/notes.txt", atomically: true, encoding: .utf8)
        }
        return rows
    }
}

struct PipelineRunningTests {
    private func pipeline(_ texts: [String] = ["one", "two"], llm: any LanguageModel = ScriptedLLM.defaults) throws
        -> Pipeline
    {
        try Pipeline("small") {
            Rows(data: texts.map { ["text": .string($0)] }).named("load") >>> Ask(llm: LLM(llm)).named("ask")
        }
    }

    @Test func keepsRowsInMemoryWithoutAFolder() async throws {
        let distiset = try await pipeline().run(cache: nil)
        let rows = try distiset["default"]?["train"]?.head()
        #expect(rows?.map { $0["answer"] } == ["one", "two"])
        #expect(distiset.path == nil)
    }

    @Test func writesRowsToAFolder() async throws {
        let folder = try TemporaryFolder()
        let distiset = try await pipeline().run(output: RunOutput(folder.path + "/out"), cache: nil)
        #expect(distiset["default"]?["train"]?.count == 2)
        #expect(distiset.pipelinePath != nil && distiset.logPath != nil)
    }

    @Test func keepsWhatStepsLeaveBesideTheirRows() async throws {
        let folder = try TemporaryFolder()
        let pipeline = try Pipeline("small") {
            Rows(data: [["text": "one"]]).named("load") >>> Leaving().named("leave")
        }
        let output = folder.path + "/out"
        let distiset = try await pipeline.run(output: RunOutput(output), cache: nil)
        let home = try #require(distiset.artifactsPath) + "/leave/notes"
        #expect(try String(contentsOfFile: home + "/notes.txt", encoding: .utf8) == "one")
        #expect(try JSON.parse(String(contentsOfFile: home + "/metadata.json", encoding: .utf8)) == ["rows": 1])
        // In memory, and in a trial, there is nowhere to keep them.
        #expect(try await pipeline.run(cache: nil).artifactsPath == nil)
        #expect(try await pipeline.dryRun(cache: nil).rowCount == 1)
    }

    @Test func runsOnRowsThatAreThere() async throws {
        let pipeline = try Pipeline("small") { Ask(llm: LLM(ScriptedLLM.defaults)).named("ask") }
        let distiset = try await pipeline.run(dataset: [["text": "one"], ["text": "two"]], cache: nil)
        #expect(try distiset["default"]?["train"]?.head().map { $0["answer"] } == ["one", "two"])
        await #expect(throws: PipelineError.self) { try await pipeline.run(dataset: [["words": "one"]], cache: nil) }
        await #expect {
            try await self.pipeline().run(dataset: [["text": "one"]], cache: nil)
        } throws: { "\($0)".contains("step 'load'") }
    }

    @Test func tellsWhatItDid() async throws {
        let model = ScriptedLLM(name: "m", text: { $0.messages.last?.text })
        var request = RunRequest()
        request.cache = nil
        let result = try await pipeline(llm: model).execute(request)
        #expect(result.summary.calls == 2)
        #expect(result.summary.usage == Usage(inputTokens: 2, outputTokens: 2))
    }

    @Test func aDryRunTakesTheFirstRows() async throws {
        let distiset = try await pipeline(["one", "two", "three"]).dryRun(rows: 2, cache: nil)
        #expect(distiset.rowCount == 2)
    }

    @Test func takesParametersForThisRun() async throws {
        let model = ScriptedLLM(text: { $0.messages.last?.text })
        let distiset = try await pipeline(llm: model).run(parameters: ["ask": ["num_generations": 3]], cache: nil)
        #expect(distiset.rowCount == 6)
    }

    @Test func savesAndReadsYAMLAndJSON() throws {
        let folder = try TemporaryFolder()
        for name in ["p.yaml", "p.json"] {
            let path = folder.path + "/" + name
            try pipeline().save(to: path)
            let again = try Pipeline(contentsOf: path, registry: testRegistry)
            #expect(try PipelineDescription(again).value == PipelineDescription(pipeline()).value)
        }
        #expect(throws: PipelineFileError.self) { try pipeline().save(to: folder.path + "/none/p.yaml") }
    }

    @Test func leavesNothingWhereItFails() async throws {
        let folder = try TemporaryFolder()
        await #expect(throws: RunStopped.self) {
            try await pipeline(llm: BrokenLLM()).run(output: RunOutput(folder.path + "/a/b/out"), cache: nil)
        }
        #expect(folder.names.isEmpty)
    }

    @Test func theLogCountsWhatIsAlwaysTheSame() throws {
        let clock = 1_772_366_400.25
        let log = RunLog(of: try pipeline(), clock: { clock })
        let lines = (0..<100).flatMap { _ in log.lines(for: .rowFailed(step: "ask", reason: "no rating\nfound")) }
        #expect(lines.count == 3)
        #expect(lines.first?.text == "2026-03-01T12:00:00.250Z warning ask failed on a row: no rating ⏎ found")
        let last = log.lines(for: .stepFinished(step: "ask")).first
        #expect(last?.fields["failed_rows"] == 100)
    }
}
