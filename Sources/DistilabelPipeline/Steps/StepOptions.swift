public import DistilabelValues

/// The parameters that every step has beside its own.
public struct StepOptions: DefaultsProviding, Sendable, Hashable {
    /// Of each column that the step reads, under which name rows have it.
    public var inputMappings: [String: String] = [:]
    /// Of each column that the step makes, under which name rows get it.
    public var outputMappings: [String: String] = [:]
    /// Whether answers of earlier runs may be used.
    public var useCache = true
    /// How many rows a step takes at a time: what a ``BatchStep`` is given, and no more than a hint for others.
    public var inputBatchSize = 50
    /// What the step may use of the machine.
    public var resources = StepResources()

    /// Makes the options' defaults.
    public init() {}

    /// The defaults.
    public static var defaults: StepOptions { StepOptions() }
}

/// What a step may use of the machine.
public struct StepResources: DefaultsProviding, Sendable, Hashable {
    /// How many rows of a row-wise step are processed at once.
    public var replicas = 1
    /// Processor cores; read, and of no effect in one process.
    public var cpus: Double?
    /// Graphics cards; read, and of no effect in one process.
    public var gpus: Double?
    /// Bytes of memory; read, and of no effect in one process.
    public var memory: Int?
    /// Other resources of a cluster; read, and of no effect in one process.
    public var resources: [String: Double]?

    /// Makes the resources' defaults.
    public init() {}

    /// The defaults.
    public static var defaults: StepResources { StepResources() }
}
