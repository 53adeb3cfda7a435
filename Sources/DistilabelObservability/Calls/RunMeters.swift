internal import CoreMetrics
internal import Synchronization

/// The meters of a run, made on first use.
final class RunMeters: Sendable {
    /// What a call of a model is recorded with.
    struct Call: Sendable {
        let duration: Timer
        let inputTokens: Recorder
        let outputTokens: Recorder
        let calls: Counter
        let cost: FloatingPointCounter
        let unpriced: Counter
    }

    private struct StepKey: Hashable {
        let label: String
        let step: String
        let value: String
    }

    private struct State {
        var calls: [CallKey: Call] = [:]
        var counters: [StepKey: Counter] = [:]
        var meters: [StepKey: Meter] = [:]
        var kinds: [String: Set<String>] = [:]
    }

    private let pipeline: String
    private let factory: any MetricsFactory
    private let state = Mutex(State())

    /// So many kinds of failures are told apart for one step.
    private static let kindLimit = 50

    init(pipeline: String, factory: any MetricsFactory) {
        self.pipeline = pipeline
        self.factory = factory
    }

    /// The meters of calls of one kind.
    func call(_ key: CallKey) -> Call {
        state.withLock { state in
            if let known = state.calls[key] { return known }
            let made = make(key)
            state.calls[key] = made
            return made
        }
    }

    /// A counter of a step, with one more dimension if that has a name.
    func counter(_ label: String, step: String, _ name: String? = nil, _ value: String = "") -> Counter {
        let key = StepKey(label: label, step: step, value: value)
        return state.withLock { state in
            if let known = state.counters[key] { return known }
            let dimensions = stepDimensions(step) + (name.map { [($0, value)] } ?? [])
            let made = Counter(label: label, dimensions: dimensions, factory: factory)
            state.counters[key] = made
            return made
        }
    }

    /// A gauge of a step.
    func meter(_ label: String, step: String) -> Meter {
        let key = StepKey(label: label, step: step, value: "")
        return state.withLock { state in
            if let known = state.meters[key] { return known }
            let made = Meter(label: label, dimensions: stepDimensions(step), factory: factory)
            state.meters[key] = made
            return made
        }
    }

    /// A kind of failure, or `other` where a step has too many.
    func limited(_ kind: String, of step: String) -> String {
        state.withLock { state in
            if state.kinds[step]?.contains(kind) == true { return kind }
            guard state.kinds[step, default: []].count < Self.kindLimit else { return "other" }
            state.kinds[step, default: []].insert(kind)
            return kind
        }
    }

    private func stepDimensions(_ step: String) -> [(String, String)] {
        [(AttributeNames.pipeline, pipeline), (AttributeNames.step, step)]
    }

    private func make(_ key: CallKey) -> Call {
        let target = key.target
        var client = [
            (AttributeNames.operation, target.operation), (AttributeNames.provider, target.provider),
            (AttributeNames.requestModel, target.model),
        ]
        if let address = target.serverAddress { client.append((AttributeNames.serverAddress, address)) }
        if let port = target.serverPort { client.append((AttributeNames.serverPort, String(port))) }
        let ours = stepDimensions(key.step)
        let priced = ours + [(AttributeNames.requestModel, target.model)]
        func tokens(_ type: String) -> Recorder {
            Recorder(
                label: MetricNames.tokenUsage, dimensions: client + [(AttributeNames.tokenType, type)], aggregate: true,
                factory: factory)
        }
        let error = key.errorType.map { [(AttributeNames.errorType, $0)] } ?? []
        let outcome = key.errorType.map { $0 == "cancelled" ? $0 : "failed" } ?? "answered"
        return Call(
            duration: Timer(label: MetricNames.operationDuration, dimensions: client + error, factory: factory),
            inputTokens: tokens("input"),
            outputTokens: tokens("output"),
            calls: Counter(label: MetricNames.calls, dimensions: ours + [("outcome", outcome)], factory: factory),
            cost: FloatingPointCounter(label: MetricNames.cost, dimensions: priced, factory: factory),
            unpriced: Counter(label: MetricNames.unpricedCalls, dimensions: priced, factory: factory))
    }
}
