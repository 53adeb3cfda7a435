import Testing

@testable import DistilabelObservability

struct PrometheusTextTests {
    @Test(arguments: [
        ("gen_ai.client.token.usage", "gen_ai_client_token_usage"), ("http:requests", "http:requests"),
        ("9lives", "_9lives"), ("größe", "gr__e"), ("a b\nc", "a_b_c"), ("", "_"), ("__x", "__x"), ("👍", "_"),
    ])
    func namesOfMetricsHoldNothingButWhatTheFormatAllows(label: String, name: String) {
        #expect(PrometheusText.metricName(label) == name)
    }

    @Test(arguments: [("error.type", "error_type"), ("a:b", "a_b"), ("__name__", "_name__"), ("1", "_1")])
    func namesOfLabelsAreNeverReserved(label: String, name: String) {
        #expect(PrometheusText.labelName(label) == name)
    }

    @Test(arguments: [
        (0.0, "0"), (-0.25, "-0.25"), (67_108_864, "67108864"), (1e300, "1e+300"), (.infinity, "+Inf"),
        (-.infinity, "-Inf"), (.nan, "NaN"),
    ])
    func numbersAreWrittenAsPrometheusReadsThem(value: Double, text: String) {
        #expect(PrometheusText.number(value) == text)
    }

    @Test func labelsThatBecomeTheSameShareOne() {
        let labels = PrometheusText.labels([("b", "2"), ("a.b", "x"), ("a_b", "y")], isHistogram: false)
        #expect(labels == #"a_b="x;y",b="2""#)
    }

    @Test func histogramsKeepTheLabelOfTheirBoundsToThemselves() {
        #expect(PrometheusText.labels([("le", "7")], isHistogram: true) == #"exported_le="7""#)
        #expect(PrometheusText.labels([("le", "7")], isHistogram: false) == #"le="7""#)
    }
}
