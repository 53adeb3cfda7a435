internal import CoreMetrics
internal import Synchronization

/// Where one series of a metric keeps its value.
protocol MetricCell: AnyObject, Sendable {
    /// The family and the labels under which it stands.
    var place: SeriesPlace { get }
    /// Writes its lines.
    func write(into text: inout String)
}

/// The family and the labels of a series, as they are written.
struct SeriesPlace: Sendable, Hashable {
    let family: String
    let labels: String
}

/// Counts up; whole and broken amounts in one.
final class CounterCell: MetricCell, CounterHandler, FloatingPointCounterHandler {
    let place: SeriesPlace
    private let whole = Atomic<UInt64>(0)
    private let broken = Atomic<Double>(0)

    init(place: SeriesPlace) { self.place = place }

    /// Adds an amount; one below zero is ignored, for counters never fall.
    func increment(by amount: Int64) {
        if amount > 0 { whole.wrappingAdd(UInt64(amount), ordering: .relaxed) }
    }

    func increment(by amount: Double) {
        if amount > 0, amount.isFinite { broken.add(amount) }
    }

    func reset() {
        whole.store(0, ordering: .relaxed)
        broken.store(0, ordering: .relaxed)
    }

    func write(into text: inout String) {
        let whole = whole.load(ordering: .relaxed)
        let broken = broken.load(ordering: .relaxed)
        let number = broken == 0 ? String(whole) : PrometheusText.number(Double(whole) + broken)
        PrometheusText.write(place.family, place.labels, number, into: &text)
    }
}

/// Holds the last value.
final class GaugeCell: MetricCell, MeterHandler, RecorderHandler {
    let place: SeriesPlace
    private let value = Atomic<Double>(0)

    init(place: SeriesPlace) { self.place = place }

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { self.value.store(value, ordering: .relaxed) }
    func increment(by amount: Double) { value.add(amount) }
    func decrement(by amount: Double) { value.add(-amount) }
    func record(_ value: Int64) { set(value) }
    func record(_ value: Double) { set(value) }

    func write(into text: inout String) {
        let number = PrometheusText.number(value.load(ordering: .relaxed))
        PrometheusText.write(place.family, place.labels, number, into: &text)
    }
}

/// Sorts values into buckets.
final class HistogramCell: MetricCell, RecorderHandler, TimerHandler {
    private struct State {
        var counts: [UInt64]
        var sum = 0.0
    }

    let place: SeriesPlace
    private let buckets: HistogramBuckets
    private let state: Mutex<State>

    init(place: SeriesPlace, buckets: HistogramBuckets) {
        self.place = place
        self.buckets = buckets
        state = Mutex(State(counts: Array(repeating: 0, count: buckets.bounds.count + 1)))
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }

    /// Sorts a value in; what is no number is ignored, since it would spoil the sum for good.
    func record(_ value: Double) {
        guard !value.isNaN else { return }
        let index = buckets.index(of: value)
        state.withLock { state in
            state.counts[index] += 1
            state.sum += value
        }
    }

    func write(into text: inout String) {
        let (counts, sum) = state.withLock { ($0.counts, $0.sum) }
        var total: UInt64 = 0
        for (count, bound) in zip(counts, buckets.bounds + [.infinity]) {
            total += count
            let labels = PrometheusText.joined(place.labels, "le=\"\(PrometheusText.number(bound))\"")
            PrometheusText.write(place.family + "_bucket", labels, String(total), into: &text)
        }
        PrometheusText.write(place.family + "_sum", place.labels, PrometheusText.number(sum), into: &text)
        PrometheusText.write(place.family + "_count", place.labels, String(total), into: &text)
    }
}

extension Atomic<Double> {
    /// Adds an amount.
    fileprivate func add(_ amount: Double) {
        var known = load(ordering: .relaxed)
        while true {
            let (isDone, found) = weakCompareExchange(expected: known, desired: known + amount, ordering: .relaxed)
            if isDone { return }
            known = found
        }
    }
}
