import CoreMetrics
import DistilabelObservability
import Testing

/// Python's client of Prometheus reads what we write.
@Suite(.enabled(if: PrometheusParser.isAvailable, "set DISTILABEL_PYTHON to a Python with prometheus_client"))
struct PrometheusParserTests {
    typealias Sample = PrometheusParser.Sample
    let factory = PrometheusMetricsFactory(help: ["odd": #"Back\slash, "quotes" and a break:"# + "\nhere."])

    @Test(arguments: [
        "plain", "", "quote \" inside", "back\\slash", "\\n is no break", "a\nb", "a\r\nb", "{a=\"b\"} 1", "größe 🚀",
        "trailing \\", "\t tab", "# HELP x",
    ])
    func labelValuesComeBackAsTheyWere(value: String) throws {
        Counter(label: "odd", dimensions: [("odd.name", value), ("z", "1")], factory: factory).increment(by: 2)
        let families = try PrometheusParser.families(of: factory.text())
        #expect(families.map(\.type) == ["counter"])
        #expect(families.first?.documentation == #"Back\slash, "quotes" and a break:"# + "\nhere.")
        #expect(families.first?.samples == [Sample("odd_total", ["odd_name": value, "z": "1"], "2.0")])
    }

    @Test func everyKindIsReadAsWhatItIs() throws {
        Counter(label: "c", dimensions: [], factory: factory).increment(by: Int64.max)
        FloatingPointCounter(label: "f", dimensions: [], factory: factory).increment(by: 1e-12)
        Meter(label: "m", dimensions: [], factory: factory).set(-Double.infinity)
        Gauge(label: "g", dimensions: [("le", "1")], factory: factory).record(Double.nan)
        Recorder(label: "prompt.tokens", dimensions: [("le", "1")], aggregate: true, factory: factory).record(300)
        Timer(label: "call", dimensions: [], factory: factory).recordMilliseconds(40)
        let families = try PrometheusParser.families(of: factory.text())
        let kinds = Dictionary(uniqueKeysWithValues: families.map { ($0.name, $0.type) })
        #expect(
            kinds == [
                "c": "counter", "f": "counter", "m": "gauge", "g": "gauge", "prompt_tokens": "histogram",
                "call_seconds": "histogram",
            ])
        let samples = Set(families.flatMap(\.samples))
        let expected = [
            Sample("c_total", [:], "9.223372036854776e+18"), Sample("f_total", [:], "1e-12"), Sample("m", [:], "-inf"),
            Sample("g", ["le": "1"], "nan"), Sample("prompt_tokens_sum", ["exported_le": "1"], "300.0"),
            Sample("prompt_tokens_bucket", ["exported_le": "1", "le": "256"], "0.0"),
            Sample("prompt_tokens_bucket", ["exported_le": "1", "le": "1024"], "1.0"),
            Sample("call_seconds_bucket", ["le": "0.025"], "0.0"), Sample("call_seconds_bucket", ["le": "0.05"], "1.0"),
            Sample("call_seconds_bucket", ["le": "+Inf"], "1.0"), Sample("call_seconds_count", [:], "1.0"),
            Sample("call_seconds_sum", [:], "0.04"),
        ]
        for sample in expected { #expect(samples.contains(sample), "\(sample)") }
    }

    @Test func thePageIsReadOverHTTP() async throws {
        let metrics = ModelCallMetrics(pipeline: "p", factory: factory)
        metrics.rows(5, step: "s", direction: .in)
        let families = try await MetricsServer.serving(factory) { port in
            try await PrometheusParser.families(at: "http://127.0.0.1:\(port)/metrics")
        }
        #expect(
            families.flatMap(\.samples) == [
                Sample("distilabel_rows_total", ["pipeline": "p", "step": "s", "direction": "in"], "5.0")
            ])
    }
}
