internal import ArgumentParser

/// `distilabel pipeline`.
struct PipelineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pipeline", abstract: "Run, check and look at pipelines.",
        subcommands: [RunCommand.self, InfoCommand.self, ValidateCommand.self])
}
