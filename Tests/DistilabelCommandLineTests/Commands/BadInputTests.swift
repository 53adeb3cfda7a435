import Distilabel
import DistilabelCommandLine
import Foundation
import Testing

/// Each kind of bad input is one clear line, and nothing is left on disk.
struct BadInputTests {
    struct Case: CustomTestStringConvertible {
        var name: String
        var yaml: String
        var says: [String]
        var status = ExitStatus.invalidInput
        var arguments: [String] = []
        var testDescription: String { name }
    }

    private static let load = ("load", "type: Rows, data: [{text: one}]")
    private static func ask(_ model: String) -> String {
        pipelineYAML([load, ("ask", "type: Ask, llm: {\(model)}")], ["load -> ask"])
    }
    private static func shout(_ body: String) -> String {
        pipelineYAML([load, ("shout", body)], ["load -> shout"])
    }

    static let cases = [
        Case(
            name: "a YAML typo", yaml: "pipeline:\n  name: x\n  steps: [\n",
            says: ["pipeline.yaml:4:"]),
        Case(name: "no pipeline", yaml: "distilabel: {version: 1.5.3}\n", says: ["`pipeline`"]),
        Case(
            name: "an unknown component", yaml: shout("type: Shuot"),
            says: ["step 'shout'", "'Shuot'", "did you mean 'Shout'?"]),
        Case(
            name: "an unknown parameter", yaml: shout("type: Shout, clumn: text"),
            says: ["step 'shout'", "clumn", "did you mean 'column'?"]),
        Case(
            name: "rows that Python left out", yaml: pipelineYAML([("load", "type: Rows")], []),
            says: ["step 'load'", "--data FILE"]),
        Case(
            name: "data that are not a list",
            yaml: pipelineYAML([("load", "type: Rows, data: topics")], []), says: ["step 'load'", "data", "list"]),
        Case(
            name: "a column that no step makes", yaml: shout("type: Shout, column: txet"),
            says: ["step 'shout'", "'txet'", "did you mean 'text'?"]),
        Case(
            name: "a cycle",
            yaml: pipelineYAML(
                [load, ("a", "type: Shout"), ("b", "type: Shout")], ["load -> a", "a -> b", "b -> a"]),
            says: ["circle", "a → b → a"]),
        Case(
            name: "an empty dataset", yaml: pipelineYAML([("load", "type: Rows, data: []")], []),
            says: ["step 'load'", "no rows"]),
        Case(
            name: "a key that is missing", yaml: ask("type: BrokenLLM, code: noKey"),
            says: ["step 'ask'", "BROKEN_KEY"]),
        Case(
            name: "a server that nobody runs",
            yaml: ask("type: BrokenLLM, code: connectionFailed, fails_at_loading: true"),
            says: ["step 'ask'", "mend it"], status: .failed),
        Case(
            name: "a key that is refused", yaml: ask("type: BrokenLLM, code: unauthorized"),
            says: ["step 'ask'", "mend it"], status: .failed),
        Case(
            name: "a parameter for nobody", yaml: smallYAML, says: ["'shuot'", "did you mean 'shout'?"],
            arguments: ["--param", "shuot.mark=x"]),
        Case(
            name: "a parameter that is none", yaml: smallYAML, says: ["--param shout", "STEP.PARAMETER=VALUE"],
            status: .misused, arguments: ["--param", "shout"]),
        Case(
            name: "a data file that is missing", yaml: smallYAML, says: ["step 'load'", "nowhere.jsonl"],
            arguments: ["--data", "nowhere.jsonl"]),
    ]

    @Test(arguments: cases) func isOneLineThatSaysWhereAndTheMend(_ one: Case) async throws {
        let folder = try TemporaryFolder()
        let config = try folder.file("pipeline.yaml", one.yaml)
        let run = await CommandRun(
            ["pipeline", "run", "-c", config, "-o", folder.path + "/out", "-q"] + one.arguments)
        #expect(run.status == one.status)
        #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
        #expect(run.errors.hasPrefix("error: "))
        for part in one.says { #expect(run.errors.contains(part), "\(run.errors)") }
        #expect(folder.names == ["pipeline.yaml"])
    }

    @Test func aFileThatIsMissing() async throws {
        let run = await CommandRun(["pipeline", "validate", "--config", "/nowhere/pipeline.yaml"])
        #expect(run.status == .invalidInput)
        #expect(run.errors.hasPrefix("error: there is no file /nowhere/pipeline.yaml"))
    }

    @Test func anOutputFolderWhereNoneCanBeMade() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.file("pipeline.yaml", smallYAML)
        let run = await CommandRun(["pipeline", "run", "-c", config, "-o", config + "/out", "-q"])
        #expect(run.status == .cannotWriteOutput)
        #expect(run.errors.split(separator: "\n").count == 1)
    }

    @Test(arguments: [
        ["pipeline", "run"], ["pipeline", "run", "--config", "x.yaml"], ["pipelin", "run"], ["dataset", "head"],
        ["dataset", "head", "x", "-n", "0"], ["components", "show", "Shuot"],
        ["components", "list", "--kind", "magic"],
    ])
    func wrongOptionsAreMisuse(arguments: [String]) async {
        let run = await CommandRun(arguments)
        #expect(run.status == .misused)
        #expect(!run.errors.isEmpty)
        #expect(run.output.isEmpty)
    }
}
