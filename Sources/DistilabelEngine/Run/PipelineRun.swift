public import DistilabelModels
public import DistilabelPipeline
internal import DistilabelValues

/// One execution of a pipeline: a task a step, bounded channels between them, cancellation by structured concurrency alone.
public struct PipelineRun: Sendable {
    private let pipeline: Pipeline
    private let options: RunOptions
    private let resources: RunResources
    private let services: RunServices
    private let events: RunEventHandler
    private let monitor: RunMonitor

    /// Makes an execution.
    ///
    /// - Parameters:
    ///   - pipeline: What to run.
    ///   - options: How.
    ///   - resources: What its models share; closed by whoever made it.
    ///   - services: What stands between steps and models: the journal, the budget, the gates.
    ///   - events: Told what happens.
    public init(
        _ pipeline: Pipeline, options: RunOptions = RunOptions(), resources: RunResources,
        services: RunServices = RunServices(), events: @escaping RunEventHandler = { _ in }
    ) {
        self.pipeline = pipeline
        self.options = options
        self.resources = resources
        self.services = services
        let monitor = RunMonitor(steps: pipeline.members.map(\.name))
        self.monitor = monitor
        self.events = { event in
            monitor.record(event)
            events(event)
            if options.isStrict, case .rowFailed(let step, let reason) = event {
                services.control.stop(RunStop(.failedRow(reason), step: step))
            }
        }
    }

    /// The counts so far; may be read while the run goes on.
    public var summary: RunSummary { monitor.summary }

    /// Runs the pipeline to its end.
    ///
    /// - Parameter sink: Takes the rows of a leaf, by its name.
    /// - Returns: What was done.
    /// - Throws: `PipelineError` when the pipeline cannot run, `RunStop` when it was stopped or must stop and can go on later, what a generator, a
    ///   global step or a sink throws, and `CancellationError`.
    public func run(into sink: @escaping @Sendable (_ leaf: String) async throws -> any RowSink) async throws
        -> RunSummary
    {
        let errors = pipeline.diagnostics(environment: services.isReplay ? nil : resources.environment)
            .filter { $0.severity == .error }
        if !errors.isEmpty { throw PipelineError(errors, pipeline: pipeline.name) }
        let stages = try pipeline.stages(options.loadGroups)
        events(.loading)
        try await prepareSteps()
        let isStaged = stages.count > 1
        let models = isStaged ? [:] : try await loadModels(of: stages[0], from: resources)
        let wiring = Wiring(
            pipeline, stages: stages, options: options, concurrency: models.values.map(\.concurrency).max() ?? 0)
        let clock = ContinuousClock()
        let start = clock.now
        events(.started)
        let gates = services.gates
        services.control.whenStopping { gates.drain() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            let stopped = services.control
            // Ends the run once it is to stop and no call is under way; cancelled by its end.
            group.addTask { throw try await stopped.drained() }
            group.addTask {
                if !isStaged { return try await work(stages[0], wiring: wiring, models: models, sink: sink) }
                for stage in stages { try await work(alone: stage, wiring: wiring, sink: sink) }
            }
            _ = try await group.next()
            group.cancelAll()
        }
        events(.finished)
        var summary = monitor.summary
        summary.duration = start.duration(to: clock.now)
        return summary
    }

    /// Loads a stage, runs it, and gives back what it loaded before the next begins.
    private func work(
        alone stage: [Pipeline.Member], wiring: Wiring,
        sink: @escaping @Sendable (_ leaf: String) async throws -> any RowSink
    ) async throws {
        let resources = RunResources(environment: resources.environment)
        do {
            events(.loading)
            let models = try await loadModels(of: stage, from: resources)
            try await work(stage, wiring: wiring, models: models, sink: sink)
        } catch {
            await resources.close()
            throw error
        }
        await resources.close()
    }

