internal import CoreMetrics
internal import DistilabelEngine
internal import DistilabelModels
internal import DistilabelObservability
internal import DistilabelPipeline

/// What others see of a run while it goes on: metrics and spans.
struct RunObservation: Sendable {
    private let metrics: ModelCallMetrics
    private let prometheus: PrometheusMetricsFactory?
    private let port: Int?

    init(pipeline: String, port: Int?) {
        self.port = port
        let prometheus = port == nil ? nil : PrometheusMetricsFactory()
        self.prometheus = prometheus
        metrics = ModelCallMetrics(
            pipeline: pipeline,
            factory: prometheus.map { MultiplexMetricsHandler(factories: [$0, MetricsSystem.factory]) })
    }

    /// Counts an event.
    func record(_ event: RunEvent) {
        switch event {
        case .received(let step, let rows): metrics.rows(rows, step: step, direction: .in)
        case .produced(let step, let rows): metrics.rows(rows, step: step, direction: .out)
        case .answered(let step, let answer): if answer.isRecalled { metrics.recalled(step: step) }
        case .rowFailed(let step, _): metrics.rowFailed(step: step)
        case .stepStarted(let step): metrics.step(step, isRunning: true)
        case .stepFinished(let step): metrics.step(step, isRunning: false)
        case .loading, .started, .notice, .finished: break
        }
    }

    /// Counts and traces the calls of a step's model.
    func observing(
        environment: [String: String], prices: PriceTable
    ) -> RunServices.Observing {
        { [metrics] model, task, step in
            let endpoint = task.llm.model.endpoint(in: environment)
            return ObservedModel(
                model, target: ModelCallTarget(endpoint: endpoint), step: step, metrics: metrics,
                price: prices.price(of: endpoint.model, at: endpoint.host),
                maxTokens: task.llm.model.maximumOutputTokens)
        }
    }

    /// Serves the metrics, where that was asked for, while `body` runs.
    func serving<Result: Sendable>(
        _ events: @escaping RunEventHandler, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        guard let prometheus, let port else { return try await body() }
        return try await MetricsServer.serving(prometheus, port: UInt16(clamping: port)) { port in
            events(.notice("metrics are at http://127.0.0.1:\(port)/metrics"))
            return try await body()
        }
    }
}
