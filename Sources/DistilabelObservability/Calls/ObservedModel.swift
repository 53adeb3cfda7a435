public import DistilabelModels
public import Tracing

/// A model whose calls are measured and traced; it answers as the model inside it does.
public struct ObservedModel: LoadedLanguageModel {
    private let base: any LoadedLanguageModel
    private let target: ModelCallTarget
    private let step: String
    private let metrics: ModelCallMetrics
    private let price: Price?
    private let maxTokens: Int?
    private let temperature: Double?
    private let tracer: (any Tracer)?

    /// Puts a model under observation.
    ///
    /// - Parameters:
    ///   - base: The model that answers.
    ///   - target: What its calls are named after.
    ///   - step: The step that asks.
    ///   - metrics: What records the calls.
    ///   - price: What tokens cost; nil where that is not known.
    ///   - maxTokens: Most tokens of an answer, for spans.
    ///   - temperature: How freely it chooses, for spans.
    ///   - tracer: What takes spans; nil for the one of `InstrumentationSystem`.
    public init(
        _ base: any LoadedLanguageModel, target: ModelCallTarget, step: String, metrics: ModelCallMetrics,
        price: Price? = nil, maxTokens: Int? = nil, temperature: Double? = nil, tracer: (any Tracer)? = nil
    ) {
        self.base = base
        self.target = target
        self.step = step
        self.metrics = metrics
        self.price = price
        self.maxTokens = maxTokens
        self.temperature = temperature
        self.tracer = tracer
    }

    /// The name of the model inside.
    public var modelName: String { base.modelName }
    /// How many requests at once the model inside can make use of.
    public var concurrency: Int { base.concurrency }

    /// Answers as the model inside does, and records how that went.
    public func generate(_ request: GenerationRequest) async throws -> GenerationResponse {
        let clock = ContinuousClock()
        let start = clock.now
        metrics.callsInFlight(changedBy: 1, step: step)
        defer { metrics.callsInFlight(changedBy: -1, step: step) }
        do {
            let response = try await withModelCallSpan(
                target, step: step, maxTokens: maxTokens, temperature: temperature,
                choices: request.numberOfGenerations, tracer: tracer
            ) { span in
                let response = try await base.generate(request)
                span.answered(response)
                return response
            }
            let usage = response.usage.isEmpty ? nil : response.totalUsage
            record(start.duration(to: clock.now), usage: usage, errorType: nil)
            return response
        } catch {
            record(start.duration(to: clock.now), usage: nil, errorType: ErrorType.name(of: error))
            throw error
        }
    }

    private func record(_ duration: Duration, usage: Usage?, errorType: String?) {
        metrics.record(
            ModelCallReport(
                target: target, step: step, duration: duration, usage: usage,
                cost: usage.flatMap { price?.cost(of: $0) }, errorType: errorType))
    }
}