    /// Moves the rows of a stage until there are no more.
    private func work(
        _ order: [Pipeline.Member], wiring: Wiring, models: [String: LoadedModel],
        sink: @escaping @Sendable (_ leaf: String) async throws -> any RowSink
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for member in order {
                let outlet = wiring.outlet(of: member.name, events: events)
                let driver = driver(for: member, wiring: wiring, outlet: outlet, model: models[member.name])
                group.addTask {
                    try await StepError.wrapping(member.name) { try await driver.run() }
                    outlet.finish()
                    events(.stepFinished(step: member.name))
                }
            }
            let leaves = Set(pipeline.leaves.map(\.name))
            for leaf in order where leaves.contains(leaf.name) {
                guard let inlet = wiring.sinkInlet(of: leaf.name) else { continue }
                group.addTask {
                    try await SinkDriver(inlet: inlet, sink: try await sink(leaf.name), control: services.control).run()
                }
            }
            try await group.waitForAllOrFirstError()
        }
    }

    /// Lets every step see that it can do its work, side by side.
    private func prepareSteps() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for member in pipeline.members {
                let context = context(of: member)
                group.addTask {
                    try await StepError.wrapping(member.name) { try await member.step.prepare(in: context) }
                }
            }
            try await group.waitForAllOrFirstError()
        }
    }

    private func context(of member: Pipeline.Member) -> StepContext {
        StepContext(
            stepName: member.name, inputMappings: member.options.inputMappings, isTrial: options.isTrial,
            resources: resources, artifacts: services.artifacts)
    }

    /// Makes the models of all tasks of a stage ready, side by side; none where only the journal is asked.
    private func loadModels(
        of stage: [Pipeline.Member], from resources: RunResources
    ) async throws -> [String: LoadedModel] {
        if services.isReplay { return [:] }
        return try await withThrowingTaskGroup(of: (String, LoadedModel).self) { group in
            for member in stage where member.step.asksAModel {
                group.addTask {
                    try await StepError.wrapping(member.name) {
                        (member.name, try await LoadedModel(of: member.step, from: resources))
                    }
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    /// What moves the rows of a step.
    private func driver(
        for member: Pipeline.Member, wiring: Wiring, outlet: Outlet, model: LoadedModel?
    ) -> any StepDriver {
        let work = StepWork(
            member: member, context: context(of: member),
            makesIdentities: pipeline.members.contains { $0.step.asksAModel }, events: events)
        let inlet = wiring.inlet(of: member.name)
        switch member.step {
        case let step as any GeneratorStep:
            return GeneratorDriver(
                step: step, work: work, outlet: outlet, window: wiring.window(of: member.name),
                rowLimit: options.rowLimit)
        case let step as any JoinStep:
            return JoinDriver(
                step: step, work: work, inlet: inlet, outlet: outlet, isPositional: wiring.isPositional(member.name),
                leavesOutMissing: wiring.isConvergence(member.name), window: wiring.window(of: member.name))
        case let step as any GlobalStep:
            return GlobalDriver(
                step: step, work: work, inlet: inlet, outlet: outlet, window: wiring.window(of: member.name))
        case let step as any BatchStep:
            return BatchDriver(step: step, work: work, inlet: inlet, outlet: outlet)
        case let step as any LLMTask:
            let asker = StepAsker(
                step: member.name, task: step, loaded: model?.language, services: services,
                environment: resources.environment,
                usesJournal: member.options.useCache || services.isReplay, events: events)
            return TaskDriver(task: step, asker: asker, work: work, inlet: inlet, outlet: outlet)
        case let step as any EmbeddingStep:
            let asker = EmbeddingAsker(
                step: member.name, model: step.embeddings.model, loaded: model?.embedding, services: services,
                environment: resources.environment, usesJournal: member.options.useCache || services.isReplay,
                events: events)
            return EmbeddingDriver(step: step, asker: asker, work: work, inlet: inlet, outlet: outlet)
        case let step as any RowStep:
            return RowDriver(step: step, work: work, inlet: inlet, outlet: outlet)
        default:
            return MisfitDriver(name: member.name)
        }
    }
}

/// An error that ended a run, with the step in which it came up.
public struct StepError: Error, Sendable, CustomStringConvertible {
    /// The step.
    public let step: String
    /// What it threw.
    public let cause: any Error

    /// The step and the message of the cause.
    public var description: String { "step '\(step)': \(cause)" }

    /// Runs something and names the step in what it throws; cancellation and a stop pass as they are.
    static func wrapping<Result>(_ step: String, _ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as CancellationError {
            throw error
        } catch let error as RunStop {
            throw error
        } catch let error as StepError {
            throw error
        } catch {
            throw StepError(step: step, cause: error)
        }
    }
}
