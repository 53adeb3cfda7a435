public import CoreMetrics
internal import DistilabelModels
internal import Synchronization

/// Records the calls of models and the rows of a run with swift-metrics.
///
/// Model calls come under OpenTelemetry's names for generative AI, `gen_ai.client.token.usage` and `gen_ai.client.operation.duration`;
/// the rest under `distilabel.…` with the dimensions `pipeline` and `step`. Meters are made on first use and kept, so that recording
/// costs a look-up. Copies share them; safe from many tasks at once.
public struct ModelCallMetrics: Sendable {
    private let meters: RunMeters

    /// Makes the metrics of a run.
    ///
    /// - Parameters:
    ///   - pipeline: The pipeline's name.
    ///   - factory: What takes the records; nil for the one of `MetricsSystem`, which does nothing unless the process set one.
    public init(pipeline: String, factory: (any MetricsFactory)? = nil) {
        meters = RunMeters(pipeline: pipeline, factory: factory ?? MetricsSystem.factory)
    }

    /// Records one call: its duration and tokens, its outcome, and what it cost.
    public func record(_ call: ModelCallReport) {
        let meters = meters.call(CallKey(target: call.target, step: call.step, errorType: call.errorType))
        meters.duration.recordNanoseconds(call.duration.nanoseconds)
        meters.calls.increment()
        if let usage = call.usage {
            meters.inputTokens.record(usage.inputTokens)
            meters.outputTokens.record(usage.outputTokens)
        }
        if let cost = call.cost {
            meters.cost.increment(by: cost.dollars)
        } else if call.errorType == nil {
            meters.unpriced.increment()
        }
    }

    /// Records that a call begins or ends: 1 for one that begins, -1 for one that ends.
    public func callsInFlight(changedBy change: Int, step: String) {
        meters.meter(MetricNames.callsInFlight, step: step).increment(by: Double(change))
    }

    /// Records an answer of an earlier run that was not asked for again.
    public func recalled(step: String) { meters.counter(MetricNames.journalHits, step: step).increment() }

    /// Records rows that went into a step or came out.
    public func rows(_ count: Int, step: String, direction: RowDirection) {
        meters.counter(MetricNames.rows, step: step, "direction", direction.rawValue).increment(by: count)
    }

    /// Records a row on which a step failed.
    ///
    /// - Parameter kind: Why, in few different words (``ErrorType``), never a message; beyond fifty of a step they become `other`.
    public func rowFailed(step: String, kind: String = "unusable_answer") {
        meters.counter(MetricNames.rowFailures, step: step, "kind", meters.limited(kind, of: step)).increment()
    }

    /// Records that a step began or is done.
    public func step(_ step: String, isRunning: Bool) {
        meters.meter(MetricNames.stepsRunning, step: step).set(isRunning ? 1 : 0)
    }
}

/// What tells the meters of calls apart.
struct CallKey: Hashable, Sendable {
    let target: ModelCallTarget
    let step: String
    let errorType: String?
}

extension Duration {
    /// The whole duration in nanoseconds, as far as that reaches: 292 years.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, isOver) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, isBeyond) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
        return isOver || isBeyond ? (seconds < 0 ? .min : .max) : sum
    }
}
