public import CoreMetrics
internal import Synchronization

/// Keeps the metrics of this process in memory and writes them as Prometheus reads them.
///
/// Counters, floating-point counters, meters and recorders of swift-metrics come under their labels with `_` for what a name
/// may not hold, counters with `_total`, timers as histograms in seconds with `_seconds`. Where two kinds want one name, the later
/// gets its kind behind. Metrics of one label and the same dimensions are one. Recording takes atomics or one short lock.
public final class PrometheusMetricsFactory: MetricsFactory {
    private let buckets: [String: HistogramBuckets]
    private let help: [String: String]
    private let seriesLimit: Int
    private let state = Mutex(MetricFamilies())

    /// Makes a store without metrics.
    ///
    /// - Parameters:
    ///   - buckets: Buckets of recorders and timers, by label; else seconds for timers, and for recorders what their labels suggest:
    ///     tokens for labels with `token` in them, seconds for those that end in `seconds` or `duration`.
    ///   - help: What metrics mean, by label, in a sentence; those of this module are known.
    ///   - seriesLimit: Most series of one name; what is beyond that is recorded together, with the label `otel_metric_overflow`.
    public init(
        buckets: [String: HistogramBuckets] = [:], help: [String: String] = [:], seriesLimit: Int = 2000
    ) {
        self.buckets = buckets
        self.help = help
        self.seriesLimit = max(1, seriesLimit)
    }

    /// All metrics in the text exposition format 0.0.4, in the order of their names and labels.
    public func text() -> String {
        let families = state.withLock { $0.families }
        var text = ""
        for family in families.values.sorted(by: { $0.name < $1.name }) { family.write(into: &text) }
        return text
    }

    /// Makes a counter.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        counter(label, dimensions)
    }

    /// Makes a counter of broken amounts.
    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        counter(label, dimensions)
    }

    /// Makes a gauge.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        gauge(label, dimensions)
    }

    /// Makes a histogram, or a gauge where nothing is to be aggregated.
    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        aggregate ? histogram(label, dimensions, isTimer: false) : gauge(label, dimensions)
    }

    /// Makes a histogram in seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(label, dimensions, isTimer: true)
    }

    /// Forgets a counter.
    public func destroyCounter(_ handler: any CounterHandler) { forget(handler) }
    /// Forgets a counter of broken amounts.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { forget(handler) }
    /// Forgets a gauge.
    public func destroyMeter(_ handler: any MeterHandler) { forget(handler) }
    /// Forgets a recorder.
    public func destroyRecorder(_ handler: any RecorderHandler) { forget(handler) }
    /// Forgets a timer.
    public func destroyTimer(_ handler: any TimerHandler) { forget(handler) }

    private func forget(_ handler: any AnyObject) {
        guard let cell = handler as? any MetricCell else { return }
        state.withLock { $0.remove(cell) }
    }

    private func counter(_ label: String, _ dimensions: [(String, String)]) -> CounterCell {
        cell(label, dimensions, kind: .counter) { place, _ in CounterCell(place: place) }
    }

    private func gauge(_ label: String, _ dimensions: [(String, String)]) -> GaugeCell {
        cell(label, dimensions, kind: .gauge) { place, _ in GaugeCell(place: place) }
    }

    private func histogram(_ label: String, _ dimensions: [(String, String)], isTimer: Bool) -> HistogramCell {
        cell(label, dimensions, kind: .histogram, isTimer: isTimer, HistogramCell.init(place:buckets:))
    }

    private func cell<Cell: MetricCell>(
        _ label: String, _ dimensions: [(String, String)], kind: MetricFamily.Kind, isTimer: Bool = false,
        _ make: (SeriesPlace, HistogramBuckets) -> Cell
    ) -> Cell {
        var base = PrometheusText.metricName(label)
        if isTimer, !base.hasSuffix("_seconds") { base += "_seconds" }
        let labels = PrometheusText.labels(dimensions, isHistogram: kind == .histogram)
        return state.withLock { state in
            let family = state.family(
                base: base, kind: kind, help: helpOf(label, kind), buckets: bucketsOf(label, isTimer: isTimer))
            return state.cell(family: family, labels: labels, limit: seriesLimit, make: make)
        }
    }

    private func helpOf(_ label: String, _ kind: MetricFamily.Kind) -> String {
        help[label] ?? MetricNames.help[label] ?? "The \(kind.rawValue) \(label)."
    }

    private func bucketsOf(_ label: String, isTimer: Bool) -> HistogramBuckets {
        if let chosen = buckets[label] { return chosen }
        if isTimer || label.hasSuffix("seconds") || label.hasSuffix("duration") { return .seconds }
        return label.contains("token") ? .tokens : .general
    }
}
