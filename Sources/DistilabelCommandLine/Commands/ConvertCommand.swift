internal import ArgumentParser
internal import Distilabel
internal import DistilabelPipeline

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `distilabel pipeline convert`.
struct ConvertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Check a pipeline and write it into another file, for this command or Python's.",
        discussion: """
            What is written has every parameter, today's names of components, and no secrets. Parameters given with --param \
            and rows given with --data are written with it.

            EXAMPLES
              distilabel pipeline convert --config pipeline.yaml --output pipeline.json
              distilabel pipeline convert --config old.yaml --output new.yaml --param judge.llm.model=gpt-4o-mini
            """)

    @OptionGroup var config: ConfigOptions

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The file to write: .yaml, .yml or .json.", valueName: "file"))
    var output: String

    @Flag(help: "Replace the file that is there.")
    var overwrite = false

    func validate() throws {
        guard [".yaml", ".yml", ".json"].contains(where: output.lowercased().hasSuffix) else {
            throw ValidationError("--output \(output): let the name end in .yaml, .yml or .json.")
        }
    }

    func run() async throws {
        let console = Console.current
        if !overwrite, FileManager.default.fileExists(atPath: output) {
            throw Complaint("\(output) is there already; --overwrite replaces it", status: .cannotWriteOutput)
        }
        let pipeline = try await config.pipeline(in: console)
        try pipeline.save(to: output)
        console.output(console.outputStyle.green("written:") + " \(output), \(PipelineText.size(of: pipeline))\n")
    }
}
