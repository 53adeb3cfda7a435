internal import ArgumentParser
internal import Distilabel
internal import DistilabelPipeline

/// `distilabel pipeline validate`.
struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Check a pipeline without running it, keys and model files included.",
        discussion: """
            Says everything that is wrong at once, a line each: the step, what it is, and the mend. Ends with 0 when the \
            pipeline can run, with \(ExitStatus.invalidInput.rawValue) when it cannot.

            EXAMPLE
              distilabel pipeline validate --config pipeline.yaml
            """)

    @OptionGroup var config: ConfigOptions

    func run() async throws {
        let console = Console.current
        let pipeline = try await config.pipeline(in: console)
        let found = pipeline.diagnostics(environment: console.environment)
        let errors = found.filter { $0.severity == .error }
        for warning in found where warning.severity == .warning {
            console.errors(console.errorStyle.yellow("warning:") + " \(warning)\n")
        }
        if !errors.isEmpty { throw PipelineError(errors, pipeline: pipeline.name) }
        console.output(console.outputStyle.green("valid:") + " " + PipelineText.size(of: pipeline) + "\n")
    }
}
