public import DistilabelDatasets
public import DistilabelEngine
public import DistilabelModels
public import DistilabelPipeline
public import DistilabelValues
public import Logging

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Where the rows of a run go.
public struct RunOutput: Sendable, Hashable {
    /// The folder; it is whole in the end or not there at all.
    public var directory: String
    /// The format of the files.
    public var format: DatasetFormat
    /// Whether a dataset that lies there already is replaced.
    public var overwrite: Bool

    /// Names a folder.
    ///
    /// - Parameters:
    ///   - directory: The folder; those above it are made where they are missing.
    ///   - format: Parquet unless said otherwise.
    ///   - overwrite: Whether a dataset that lies there already is replaced; other things never are.
    public init(_ directory: String, format: DatasetFormat = .parquet, overwrite: Bool = false) {
        self.directory = directory
        self.format = format
        self.overwrite = overwrite
    }
}

/// All that a run is told beside the pipeline.
public struct RunRequest: Sendable {
    /// `{step: {parameter: value, llm: {…}}}`, before what the pipeline says.
    public var parameters: Value.Object = [:]
    /// Where the rows go; they are kept in memory where this is nil.
    public var output: RunOutput?
    /// How the run is to be.
    public var options = RunOptions()
    /// The environment variables; those of the process unless said otherwise.
    public var environment: [String: String]
    /// The components that the parameters may name.
    public var registry = ComponentRegistry.standard
    /// Where answers are kept; nil keeps none.
    public var cache: RunCache?
    /// The limits of money, tokens and requests, earlier runs of the same answers included.
    public var limits = BudgetLimits.none
    /// What models cost.
    public var prices = PriceTable.known
    /// What stops the run from outside.
    public var control = RunControl()
    /// The port on this machine at which Prometheus finds the run's metrics, 0 for any that is free; nil for none.
    ///
    /// Metrics go to swift-metrics'
    /// backend besides, and spans to swift-distributed-tracing's, where the program has set one up.
    public var metricsPort: Int?
    /// Where the log goes besides `pipeline.log` and the file beside the journal; figures stand in its metadata.
    public var logger: Logger?
    /// What is run, for whoever lists runs later.
    public var command: Value = .object([:])
    /// Told what happens, from many tasks at once; must not block.
    public var events: RunEventHandler = { _ in }

    /// Makes a request of the defaults.
    public init() {
        environment = ProcessInfo.processInfo.environment
        cache = .standard(in: environment)
    }
}

/// What a run made and did.
public struct RunResult: Sendable {
    /// The rows: a configuration a leaf, `default` when there is one leaf.
    public var distiset: Distiset
    /// The counts of each step, failures and their reasons among them.
    public var summary: RunSummary
    /// The pipeline as it ran, the parameters merged in.
    public var pipeline: Pipeline
}
