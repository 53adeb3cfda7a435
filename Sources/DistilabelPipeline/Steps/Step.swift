public import DistilabelModels
public import DistilabelValues

/// A part of a pipeline: it makes rows, or takes rows and gives rows.
///
/// What kind it is says the protocol that it conforms to: ``GeneratorStep``, ``RowStep``, ``BatchStep``, ``GlobalStep``, ``JoinStep``,
/// ``EmbeddingStep`` or `LLMTask`. A step is a value; the engine calls it from several tasks at once.
public protocol Step: Component, Linkable {
    /// The columns that it reads.
    var inputs: [InputColumn] { get }
    /// The columns that it makes.
    var outputs: [String] { get }
    /// The columns that rows have behind this step.
    ///
    /// - Parameter available: The columns of the rows that come in, under the step's own names.
    func columns(after available: ColumnSet) -> ColumnSet
    /// What is wrong with its parameters, seen without any row.
    func problems() -> [String]
    /// What its parameters lack together with the environment variables: a key, say.
    func problems(in environment: [String: String]) -> [String]
    /// Sees that it can do its work, before the run's first row: that the server is there that it writes to, say.
    ///
    /// What it makes ready goes into `context.resources`, under a key with the step's name.
    ///
    /// - Throws: What ends the run before it begins.
    func prepare(in context: StepContext) async throws
}

extension Step {
    /// All columns that came in, and the outputs.
    public func columns(after available: ColumnSet) -> ColumnSet { available.adding(outputs) }
    /// Nothing.
    public func problems() -> [String] { [] }
    /// Nothing.
    public func problems(in environment: [String: String]) -> [String] { [] }
    /// Nothing to see to.
    public func prepare(in context: StepContext) async throws {}
}

/// A column that a step reads.
public struct InputColumn: Sendable, Hashable, ExpressibleByStringLiteral {
    /// Its name.
    public var name: String
    /// Whether rows must have it.
    public var isRequired: Bool

    /// Makes a column that rows must have.
    public init(stringLiteral value: String) { self.init(value) }

    /// Makes a column.
    public init(_ name: String, isRequired: Bool = true) {
        self.name = name
        self.isRequired = isRequired
    }

    /// Makes a column that rows may have.
    public static func optional(_ name: String) -> InputColumn { InputColumn(name, isRequired: false) }
}

/// The columns that rows have at a place in the graph, as far as they are known before a run.
public struct ColumnSet: Sendable, Hashable {
    /// The names that are known, in order.
    public var names: [String]
    /// Whether there may be others: of a file that is not read yet, or of a step that does not say.
    public var isOpen: Bool

    /// Makes a set of columns.
    public init(_ names: [String], isOpen: Bool = false) {
        self.names = names
        self.isOpen = isOpen
    }

    /// Whether rows have the column, or may have it.
    public func mayContain(_ name: String) -> Bool { isOpen || names.contains(name) }

    /// These columns and those of `more` that are new.
    public func adding(_ more: [String]) -> ColumnSet {
        ColumnSet(names + more.filter { !names.contains($0) }, isOpen: isOpen)
    }
}

/// What a running step may use beside its rows.
public struct StepContext: Sendable {
    /// The step's name in its pipeline.
    public var stepName: String
    /// Of each column that the step reads under another name than its rows have it: that name.
    public var inputMappings: [String: String]
    /// Whether the run only tries the pipeline: a step that writes to a service writes nothing then.
    public var isTrial: Bool
    /// What the steps and models of the run share: connections, say.
    public var resources: RunResources
    /// Where artifacts are kept; nil where rows stay in memory.
    public var artifacts: (any ArtifactStore)?

    /// The environment variables.
    public var environment: [String: String] { resources.environment }

    /// Makes a context.
    public init(
        stepName: String, inputMappings: [String: String] = [:], isTrial: Bool = false,
        resources: RunResources = RunResources(environment: [:]), artifacts: (any ArtifactStore)? = nil
    ) {
        self.artifacts = artifacts
        self.stepName = stepName
        self.inputMappings = inputMappings
        self.isTrial = isTrial
        self.resources = resources
    }
}
