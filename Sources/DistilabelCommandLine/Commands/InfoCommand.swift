internal import ArgumentParser
internal import Distilabel
internal import DistilabelPipeline

/// `distilabel pipeline info`.
struct InfoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Show the graph of a pipeline and the columns of its dataset.",
        discussion: """
            EXAMPLES
              distilabel pipeline info --config pipeline.yaml
              distilabel pipeline info --config pipeline.yaml --mermaid > pipeline.mmd
            """)

    @OptionGroup var config: ConfigOptions

    @Flag(help: "Write the graph in Mermaid's language, for a Markdown page.")
    var mermaid = false

    func run() async throws {
        let console = Console.current
        let pipeline = try await config.pipeline(in: console)
        console.output(
            mermaid
                ? PipelineDrawing.mermaid(pipeline) : PipelineText.description(of: pipeline, style: console.outputStyle)
        )
    }
}
