internal import ArgumentParser

/// `distilabel pipeline`.
struct PipelineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pipeline", abstract: "Run, check, look at and convert pipelines.",
        subcommands: [RunCommand.self, InfoCommand.self, ValidateCommand.self, ConvertCommand.self])
}
