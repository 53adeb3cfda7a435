public import DistilabelModels
internal import Synchronization

/// What a run did, counted.
public struct RunSummary: Sendable {
    /// What one step did.
    public struct Step: Sendable {
        /// Its name.
        public var name: String
        /// Rows that came in.
        public var rowsIn = 0
        /// Rows that went out.
        public var rowsOut = 0
        /// Answers of its model, those of earlier runs too.
        public var calls = 0
        /// Answers of earlier runs among them, which were not asked for again.
        public var recalled = 0
        /// Tokens of all answers.
        public var usage = Usage.none
        /// The time that its model took for all answers together, waiting side by side counted twice.
        public var modelTime: Duration = .zero
        /// What all answers cost, of those whose price is known.
        public var cost = Cost.zero
        /// Answers whose price is not known.
        public var unpricedCalls = 0
        /// How many rows failed, by reason.
        public var failures: [String: Int] = [:]
        /// Whether it is done.
        public var isFinished = false

        /// How many rows failed.
        public var failedRows: Int { failures.values.reduce(0, +) }
    }

    /// The steps, in the order of the pipeline.
    public var steps: [Step]
    /// From the first row to the last.
    public var duration: Duration = .zero

    /// Tokens of all steps.
    public var usage: Usage { steps.map(\.usage).reduce(.none, +) }
    /// Answers of all models.
    public var calls: Int { steps.map(\.calls).reduce(0, +) }
    /// Answers of earlier runs among them.
    public var recalled: Int { steps.map(\.recalled).reduce(0, +) }
    /// What all answers cost, of those whose price is known.
    public var cost: Cost { steps.map(\.cost).reduce(.zero, +) }
    /// Answers whose price is not known.
    public var unpricedCalls: Int { steps.map(\.unpricedCalls).reduce(0, +) }
    /// Rows on which a step failed.
    public var failedRows: Int { steps.map(\.failedRows).reduce(0, +) }
}

/// Counts events into a summary that can be read at any time.
public final class RunMonitor: Sendable {
    private let state: Mutex<(summary: RunSummary, positions: [String: Int])>

    /// Makes a monitor of some steps.
    public init(steps: [String]) {
        let summary = RunSummary(steps: steps.map { RunSummary.Step(name: $0) })
        state = Mutex(
            (summary, Dictionary(zip(steps, steps.indices), uniquingKeysWith: { first, _ in first })))
    }

    /// The counts so far.
    public var summary: RunSummary { state.withLock { $0.summary } }

    /// The kinds of reasons that are told apart for one step; beyond that they are counted together.
    private static let reasonLimit = 50

    /// Counts an event.
    public func record(_ event: RunEvent) {
        switch event {
        case .received(let step, let rows): update(step) { $0.rowsIn += rows }
        case .produced(let step, let rows): update(step) { $0.rowsOut += rows }
        case .answered(let step, let answer):
            update(step) {
                $0.calls += 1
                $0.recalled += answer.isRecalled ? 1 : 0
                $0.usage = $0.usage + answer.usage
                if !answer.isRecalled { $0.modelTime += answer.duration }
                if let cost = answer.cost { $0.cost += cost } else { $0.unpricedCalls += 1 }
            }
        case .rowFailed(let step, let reason):
            update(step) { counts in
                let isKnown = counts.failures[reason] != nil || counts.failures.count < Self.reasonLimit
                counts.failures[isKnown ? reason : "other reasons", default: 0] += 1
            }
        case .stepFinished(let step): update(step) { $0.isFinished = true }
        case .loading, .started, .stepStarted, .notice, .finished: break
        }
    }

    private func update(_ step: String, _ change: (inout RunSummary.Step) -> Void) {
        state.withLock { state in
            guard let position = state.positions[step] else { return }
            change(&state.summary.steps[position])
        }
    }
}
