import Testing

@testable import DistilabelObservability

struct HistogramBucketsTests {
    @Test(arguments: [
        (-1.0, 0), (0.005, 0), (0.0050001, 1), (0.01, 1), (1, 7), (300, 14), (300.1, 15), (.infinity, 15),
    ])
    func aValueFallsIntoTheBucketWhoseBoundItDoesNotExceed(value: Double, index: Int) {
        #expect(HistogramBuckets.seconds.index(of: value) == index)
    }

    @Test func boundsAreSortedAndDistinctAndFinite() {
        #expect(HistogramBuckets([5, 1, .infinity, 5, .nan, -2]).bounds == [-2, 1, 5])
        #expect(HistogramBuckets([]).index(of: 3) == 0)
    }

    /// The boundaries that OpenTelemetry's conventions state for `gen_ai.client.token.usage`.
    @Test func tokensHaveTheBoundariesOfTheConventions() {
        #expect(
            HistogramBuckets.tokens.bounds == [
                1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864,
            ])
    }
}
