public import DistilabelModels
public import DistilabelPipeline

/// What stands between the steps of a run and their models; each part may be left out.
public struct RunServices: Sendable {
    /// Where answers are kept; nil keeps none.
    public var journal: Journal?
    /// The limits of money, tokens and requests.
    public var budget: Budget
    /// What models cost.
    public var prices: PriceTable
    /// The gates of the endpoints.
    public var gates: Gates
    /// What stops the run.
    public var control: RunControl
    /// Where steps keep what they leave beside their rows; nil keeps nothing.
    public var artifacts: (any ArtifactStore)?
    /// Puts something around the model of a step that sees each try, such as what counts and traces it.
    public var observing: Observing = { model, _, _ in model }

    /// A model, what it stands for, and the step that asks it.
    public typealias Observing =
        @Sendable (any LoadedLanguageModel, _ task: any LLMTask, _ step: String) -> any LoadedLanguageModel

    /// Makes services without a journal and without limits.
    public init(
        journal: Journal? = nil, budget: Budget = Budget(), prices: PriceTable = .known, gates: Gates = Gates(),
        control: RunControl = RunControl()
    ) {
        self.journal = journal
        self.budget = budget
        self.prices = prices
        self.gates = gates
        self.control = control
    }

    /// Whether models are never asked: every answer must be in the journal.
    var isReplay: Bool { journal?.mode == .replay }
}
