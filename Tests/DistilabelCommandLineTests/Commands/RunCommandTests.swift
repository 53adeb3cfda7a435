import Distilabel
import DistilabelCommandLine
import Foundation
import Testing

struct RunCommandTests {
    private let folder: TemporaryFolder
    private let out: String

    init() throws {
        folder = try TemporaryFolder()
        out = folder.path + "/out"
    }

    private func run(_ yaml: String, _ more: [String] = [], environment: [String: String] = [:]) async throws
        -> CommandRun
    {
        let config = try folder.file("pipeline.yaml", yaml)
        return await CommandRun(["pipeline", "run", "--config", config] + more, environment: environment)
    }

    @Test func writesTheDatasetAndWhatMadeIt() async throws {
        let run = try await run(smallYAML, ["--output", out, "--format", "jsonl"])
        #expect(run.status == .finished, "\(run.errors)")
        #expect(
            try folder.read("out/default/train.jsonl") == """
                {"text":"one","loud":"ONE!"}
                {"text":"two","loud":"TWO!"}

                """)
        let again = try Pipeline(contentsOf: out + "/pipeline.yaml", registry: testRegistry)
        #expect(again.members.map(\.name) == ["load", "shout"])
        #expect(try folder.read("out/pipeline.log").contains("shout is done: 2 rows in, 2 out"))
        #expect(run.output.contains("default  2 rows, 2 columns"))
    }

    @Test func writesParquetUnlessToldOtherwise() async throws {
        #expect(try await run(smallYAML, ["--output", out]).status == .finished)
        let rows = try Distiset.load(from: out)["default"]?["train"]?.head()
        #expect(rows?.map { $0["loud"] } == ["ONE!", "TWO!"])
    }

    @Test func namesConfigurationsAfterTheLeaves() async throws {
        let yaml = pipelineYAML(
            [("load", "type: Rows, data: [{text: one}]"), ("a", "type: Shout"), ("b", "type: Shout, mark: '?'")],
            ["load -> a", "load -> b"])
        #expect(try await run(yaml, ["--output", out, "--format", "jsonl"]).status == .finished)
        #expect(try folder.read("out/a/train.jsonl").contains("ONE!"))
        #expect(try folder.read("out/b/train.jsonl").contains("ONE?"))
    }

    @Test func mergesParameters() async throws {
        _ = try await run(
            smallYAML, ["--output", out, "--format", "jsonl", "--param", "shout.mark=..", "-p", "shout.column=text"])
        #expect(try folder.read("out/default/train.jsonl").contains("TWO.."))
    }

    @Test func takesTheRowsOfAFile() async throws {
        let data = try folder.file("topics.jsonl", "{\"text\":\"three\"}\n")
        let run = try await run(smallYAML, ["--output", out, "--format", "jsonl", "--data", data])
        #expect(run.status == .finished, "\(run.errors)")
        #expect(try folder.read("out/default/train.jsonl") == "{\"text\":\"three\",\"loud\":\"THREE!\"}\n")
    }

    @Test func feedsAFileToAPipelineThatLoadsNothing() async throws {
        let data = try folder.file("topics.json", #"[{"text":"four"}]"#)
        let yaml = pipelineYAML([("shout", "type: Shout")], [])
        let run = try await run(yaml, ["--output", out, "--format", "jsonl", "--data", data])
        #expect(run.status == .finished, "\(run.errors)")
        #expect(try folder.read("out/default/train.jsonl").contains("FOUR!"))
    }

    @Test func aDryRunShowsOneRowAndWritesNothing() async throws {
        let run = try await run(smallYAML, ["--dry-run", "--output", out])
        #expect(run.status == .finished, "\(run.errors)")
        #expect(run.output.contains("loud: ONE!"))
        #expect(!run.output.contains("TWO!"))
        #expect(folder.names == ["pipeline.yaml"])
    }

    static let failing = pipelineYAML(
        [("load", "type: Rows, data: [{text: bad}, {text: two}, {text: bad}]"), ("shout", "type: Shout")],
        ["load -> shout"])

    @Test func tellsOfRowsThatFailed() async throws {
        let run = try await run(Self.failing, ["--output", out, "--format", "jsonl"])
        #expect(run.status == .finishedWithFailedRows)
        #expect(run.output.contains("shout: 2 × the text is bad"))
        #expect(try folder.read("out/default/train.jsonl").split(separator: "\n").count == 3)
    }

    @Test func failedRowsCanBeAllowed() async throws {
        #expect(try await run(Self.failing, ["--output", out, "--allow-failed-rows"]).status == .finished)
    }

    @Test func refusesAFolderThatIsNotEmpty() async throws {
        _ = try await run(smallYAML, ["--output", out, "--format", "jsonl"])
        let second = try await run(smallYAML, ["--output", out, "-p", "shout.mark=x"])
        #expect(second.status == .cannotWriteOutput)
        #expect(second.errors.contains("--overwrite"))
        #expect(try folder.read("out/default/train.jsonl").contains("ONE!"))
        let third = try await run(
            smallYAML, ["--output", out, "--format", "jsonl", "-p", "shout.mark=y", "--overwrite"])
        #expect(third.status == .finished)
        #expect(try folder.read("out/default/train.jsonl").contains("ONEy"))
        #expect(folder.names == ["out", "pipeline.yaml"])
    }

    @Test func theLogCanBeJSON() async throws {
        let run = try await run(Self.failing, ["--output", out, "--log-format", "json"])
        let lines = try run.errors.split(separator: "\n").map { try JSON.parse(String($0)) }
        #expect(lines.first?["event"] == "loading")
        #expect(lines.last?["event"] == "finished")
        #expect(lines.contains { $0["event"] == "row_failed" && $0["reason"] == "the text is bad" })
        #expect(lines.allSatisfy { $0["time"] != nil && $0["level"] != nil && $0["message"] != nil })
    }

    @Test func anErrorInAJSONLogIsJSON() async throws {
        let run = try await run(
            pipelineYAML([("load", "type: Rows, data: []")], []), ["-o", out, "--log-format", "json"])
        #expect(run.status == .invalidInput)
        let last = try run.errors.split(separator: "\n").map { try JSON.parse(String($0)) }.last
        #expect(last?["level"] == "error")
    }

    @Test func quietSaysNothing() async throws {
        let run = try await run(smallYAML, ["--output", out, "--quiet"])
        #expect(run.output.isEmpty)
        #expect(run.errors.isEmpty)
    }

    @Test func whatIsNoTerminalGetsNoEscapes() async throws {
        let run = try await run(smallYAML, ["--output", out])
        #expect(!(run.output + run.errors).contains("\u{1B}"))
    }

    @Test func aTerminalGetsADisplayThatIsClearedInTheEnd() async throws {
        let config = try folder.file("pipeline.yaml", smallYAML)
        let run = await CommandRun(["pipeline", "run", "-c", config, "-o", out], isTerminal: true)
        #expect(run.status == .finished)
        #expect(run.errors.hasSuffix("\u{1B}[J"))
        #expect(run.output.contains("row 1 of 2"))
    }

    @Test func noColorIsRespected() async throws {
        let config = try folder.file("pipeline.yaml", smallYAML)
        let run = await CommandRun(
            ["pipeline", "run", "-c", config, "-o", out], environment: ["NO_COLOR": "1"], isTerminal: true)
        #expect(!run.output.contains("\u{1B}"))
        #expect(run.errors.contains("\u{1B}[K") && !run.errors.contains(/\u{1B}\[\d+m/))
    }

    @Test(.timeLimit(.minutes(10))) func cancellingLeavesNothing() async throws {
        let yaml = pipelineYAML(
            [("load", "type: Rows, data: [{text: one}]"), ("sleep", "type: Sleeper")], ["load -> sleep"])
        let config = try folder.file("pipeline.yaml", yaml)
        let command = Task { [out] in await CommandRun(["pipeline", "run", "-c", config, "-o", out, "-q"]) }
        while !folder.names.contains(where: { $0.hasPrefix(".out.partial") }) {
            try await Task.sleep(for: .milliseconds(5))
        }
        command.cancel()
        #expect(await command.value.status == .interrupted)
        #expect(folder.names == ["pipeline.yaml"])
    }
}
