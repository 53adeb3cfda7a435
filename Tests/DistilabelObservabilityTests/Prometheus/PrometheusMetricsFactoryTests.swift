import CoreMetrics
import DistilabelObservability
import Testing

struct PrometheusMetricsFactoryTests {
    let factory = PrometheusMetricsFactory(
        buckets: ["small": HistogramBuckets([1, 2])], help: ["hits": "How often.\nReally \\ often."])

    @Test func writesCountersWithHelpAndType() {
        let hits = Counter(label: "hits", dimensions: [("path", "a\"b\\c\nd")], factory: factory)
        hits.increment(by: 3)
        hits.increment()
        #expect(
            factory.text() == """
                # HELP hits_total How often.\\nReally \\\\ often.
                # TYPE hits_total counter
                hits_total{path="a\\"b\\\\c\\nd"} 4

                """)
    }

    @Test func writesHistogramsWithRunningCounts() {
        let small = Recorder(label: "small", dimensions: [("k", "v")], aggregate: true, factory: factory)
        for value in [0.5, 1, 1.5, 7] { small.record(value) }
        small.record(Double.nan)
        #expect(
            factory.text() == """
                # HELP small The histogram small.
                # TYPE small histogram
                small_bucket{k="v",le="1"} 2
                small_bucket{k="v",le="2"} 3
                small_bucket{k="v",le="+Inf"} 4
                small_sum{k="v"} 10
                small_count{k="v"} 4

                """)
    }

    @Test func timersAreHistogramsInSeconds() {
        let timer = Timer(label: "wait", dimensions: [], factory: factory)
        timer.recordNanoseconds(40_000_000)
        timer.recordSeconds(2)
        let lines = factory.text().split(separator: "\n")
        #expect(lines.contains("wait_seconds_bucket{le=\"0.05\"} 1"))
        #expect(lines.contains("wait_seconds_bucket{le=\"2.5\"} 2"))
        #expect(lines.contains("wait_seconds_sum 2.04"))
        #expect(lines.contains("wait_seconds_count 2"))
    }

    @Test func countersNeverFall() {
        let broken = FloatingPointCounter(label: "dollars", dimensions: [], factory: factory)
        broken.increment(by: 0.25)
        broken.increment(by: -1)
        broken.increment(by: Double.nan)
        broken.increment(by: Double.infinity)
        let whole = Counter(label: "whole", dimensions: [], factory: factory)
        whole.increment(by: -5)
        let lines = factory.text().split(separator: "\n")
        #expect(lines.contains("dollars_total 0.25"))
        #expect(lines.contains("whole_total 0"))
    }

    @Test func gaugesGoUpAndDown() {
        let meter = Meter(label: "rooms", dimensions: [], factory: factory)
        meter.increment(by: 3)
        meter.decrement()
        let gauge = Gauge(label: "level", dimensions: [], factory: factory)
        gauge.record(-1.5)
        let lines = factory.text().split(separator: "\n")
        #expect(lines.contains("rooms 2"))
        #expect(lines.contains("level -1.5"))
        #expect(lines.contains("# TYPE level gauge"))
    }

    @Test func metricsOfOneLabelAndTheSameDimensionsAreOne() {
        Counter(label: "x", dimensions: [("a", "1"), ("b", "2")], factory: factory).increment()
        Counter(label: "x", dimensions: [("b", "2"), ("a", "1")], factory: factory).increment()
        FloatingPointCounter(label: "x_total", dimensions: [("a", "1"), ("b", "2")], factory: factory).increment()
        #expect(factory.text().split(separator: "\n").last == #"x_total{a="1",b="2"} 3"#)
    }

    @Test func noTwoFamiliesWriteLinesOfOneName() {
        Recorder(label: "a", dimensions: [], aggregate: true, factory: factory).record(1)
        Meter(label: "a", dimensions: [], factory: factory).set(2)
        Meter(label: "a_count", dimensions: [], factory: factory).set(3)
        Counter(label: "a.sum", dimensions: [], factory: factory).increment()
        Meter(label: "a_sum_total", dimensions: [], factory: factory).set(4)
        let lines = factory.text().split(separator: "\n").filter { !$0.hasPrefix("#") && !$0.contains("_bucket") }
        let names = lines.compactMap { $0.split(separator: " ").first }
        #expect(Set(names) == ["a_sum", "a_count", "a_gauge", "a_count_gauge", "a_sum_total", "a_sum_total_gauge"])
        #expect(names.count == 6)
    }

    @Test func whatIsDestroyedIsNoLongerWritten() {
        let gone = Timer(label: "gone", dimensions: [("a", "1")], factory: factory)
        let kept = Timer(label: "gone", dimensions: [("a", "2")], factory: factory)
        gone.recordSeconds(1)
        kept.recordSeconds(1)
        gone.destroy()
        #expect(!factory.text().contains(#"a="1""#))
        #expect(factory.text().contains(#"a="2""#))
        kept.destroy()
        #expect(factory.text().isEmpty)
    }

    @Test func seriesBeyondTheLimitAreCountedTogether() {
        let factory = PrometheusMetricsFactory(seriesLimit: 2)
        for index in 0..<5 { Counter(label: "n", dimensions: [("i", "\(index)")], factory: factory).increment() }
        #expect(
            factory.text().split(separator: "\n").dropFirst(2) == [
                #"n_total{i="0"} 1"#, #"n_total{i="1"} 1"#, #"n_total{otel_metric_overflow="true"} 3"#,
            ])
    }

    @Test func recordsOfManyTasksAreAllKept() async {
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask { [factory] in
                    for _ in 0..<2000 {
                        Counter(label: "c", dimensions: [], factory: factory).increment()
                        FloatingPointCounter(label: "f", dimensions: [], factory: factory).increment(by: 0.5)
                        Meter(label: "m", dimensions: [], factory: factory).increment()
                        Recorder(label: "r", dimensions: [], aggregate: true, factory: factory).record(task)
                    }
                }
            }
        }
        let lines = factory.text().split(separator: "\n")
        #expect(lines.contains("c_total 16000"))
        #expect(lines.contains("f_total 8000"))
        #expect(lines.contains("m 16000"))
        #expect(lines.contains("r_count 16000"))
        #expect(lines.contains("r_sum 56000"))
    }

    @Test func metricsOfAProcessReachItThroughTheSystemsFactory() {
        withMetricsFactory(factory) { Counter(label: "through").increment() }
        #expect(factory.text().contains("through_total 1"))
    }
}
