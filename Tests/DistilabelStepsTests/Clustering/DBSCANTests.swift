import DistilabelPipeline
import DistilabelSteps
import DistilabelTesting
import DistilabelValues
import Testing

struct DBSCANTests {
    @Test func aRowWithoutAPointFailsAlone() async throws {
        let made = try await process(
            DBSCAN(eps: 1, minSamples: 2),
            [["projection": [0, 0]], ["projection": .null], ["projection": [0, 1]], ["projection": [1, 2, 3]]])
        #expect(made.map { $0["cluster_label"] } == [0, .null, 0, .null])
        #expect(made[3]["distilabel_metadata"]?["failure_step"]?.stringValue?.contains("3 numbers") == true)
    }

    @Test func takesNoRowsAtAll() async throws { #expect(try await process(DBSCAN(), []).isEmpty) }

    @Test func saysWhatIsOutOfRange() {
        #expect(DBSCAN(eps: 0).problems().contains { $0.contains("`eps`") })
        #expect(DBSCAN(minSamples: 0).problems().contains { $0.contains("`min_samples`") })
        #expect(DBSCAN(metric: "hamming").problems().contains { $0.contains("hamming") && $0.contains("manhattan") })
    }

    /// Points around some centres, and some anywhere; on a grid, so that many distances are equal to the limit.
    private static func points(_ count: Int, dimension: Int, isGrid: Bool) -> [[Double]] {
        var random = SeededRandom(seed: UInt64(count + dimension))
        let centres = (0..<6).map { _ in (0..<dimension).map { _ in Double.random(in: -5...5, using: &random) } }
        return (0..<count).map { _ in
            let centre = centres.randomElement(using: &random) ?? []
            let spread = Int.random(in: 0..<4, using: &random) == 0 ? 6.0 : 0.6
            return centre.map {
                let number = $0 + Double.random(in: -spread...spread, using: &random)
                return isGrid ? (number * 4).rounded() / 4 : number
            }
        }
    }

    @Test(
        .enabled(if: ScientificPython.isAvailable, "DISTILABEL_PYTHON has no scikit-learn"),
        arguments: [
            ("euclidean", 0.25, 4, 2, true), ("euclidean", 0.5, 5, 2, false), ("manhattan", 0.5, 5, 2, true),
            ("chebyshev", 0.25, 6, 3, true), ("cosine", 0.01, 5, 3, false), ("euclidean", 1.5, 5, 9, false),
            ("euclidean", 40, 5, 2, false),
        ])
    func givesTheLabelsOfScikitLearn(metric: String, eps: Double, minimum: Int, dimension: Int, isGrid: Bool)
        async throws
    {
        let points = Self.points(500, dimension: dimension, isGrid: isGrid)
        let given = Value.array(points.map { .array($0.map(Value.double)) })
        let made = try await process(
            DBSCAN(eps: eps, minSamples: minimum, metric: metric), (given.arrayValue ?? []).map { ["projection": $0] })
        let expected = try ScientificPython.ask(
            """
            from sklearn.cluster import DBSCAN
            import numpy
            kind = DBSCAN(eps=given["eps"], min_samples=given["min"], metric=given["metric"])
            answer = kind.fit(numpy.array(given["points"])).labels_.tolist()
            """, ["points": given, "eps": .double(eps), "min": .int(minimum), "metric": .string(metric)])
        #expect(.array(made.map { $0["cluster_label"] ?? .null }) == expected)
    }
}
