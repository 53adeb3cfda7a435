internal import DistilabelModels

/// What a whole run may take, extrapolated from a sample of its rows.
///
/// Every step is taken to do with each source row what it did in the sample on average; a step that sees all rows at
/// once and asks a model a fixed number of times is overestimated so.
public struct Estimate: Sendable, Hashable {
    /// What holds the calls to a server back.
    public enum Bottleneck: String, Sendable, Hashable {
        /// How many requests may be under way at once, and how long each takes.
        case concurrency
        /// The limit of requests a minute.
        case requestsPerMinute
        /// The limit of tokens a minute.
        case tokensPerMinute
    }

    /// What one step may take.
    public struct Step: Sendable, Hashable {
        /// The step.
        public var name: String
        /// Rows that come in.
        public var rowsIn: Double
        /// Rows that go out.
        public var rowsOut: Double
        /// Calls of its model.
        public var calls: Projection
        /// Tokens of prompts.
        public var inputTokens: Projection
        /// Tokens of answers.
        public var outputTokens: Projection
        /// US dollars; nil when the price is not known.
        public var dollars: Projection?
        /// How long its calls take when nothing else uses the server.
        public var seconds: Projection
        /// What decides that; nil for a step without calls.
        public var bottleneck: Bottleneck?
        /// Whether it asks a model but did not in the sample, so that nothing is known of it.
        public var isUnobserved: Bool
    }

    /// The steps, as in the sample.
    public var steps: [Step]
    /// All source rows.
    public var totalRows: Int
    /// The source rows of the sample.
    public var sampledRows: Int
    /// How long the whole takes: the busiest server, and one row's way through all steps.
    public var seconds: Projection

    /// Calls of all steps.
    public var calls: Projection { steps.map(\.calls).reduce(.zero, +) }
    /// Tokens of all prompts.
    public var inputTokens: Projection { steps.map(\.inputTokens).reduce(.zero, +) }
    /// Tokens of all answers.
    public var outputTokens: Projection { steps.map(\.outputTokens).reduce(.zero, +) }
    /// US dollars of the steps of known price.
    public var dollars: Projection { steps.compactMap(\.dollars).reduce(.zero, +) }
    /// The steps whose price is not known, and so is not in `dollars`.
    public var unpricedSteps: [String] { steps.filter { $0.dollars == nil }.map(\.name) }

    /// Extrapolates; nil when the sample has no rows.
    ///
    /// - Parameters:
    ///   - samples: What each step did.
    ///   - sampledRows: The source rows that they did it with.
    ///   - totalRows: The source rows of the whole run.
    public init?(_ samples: [StepSample], sampledRows: Int, totalRows: Int) {
        guard sampledRows > 0, totalRows >= 0 else { return nil }
        let factor = Double(totalRows) / Double(sampledRows)
        self.totalRows = totalRows
        self.sampledRows = sampledRows
        var loads: [String: Load] = [:]
        var firstRow = 0.0
        steps = []
        for sample in samples {
            let own = Load(sample, sampledRows: sampledRows, totalRows: totalRows)
            let (seconds, bottleneck) = own.duration(sample.endpoint)
            steps.append(
                Step(
                    name: sample.name, rowsIn: Double(sample.rowsIn) * factor, rowsOut: Double(sample.rowsOut) * factor,
                    calls: own.calls, inputTokens: own.inputTokens, outputTokens: own.outputTokens,
                    dollars: own.dollars, seconds: seconds, bottleneck: bottleneck, isUnobserved: own.isUnobserved))
            loads[sample.endpoint?.id ?? "step \(sample.name)", default: Load(sample.endpoint)].add(own)
            if totalRows > 0 { firstRow += sample.seconds.mean }
        }
        let busiest = loads.values.map { $0.duration($0.endpoint).seconds }.reduce(.zero, Projection.larger)
        seconds = busiest + Projection(mean: firstRow, low: firstRow, high: firstRow)
    }
}

/// What is asked of one server.
private struct Load {
    var endpoint: Endpoint?
    var calls = Projection.zero
    var inputTokens = Projection.zero
    var outputTokens = Projection.zero
    var dollars: Projection?
    /// With each step's own requests side by side.
    var seconds = Projection.zero
    var isUnobserved = false

    init(_ endpoint: Endpoint?) { self.endpoint = endpoint }

    init(_ sample: StepSample, sampledRows: Int, totalRows: Int) {
        endpoint = sample.endpoint
        guard sample.calls > 0 else {
            isUnobserved = endpoint != nil && totalRows > 0
            let nothing = isUnobserved ? Projection(mean: 0, low: 0, high: nil) : .zero
            (calls, inputTokens, outputTokens, seconds) = (nothing, nothing, nothing, nothing)
            dollars = nothing
            return
        }
        func total(_ amounts: Moments) -> Projection {
            .total(of: amounts, sampledRows: sampledRows, totalRows: totalRows)
        }
        calls = total(Moments(repeatElement(1, count: sample.calls)))
        inputTokens = total(sample.inputTokens)
        outputTokens = total(sample.outputTokens)
        dollars = sample.dollars.count == sample.calls ? total(sample.dollars) : nil
        let width = max(1, min(Double(endpoint?.concurrency ?? 1), calls.mean))
        seconds = total(sample.seconds) * (1 / width)
    }

    mutating func add(_ other: Load) {
        calls = calls + other.calls
        inputTokens = inputTokens + other.inputTokens
        outputTokens = outputTokens + other.outputTokens
        // Each step has requests of its own under way, so the slowest of them counts.
        seconds = .larger(seconds, other.seconds)
    }

    /// How long it takes, and why.
    func duration(_ endpoint: Endpoint?) -> (seconds: Projection, bottleneck: Estimate.Bottleneck?) {
        guard calls.mean > 0 else { return (seconds, nil) }
        var (longest, bottleneck) = (seconds, Estimate.Bottleneck.concurrency)
        let limits: [(Int?, Projection, Estimate.Bottleneck)] = [
            (endpoint?.requestsPerMinute, calls, .requestsPerMinute),
            (endpoint?.tokensPerMinute, inputTokens + outputTokens, .tokensPerMinute),
        ]
        for (limit, amount, name) in limits {
            guard let limit, limit > 0 else { continue }
            let time = amount * (60 / Double(limit))
            if time.mean > longest.mean { bottleneck = name }
            longest = .larger(longest, time)
        }
        return (longest, bottleneck)
    }
}
