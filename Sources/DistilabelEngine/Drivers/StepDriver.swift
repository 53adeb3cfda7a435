internal import DistilabelPipeline
internal import DistilabelValues

/// Moves the rows of one step: takes them from its inlet, lets the step work, and gives them to its outlet.
protocol StepDriver: Sendable {
    /// Works until there is nothing more to do.
    func run() async throws
}

/// What all drivers know of their step.
struct StepWork: Sendable {
    let member: Pipeline.Member
    let context: StepContext
    let events: RunEventHandler
    let mapping: ColumnMapping
    /// Whether rows that enter the graph here are told apart for the steps that ask models.
    let makesIdentities: Bool

    init(
        member: Pipeline.Member, context: StepContext, makesIdentities: Bool = false,
        events: @escaping RunEventHandler
    ) {
        self.member = member
        self.context = context
        self.makesIdentities = makesIdentities
        self.events = events
        mapping = ColumnMapping(member)
    }

    var name: String { member.name }

    /// The row that goes on when a step failed on one: nulls in the outputs, the reason in the metadata.
    func failed(_ row: Row, _ error: any Error) -> Row {
        let reason = String(describing: error)
        events(.rowFailed(step: name, reason: reason))
        var row = row
        row.noteFailure(error, of: name, outputs: member.step.outputs)
        return row
    }

    /// Counts the failures that a step of several rows has noted on single ones, but for those that rows came with: of an earlier run whose steps bore the
    /// same names.
    func countFailures(in made: [Row], of given: [Row]) {
        var before: [String: Int] = [:]
        for reason in given.compactMap({ $0.failure(of: name) }) { before[reason, default: 0] += 1 }
        for reason in made.compactMap({ $0.failure(of: name) }) {
            if let count = before[reason], count > 0 {
                before[reason] = count - 1
            } else {
                events(.rowFailed(step: name, reason: reason))
            }
        }
    }

    /// Whether an error is not a row's own fault, so that it must end the run.
    static func endsRun(_ error: any Error) -> Bool {
        error is CancellationError || error is RunStop || error is JournalError
    }
}

/// Stands in for a step of no known kind, which the checks should have refused.
struct MisfitDriver: StepDriver {
    let name: String

    func run() async throws {
        throw PipelineError(
            "it is no kind of step that can run: make it a GeneratorStep, RowStep, BatchStep, GlobalStep, JoinStep or LLMTask",
            step: name)
    }
}
