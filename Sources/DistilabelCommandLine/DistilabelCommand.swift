public import ArgumentParser
internal import Synchronization

/// The command `distilabel`.
public struct DistilabelCommand: AsyncParsableCommand {
    /// The version of the package.
    public static let version = "0.1.0"

    /// Its name, its help and what stands below it.
    public static let configuration = CommandConfiguration(
        commandName: "distilabel",
        abstract: "Turns seed data into training data with the help of language models.",
        discussion: """
            A pipeline is a graph of steps in a file: some load, reshape or format rows, others ask a model and read what \
            it says. What the last steps make is the dataset.

            EXAMPLES
              distilabel pipeline validate --config pipeline.yaml
              distilabel pipeline run --config pipeline.yaml --output out/math
              distilabel pipeline run --config pipeline.yaml --dry-run --param judge.llm.model=gpt-4o-mini
              distilabel components show TextGeneration
              distilabel dataset head out/math

            EXIT STATUS
            \(ExitStatus.table)

            ENVIRONMENT
              OPENAI_API_KEY, OPENAI_BASE_URL, MISTRAL_API_KEY   keys and addresses that models look for
              DISTILABEL_CACHE_DIR                               where answers are kept; empty for nowhere
              NO_COLOR                                           no colours, also on a terminal
            """,
        version: version,
        subcommands: [PipelineCommand.self, RunsCommand.self, ComponentsCommand.self, DatasetCommand.self])

    /// Makes the command.
    public init() {}

    /// Runs the command of this process and ends the process with its exit status.
    public static func main() async {
        Self.exit(withError: ExitCode(await run(Array(CommandLine.arguments.dropFirst())).rawValue))
    }

    /// Runs a command to its end.
    ///
    /// - Parameters:
    ///   - arguments: What stands behind the command's name.
    ///   - console: What surrounds it.
    public static func run(_ arguments: [String], in console: Console) async -> ExitStatus {
        await Console.$current.withValue(console) { await status(of: arguments) }
    }

    /// Runs a command in this process: signals cancel it.
    private static func run(_ arguments: [String]) async -> ExitStatus {
        let signalled = Mutex<ExitStatus?>(nil)
        let console = Console.process
        let command = Task { await run(arguments, in: console) }
        let watch = SignalWatch { status in
            if console.interruption.handle() { return }
            signalled.withLock { $0 = $0 ?? status }
            command.cancel()
        }
        defer { watch.cancel() }
        let status = await command.value
        return status == .interrupted ? signalled.withLock { $0 } ?? status : status
    }

    private static func status(of arguments: [String]) async -> ExitStatus {
        let console = Console.current
        do {
            var command = try parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
            return .finished
        } catch let error as StatusExit {
            return error.status
        } catch  where isOwn(error) {
            // Whatever a step made of being cancelled, it was Ctrl-C.
            let complaint = Complaint(Task.isCancelled ? CancellationError() : error)
            console.errors(complaint.text(console.errorStyle))
            return complaint.status
        } catch {
            let status = exitCode(for: error).isSuccess ? ExitStatus.finished : .misused
            let text = fullMessage(for: error, columns: min(100, console.size().columns))
            if !text.isEmpty { (status == .finished ? console.output : console.errors)(text + "\n") }
            return status
        }
    }

    /// Whether an error is not one of the parser's.
    private static func isOwn(_ error: any Error) -> Bool {
        let module = String(reflecting: type(of: error)).prefix { $0 != "." }
        return module != "ArgumentParser" && module != "ArgumentParserToolInfo"
    }
}

/// Ends a command whose words were all said.
struct StatusExit: Error {
    /// How it ends.
    var status: ExitStatus
}
