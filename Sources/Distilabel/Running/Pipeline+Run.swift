public import DistilabelDatasets
public import DistilabelEngine
internal import DistilabelModels
public import DistilabelPipeline
public import DistilabelValues

extension Pipeline {
    /// Runs the pipeline and gives its rows.
    ///
    ///     let distiset = try await pipeline.run(
    ///         parameters: ["generate_a": ["llm": ["generation_kwargs": ["temperature": 0.7]]]],
    ///         output: RunOutput("out/math"))
    ///
    /// - Parameters:
    ///   - parameters: `{step: {parameter: value, llm: {…}}}`, before what the pipeline says.
    ///   - output: Where the rows go while the run goes on; they are kept in memory where this is nil.
    ///   - cache: Where the models' answers are kept, so that none is paid for twice; nil keeps none.
    ///   - events: Told what happens, from many tasks at once; must not block.
    /// - Throws: What ``execute(_:)`` throws.
    @discardableResult
    public func run(
        parameters: Value.Object = [:], output: RunOutput? = nil, cache: RunCache? = .standard(),
        events: @escaping RunEventHandler = { _ in }
    ) async throws -> Distiset {
        var request = RunRequest()
        request.parameters = parameters
        request.cache = cache
        request.output = output
        request.events = events
        return try await execute(request).distiset
    }

    /// Runs a pipeline without a step that loads rows on rows that are there already.
    ///
    ///     let distiset = try await pipeline.run(dataset: rows, output: RunOutput("out/math"))
    ///
    /// The rows lead to the steps to which nothing leads.
    ///
    /// - Parameters:
    ///   - dataset: The rows.
    ///   - parameters: As in ``run(parameters:output:cache:events:)``, like all that follows.
    /// - Throws: `PipelineError` where the pipeline loads rows of its own; what ``execute(_:)`` throws.
    @discardableResult
    public func run(
        dataset: [Row], parameters: Value.Object = [:], output: RunOutput? = nil, cache: RunCache? = .standard(),
        events: @escaping RunEventHandler = { _ in }
    ) async throws -> Distiset {
        try await reading(dataset).run(parameters: parameters, output: output, cache: cache, events: events)
    }

    /// Runs the pipeline on its first rows, in memory: to see what comes out before the whole is paid for.
    ///
    /// Steps that write to a service write nothing.
    ///
    /// - Parameters:
    ///   - rows: How many rows each step that makes rows gives.
    ///   - parameters: As in ``run(parameters:output:cache:events:)``.
    ///   - cache: Where answers are kept: the run itself need not ask for them again.
    public func dryRun(
        rows: Int = 1, parameters: Value.Object = [:], cache: RunCache? = .standard()
    ) async throws -> Distiset {
        var request = RunRequest()
        request.cache = cache
        request.parameters = parameters
        request.options.rowLimit = rows
        request.options.isTrial = true
        return try await execute(request).distiset
    }

