import Distilabel
import DistilabelCommandLine
import Testing

struct ConvertCommandTests {
    @Test(arguments: ["new.yaml", "new.json"]) func writesWhatItRead(name: String) async throws {
        let folder = try TemporaryFolder()
        let config = try folder.file("p.yaml", smallYAML)
        let output = folder.path + "/" + name
        let run = await CommandRun(["pipeline", "convert", "-c", config, "-o", output, "--param", "shout.mark=?"])
        #expect(run.status == .finished, "\(run.errors)")
        let written = try Pipeline(contentsOf: output, registry: testRegistry)
        #expect(written.members.map(\.name) == ["load", "shout"])
        #expect((written.member(named: "shout")?.step as? Shout)?.mark == "?")
        let read = try Pipeline(contentsOf: config, registry: testRegistry, parameters: ["shout": ["mark": "?"]])
        #expect(try PipelineDescription(read).value == PipelineDescription(written).value)
    }

    @Test func replacesNoFileUnlessTold() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.file("p.yaml", smallYAML)
        let arguments = ["pipeline", "convert", "-c", config, "-o", config]
        #expect(await CommandRun(arguments).status == .cannotWriteOutput)
        #expect(try folder.read("p.yaml") == smallYAML)
        #expect(await CommandRun(arguments + ["--overwrite"]).status == .finished)
        #expect(try folder.read("p.yaml").contains("type_info"))
    }

    @Test func refusesWhatIsWrongAndWritesNothing() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.file("p.yaml", pipelineYAML([("load", "type: Rowz, data: []")], []))
        #expect(
            await CommandRun(["pipeline", "convert", "-c", config, "-o", folder.path + "/a.json"]).status
                == .invalidInput)
        #expect(
            await CommandRun(["pipeline", "convert", "-c", config, "-o", folder.path + "/a.txt"]).status == .misused)
        #expect(folder.names == ["p.yaml"])
    }
}
