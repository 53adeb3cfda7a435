import Distilabel
import DistilabelCommandLine
import Testing

struct LookingCommandsTests {
    @Test func versionAndHelpEndWell() async {
        let version = await CommandRun(["--version"])
        #expect(version.status == .finished)
        #expect(version.output == DistilabelCommand.version + "\n")
        let help = await CommandRun(["pipeline", "run", "--help"])
        #expect(help.status == .finished)
        for status in ExitStatus.allCases { #expect(help.output.contains("\(status.rawValue)  ")) }
    }

    @Test func validateSaysEverythingAtOnce() async throws {
        let folder = try TemporaryFolder()
        let yaml = pipelineYAML(
            [
                ("load", "type: Rows, data: [{text: one}]"), ("a", "type: Shout, column: missing"),
                ("b", "type: Shout, column: absent"),
            ], ["load -> a", "load -> b"])
        let run = await CommandRun(["pipeline", "validate", "-c", try folder.file("p.yaml", yaml)])
        #expect(run.status == .invalidInput)
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.hasPrefix("error: step '") })
    }

    @Test func validateLooksForKeys() async throws {
        let folder = try TemporaryFolder()
        let yaml = pipelineYAML(
            [("load", "type: Rows, data: [{text: one}]"), ("ask", "type: Ask, llm: {type: BrokenLLM, code: noKey}")],
            ["load -> ask"])
        let config = try folder.file("p.yaml", yaml)
        #expect(await CommandRun(["pipeline", "validate", "-c", config]).status == .invalidInput)
        let withKey = await CommandRun(["pipeline", "validate", "-c", config], environment: ["BROKEN_KEY": "x"])
        #expect(withKey.status == .finished)
        #expect(withKey.output == "valid: small, 2 steps, 1 connection\n")
    }

    @Test func infoDrawsTheGraph() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.file("p.yaml", smallYAML)
        let text = await CommandRun(["pipeline", "info", "-c", config]).output
        #expect(text.contains("shout"))
        #expect(text.contains("dataset default: text, loud"))
        let mermaid = await CommandRun(["pipeline", "info", "-c", config, "--mermaid"]).output
        #expect(mermaid.contains("step_load --> step_shout"))
    }

    @Test func componentsAreListedByKind() async {
        let all = await CommandRun(["components", "list"]).output
        #expect(all.contains("Shout") && all.contains("ScriptedLLM") && all.contains("Writes a text in capitals."))
        let tasks = await CommandRun(["components", "list", "--kind", "task"]).output
        #expect(tasks.contains("Ask") && !tasks.contains("Shout"))
    }

    @Test func aComponentIsShown() async {
        let text = await CommandRun(["components", "show", "Shout"]).output
        for part in [
            "mark", "string", "\"!\"", "what stands behind it", "reads  text", "makes  loud",
            "https://example.org/shout",
        ] {
            #expect(text.contains(part), "\(text)")
        }
        #expect(await CommandRun(["components", "show", "Rows"]).output.contains("required"))
        #expect(await CommandRun(["components", "show", "Shuot"]).errors.contains("did you mean 'Shout'?"))
    }

    @Test func headShowsRows() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.file(
            "rows.jsonl", "{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"b\":\"y\"}\n{\"a\":3,\"b\":\"z\"}\n")
        let table = await CommandRun(["dataset", "head", path, "-n", "2"])
        #expect(table.status == .finished)
        #expect(table.output.contains("3 rows, 2 columns") && table.output.contains("y") && !table.output.contains("z"))
        let lines = await CommandRun(["dataset", "head", path, "-n", "2", "--json"]).output
        #expect(lines == "{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"b\":\"y\"}\n")
        let long = await CommandRun(["dataset", "head", path, "-n", "1", "--long"]).output
        #expect(long.contains("row 1 of 3") && long.contains("b: x"))
        #expect(await CommandRun(["dataset", "head", path, "--split", "tset"]).status == .misused)
        #expect(await CommandRun(["dataset", "head", folder.path + "/none"]).status == .invalidInput)
    }
}