    /// Runs the pipeline with everything that can be said about a run, and tells what it did.
    ///
    /// Nothing is left in the output folder when it throws.
    ///
    /// - Throws: `PipelineError` with all that is wrong before any call is made, `DatasetError` when the output cannot be written,
    ///   `JournalError` when answers cannot be kept, `RunStopped` when it was stopped or had to stop and can go on later, `StepError` for what a
    ///   step threw, and `CancellationError`.
    public func execute(_ request: RunRequest) async throws -> RunResult {
        let pipeline = try applying(request.parameters, registry: request.registry)
        let isReplay = request.cache?.use == .replay
        // Seen once more by the engine; here so that nothing is made on disk for a pipeline that cannot run.
        let errors = pipeline.diagnostics(environment: isReplay ? nil : request.environment)
            .filter { $0.severity == .error }
        if !errors.isEmpty { throw PipelineError(errors, pipeline: name) }
        try pipeline.requirePrices(request)
        let rows: any RunRows =
            if let output = request.output {
                try RowsOnDisk(of: pipeline, to: output, environment: request.environment)
            } else {
                RowsInMemory()
            }
        let journal: Journal?
        do {
            journal = try pipeline.openJournal(request)
        } catch {
            rows.discard()
            throw error
        }
        let resources = RunResources(environment: request.environment)
        let start = ContinuousClock.now
        let observation = RunObservation(pipeline: name, port: request.metricsPort)
        var services = RunServices(
            journal: journal, budget: Budget(limits: request.limits, earlier: journal?.spending ?? .none),
            prices: request.prices, control: request.control)
        services.artifacts = rows.artifacts
        services.observing = observation.observing(environment: request.environment, prices: request.prices)
        let log = RunLog(of: pipeline)
        let logFile = RunLogFile(
            path: journal.map { "\($0.folder)/logs/run-\($0.run).log" }, logger: request.logger)
        let events: RunEventHandler = { event in
            let lines = log.lines(for: event)
            if !lines.isEmpty {
                rows.record(lines)
                logFile.record(lines)
            }
            observation.record(event)
            request.events(event)
        }
        let run = PipelineRun(
            pipeline, options: request.options, resources: resources, services: services, events: events)
        do {
            if let notice = journal?.notice { events(.notice(notice)) }
            let summary = try await observation.serving(events) {
                try await Self.run(run, of: pipeline, rows: rows)
            }
            await resources.close()
            let distiset: Distiset
            do {
                distiset = try rows.finish(summary)
            } catch let error as DatasetError {
                throw RunStop(.output(error))
            }
            journal?.close(state: .finished, summary: RunText.json(summary))
            return RunResult(distiset: distiset, summary: summary, pipeline: pipeline)
        } catch {
            await resources.close()
            rows.discard()
            logFile.record([
                LogLine(time: LogLine.now, level: .error, event: "ended", message: String(describing: error))
            ])
            let isStop = error is RunStop
            var summary = run.summary
            summary.duration = start.duration(to: .now)
            journal?.close(state: isStop ? .stopped : .failed, summary: RunText.json(summary))
            if let stop = error as? RunStop {
                throw RunStopped(stop: stop, summary: summary, journal: journal?.folder)
            }
            throw error
        }
    }

    /// The journal of this pipeline; nil where answers are not kept or nobody asks a model.
    private func openJournal(_ request: RunRequest) throws -> Journal? {
        guard let cache = request.cache, members.contains(where: { $0.step.asksAModel }) else { return nil }
        let mode: Journal.Mode =
            switch cache.use {
            case .resume, .startAnew: .resume
            case .retryFailed: .retryFailed
            case .replay: .replay
            }
        return try Journal(
            folder: cache.folder(of: name), command: JSON.string(request.command), mode: mode,
            startsAnew: cache.use == .startAnew, isDurable: cache.isDurable)
    }

    /// Sees that a limit of money can be kept.
    private func requirePrices(_ request: RunRequest) throws {
        let uses = members.compactMap { member -> ModelUse? in
            member.step.endpoint(in: request.environment).map { ModelUse(step: member.name, endpoint: $0) }
        }
        if let error = request.limits.missingPrices(for: uses, in: request.prices) { throw error }
    }

    private static func run(_ run: PipelineRun, of pipeline: Pipeline, rows: any RunRows) async throws -> RunSummary {
        let leaves = pipeline.leaves
        let columns = pipeline.columnsByStep ?? [:]
        let summary = try await run.run { leaf in
            try rows.sink(
                configuration: leaves.count == 1 ? "default" : leaf,
                columns: columns[leaf].flatMap { $0.isOpen ? nil : $0.names } ?? [])
        }
        try Task.checkCancellation()
        let sources = pipeline.members.filter { $0.step is any GeneratorStep }.map(\.name)
        let made = summary.steps.filter { sources.contains($0.name) }
        if made.allSatisfy({ $0.rowsOut == 0 }) {
            throw PipelineError(
                made.map { Diagnostic(step: $0.name, "it made no rows, so there is nothing to do: give it some data") },
                pipeline: pipeline.name)
        }
        return summary
    }
}

extension Journal {
    /// What all its answers took when it was opened.
    fileprivate var spending: Spending {
        totals.values.reduce(.none) { sum, step in
            sum
                + Spending(
                    requests: step.calls,
                    usage: Usage(inputTokens: step.inputTokens, outputTokens: step.outputTokens),
                    cost: Cost(picodollars: step.cost), unpricedRequests: step.unpriced)
        }
    }
}
