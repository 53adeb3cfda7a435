public import DistilabelEngine
internal import DistilabelModels
public import DistilabelPipeline
internal import DistilabelValues
internal import Synchronization

/// Turns the events of a run into lines of a log: few enough to be read, however many rows there are.
public final class RunLog: Sendable {
    private let state: Mutex<RunLogState>
    private let monitor: RunMonitor
    private let clock: @Sendable () -> Double

    /// Makes the log of a pipeline's run.
    ///
    /// - Parameters:
    ///   - pipeline: What runs.
    ///   - interval: Seconds between two lines about how far it is; 10 unless said otherwise.
    ///   - clock: The time in seconds since 1970.
    public init(
        of pipeline: Pipeline, interval: Double = 10, clock: @escaping @Sendable () -> Double = { LogLine.now }
    ) {
        monitor = RunMonitor(steps: pipeline.members.map(\.name))
        state = Mutex(RunLogState(name: pipeline.name, stepCount: pipeline.members.count, interval: interval))
        self.clock = clock
    }

    /// The lines that an event gives: most give none.
    public func lines(for event: RunEvent) -> [LogLine] {
        monitor.record(event)
        let time = clock()
        return state.withLock { $0.lines(for: event, at: time) { monitor.summary } }
    }
}

/// What was said already, and when.
struct RunLogState {
    let name: String
    let stepCount: Int
    let interval: Double
    private var lastProgress: Double?
    private var start = 0.0
    /// How often each reason of each step was met.
    private var met: [String: [String: Int]] = [:]

    /// Of each reason so many rows get a line of their own.
    private static let linesPerReason = 3
    /// Of each step so many reasons are told apart.
    private static let reasonsPerStep = 20

    init(name: String, stepCount: Int, interval: Double) {
        self.name = name
        self.stepCount = stepCount
        self.interval = interval
    }

    mutating func lines(for event: RunEvent, at time: Double, summary: () -> RunSummary) -> [LogLine] {
        switch event {
        case .loading:
            start = time
            return [
                LogLine(
                    time: time, event: "loading", message: "making '\(name)' ready: \(stepCount) steps",
                    fields: ["pipeline": .string(name), "steps": .int(stepCount)])
            ]
        case .started:
            lastProgress = time
            return [LogLine(time: time, event: "started", message: "rows begin to flow")]
        case .stepStarted(let step):
            return [
                LogLine(time: time, event: "step_started", message: "\(step) begins", fields: ["step": .string(step)])
            ]
        case .notice(let text): return [LogLine(time: time, level: .warning, event: "notice", message: text)]
        case .rowFailed(let step, let reason): return failure(reason, of: step, at: time)
        case .stepFinished(let step):
            guard let counts = summary().steps.first(where: { $0.name == step }) else { return [] }
            return [
                LogLine(
                    time: time, level: counts.failedRows > 0 ? .warning : .info, event: "step_finished",
                    message: "\(step) is done: " + RunText.counts(of: counts), fields: Self.fields(of: counts))
            ]
        case .finished:
            let summary = summary()
            return [
                LogLine(
                    time: time, level: summary.failedRows > 0 ? .warning : .info, event: "finished",
                    message: "finished in \(RunText.duration(time - start)): \(RunText.count(summary.calls, "call")), "
                        + "\(RunText.count(summary.failedRows, "failed row"))",
                    fields: [
                        "seconds": .double(time - start), "calls": .int(summary.calls),
                        "input_tokens": .int(summary.usage.inputTokens),
                        "output_tokens": .int(summary.usage.outputTokens),
                        "recalled_calls": .int(summary.recalled), "cost": .double(summary.cost.dollars),
                        "failed_rows": .int(summary.failedRows),
                    ])
            ]
        case .received, .produced, .answered: return progress(at: time, summary: summary)
        }
    }

    /// A line a failed row, until a reason is known well enough.
    private mutating func failure(_ reason: String, of step: String, at time: Double) -> [LogLine] {
        let isKnown = met[step]?[reason] != nil
        guard isKnown || met[step, default: [:]].count < Self.reasonsPerStep else { return [] }
        let count = (met[step]?[reason] ?? 0) + 1
        met[step, default: [:]][reason] = count
        guard count <= Self.linesPerReason else { return [] }
        let more = count == Self.linesPerReason ? " (more of these are only counted)" : ""
        return [
            LogLine(
                time: time, level: .warning, event: "row_failed", message: "\(step) failed on a row: \(reason)\(more)",
                fields: ["step": .string(step), "reason": .string(reason)])
        ]
    }

    /// How far each step is that works, now and then.
    private mutating func progress(at time: Double, summary: () -> RunSummary) -> [LogLine] {
        guard let last = lastProgress, time - last >= interval else { return [] }
        lastProgress = time
        return summary().steps.filter { !$0.isFinished && $0.rowsIn + $0.rowsOut > 0 }.map { counts in
            LogLine(
                time: time, event: "progress", message: "\(counts.name): " + RunText.counts(of: counts),
                fields: Self.fields(of: counts))
        }
    }

    private static func fields(of counts: RunSummary.Step) -> Value.Object {
        [
            "step": .string(counts.name), "rows_in": .int(counts.rowsIn), "rows_out": .int(counts.rowsOut),
            "calls": .int(counts.calls), "recalled_calls": .int(counts.recalled), "cost": .double(counts.cost.dollars),
            "input_tokens": .int(counts.usage.inputTokens),
            "output_tokens": .int(counts.usage.outputTokens), "failed_rows": .int(counts.failedRows),
        ]
    }
}
