internal import ArgumentParser
internal import Distilabel
internal import DistilabelDatasets
internal import DistilabelEngine
internal import DistilabelPipeline
internal import DistilabelValues

/// `distilabel pipeline run`.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a pipeline and write its dataset.",
        discussion: """
            The dataset is written while the pipeline runs: DIR/CONFIG/train-00000-of-0000N.parquet (or train.jsonl, train.csv), a CONFIG \
            for each step that leads nowhere, `default` when there is one. Beside it lie pipeline.yaml, which says how it \
            was made, pipeline.log, and README.md, by which `datasets.load_dataset` loads DIR. DIR is whole in the end or not there at all.

            EXAMPLES
              distilabel pipeline run --config pipeline.yaml --output out/math
              distilabel pipeline run --config pipeline.yaml --output out/math --format jsonl --overwrite
              distilabel pipeline run --config pipeline.yaml --dry-run --param judge.llm.generation_kwargs.temperature=0
              distilabel pipeline run --config pipeline.yaml --data topics.jsonl --output out/mine
              distilabel pipeline run --config pipeline.yaml --output out/math --max-cost 20
              distilabel pipeline run --config hub:acme/math --output out/math --repo-id acme/math-2

            Every answer of a model is kept in a journal before it is used. A run that was stopped or killed goes on with the same command, and no answer is paid for twice.

            EXIT STATUS
            \(ExitStatus.table)
            """)

    enum LogFormat: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @OptionGroup var config: ConfigOptions

    @Option(name: [.short, .long], help: ArgumentHelp("The folder of the dataset.", valueName: "dir"))
    var output: String?

    @Option(help: "The format of the dataset's files.")
    var format = DatasetFormat.parquet

    @Flag(help: "Replace the dataset that lies in the folder; it stays there until the new one is whole.")
    var overwrite = false

    @Flag(help: "Run on the first rows only, show what comes out and write nothing.")
    var dryRun = false

    @Flag(help: "Say what the run would take, from a sample of its first rows: calls, tokens, time and money.")
    var estimate = false

    @Option(
        help: ArgumentHelp(
            "Rows that each step that makes rows gives at most; 1 with --dry-run, 5 with --estimate.", valueName: "n"))
    var rows: Int?

    @Option(
        help: ArgumentHelp(
            "Steps to load together, as a,b:c,d, one group after the other; `sequential` loads one step at a time. For models that do not fit into memory side by side.",
            valueName: "groups"), transform: LoadGroupsArgument.read)
    var loadGroups: LoadGroups?

    @Option(help: ArgumentHelp("Serve metrics for Prometheus at this port of 127.0.0.1; 0 for any.", valueName: "port"))
    var metricsPort: Int?

    @Option(
        help: ArgumentHelp("Rows of each configuration to show in the end; 3 on a terminal, else 0.", valueName: "n"))
    var showRows: Int?

    @Flag(help: "End with 0 although some rows failed.")
    var allowFailedRows = false

    @Flag(help: "Let the first row that fails end the run; what was answered is kept.")
    var strict = false

    @OptionGroup(title: "Answers") var answers: AnswerOptions

    @OptionGroup(title: "Budget") var budget: BudgetOptions

    @OptionGroup(title: "Hugging Face Hub") var hub: RunHubOptions

    @Option(help: "How the log on standard error is written, where no live progress is shown.")
    var logFormat: LogFormat?

    @Flag(name: [.short, .long], help: "Say nothing but what went wrong.")
    var quiet = false

    func validate() throws {
        if output == nil, !dryRun, !estimate {
            throw ValidationError("Say where the dataset goes with --output DIR, or try --dry-run.")
        }
        if hub.repoId != nil, dryRun || estimate {
            throw ValidationError("--repo-id pushes a whole dataset; leave it out with --dry-run and --estimate.")
        }
        if dryRun, estimate { throw ValidationError("Choose --dry-run or --estimate.") }
        if let metricsPort, !(0...65_535).contains(metricsPort) {
            throw ValidationError("--metrics-port must be from 0 to 65535.")
        }
        if strict, allowFailedRows {
            throw ValidationError("--strict and --allow-failed-rows say the opposite; leave one out.")
        }
        if let rows, rows < 1 { throw ValidationError("--rows must be at least 1.") }
        if let showRows, showRows < 0 { throw ValidationError("--show-rows must be at least 0.") }
    }

    func run() async throws {
        do {
            try await runPipeline()
        } catch  where logFormat == .json && !(error is StatusExit) {
            // Whoever reads JSON from standard error gets nothing else there.
            let complaint = Complaint(error)
            for message in complaint.lines {
                let line = LogLine(time: LogLine.now, level: .error, event: "error", message: message)
                Console.current.errors(line.json + "\n")
            }
            throw StatusExit(status: complaint.status)
        }
    }

    private func runPipeline() async throws {
        let console = Console.current
        let pipeline = try await config.pipeline(in: console, token: hub.tokenOption.secret)
        var request = RunRequest()
        request.environment = console.environment
        request.registry = console.registry
        request.options.rowLimit = rows ?? (dryRun ? 1 : nil)
        request.options.isTrial = dryRun
        request.options.isStrict = strict
        if let loadGroups { request.options.loadGroups = loadGroups }
        if let output, !dryRun { request.output = RunOutput(output, format: format, overwrite: overwrite) }
        request.cache = try answers.cache(in: console.environment)
        request.limits = try budget.limits()
        request.prices = try budget.table()
        request.command = command
        request.metricsPort = metricsPort
        let control = request.control
        console.interruption.set { [quiet] in
            control.stop(RunStop(.asked))
            let calls = control.callsUnderWay
            if quiet { return }
            console.errors(
                calls == 0
                    ? "stopping\n"
                    : "stopping: waiting for \(RunText.count(calls, "call")) under way; Ctrl-C again ends at once\n")
        }
        defer { console.interruption.set(nil) }
        let display = RunDisplay(of: pipeline, mode: displayMode(in: console), console: console)
        request.events = { display.record($0) }
        let finished = request
        if estimate {
            let rows = rows ?? 5
            let estimate = try await display.showing { try await pipeline.estimate(finished, sampleRows: rows) }
            return console.output(
                EstimateText(name: pipeline.name, estimate: estimate).text(style: console.outputStyle))
        }
        try await hub.requireAccess(in: console)
        let result = try await display.showing { try await pipeline.execute(finished) }
        try report(result, in: console)
        if let output { try await hub.push(result, from: output, quietly: quiet, in: console) }
        if result.summary.failedRows > 0, !allowFailedRows { throw StatusExit(status: .finishedWithFailedRows) }
    }

    /// What was asked for, so that `runs resume` can ask for it again; nothing where no dataset comes of it.
    private var command: Value {
        guard let output, !dryRun, !estimate else { return [:] }
        var arguments = ["--config", AbsolutePath.of(config.config), "--output", AbsolutePath.of(output)]
        arguments += ["--format", format.rawValue]
        if let data = config.data { arguments += ["--data", AbsolutePath.of(data)] }
        if let rows { arguments += ["--rows", String(rows)] }
        if let loadGroups { arguments += ["--load-groups", LoadGroupsArgument.text(of: loadGroups)] }
        if allowFailedRows { arguments.append("--allow-failed-rows") }
        arguments += hub.arguments
        for parameter in config.param { arguments += ["--param", parameter] }
        return ["arguments": .array(arguments.map(Value.string))]
    }

    private func displayMode(in console: Console) -> RunDisplay.Mode {
        if quiet { return .silent }
        switch logFormat {
        case .json: return .jsonLines
        case .text: return .lines
        case nil: return console.canRedraw ? .live : .lines
        }
    }

    /// The summary and some rows, on standard output.
    private func report(_ result: RunResult, in console: Console) throws {
        let style = console.outputStyle
        if !quiet, logFormat != .json {
            console.output(
                SummaryText(result, output: dryRun ? nil : output, isDryRun: dryRun).text(style: style))
        }
        let count = showRows ?? (quiet ? 0 : dryRun || console.outputIsTerminal ? 3 : 0)
        guard count > 0 else { return }
        for (configuration, splits) in result.distiset.configurations {
            guard let dataset = splits["train"] else { continue }
            for (index, row) in try dataset.head(count).enumerated() {
                let title = "\(configuration), row \(index + 1) of \(dataset.count)"
                console.output(
                    "\n" + RowText.text(of: row, title: title, width: min(console.size().columns, 120), style: style))
            }
        }
    }
}
