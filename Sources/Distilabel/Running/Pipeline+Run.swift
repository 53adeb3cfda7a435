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
    ///   - events: Told what happens, from many tasks at once; must not block.
    /// - Throws: What ``execute(_:)`` throws.
    @discardableResult
    public func run(
        parameters: Value.Object = [:], output: RunOutput? = nil, events: @escaping RunEventHandler = { _ in }
    ) async throws -> Distiset {
        var request = RunRequest()
        request.parameters = parameters
        request.output = output
        request.events = events
        return try await execute(request).distiset
    }

    /// Runs the pipeline on its first rows, in memory: to see what comes out before the whole is paid for.
    ///
    /// - Parameter rows: How many rows each step that makes rows gives.
    public func dryRun(rows: Int = 1, parameters: Value.Object = [:]) async throws -> Distiset {
        var request = RunRequest()
        request.parameters = parameters
        request.options.rowLimit = rows
        return try await execute(request).distiset
    }

    /// Runs the pipeline with everything that can be said about a run, and tells what it did.
    ///
    /// Nothing is left in the output folder when it throws.
    ///
    /// - Throws: `PipelineError` with all that is wrong before any call is made, `DatasetError` when the output cannot be written,
    ///   `StepError` for what ended the run, and `CancellationError`.
    public func execute(_ request: RunRequest) async throws -> RunResult {
        let pipeline = try applying(request.parameters, registry: request.registry)
        // Seen once more by the engine; here so that nothing is made on disk for a pipeline that cannot run.
        let errors = pipeline.diagnostics(environment: request.environment).filter { $0.severity == .error }
        if !errors.isEmpty { throw PipelineError(errors, pipeline: name) }
        let rows: any RunRows =
            if let output = request.output {
                try RowsOnDisk(of: pipeline, to: output)
            } else {
                RowsInMemory()
            }
        let resources = RunResources(environment: request.environment)
        let summary: RunSummary
        do {
            summary = try await Self.run(pipeline, request, resources: resources, rows: rows)
            await resources.close()
        } catch {
            await resources.close()
            rows.discard()
            throw error
        }
        return RunResult(distiset: try rows.finish(), summary: summary, pipeline: pipeline)
    }

    private static func run(
        _ pipeline: Pipeline, _ request: RunRequest, resources: RunResources, rows: any RunRows
    ) async throws -> RunSummary {
        let run = PipelineRun(pipeline, options: request.options, resources: resources) { event in
            rows.record(event)
            request.events(event)
        }
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
