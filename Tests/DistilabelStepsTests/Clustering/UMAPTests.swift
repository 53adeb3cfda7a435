import DistilabelPipeline
import DistilabelSteps
import DistilabelTesting
import DistilabelValues
import Testing

struct UMAPTests {
    /// Points of some groups that lie far apart; the group of each is its number modulo the count of groups.
    private static func rows(_ count: Int, groups: Int, dimension: Int = 8) -> [Row] {
        var random = SeededRandom(seed: 3)
        let centres = (0..<groups).map { _ in (0..<dimension).map { _ in Double.random(in: -10...10, using: &random) } }
        return (0..<count).map { index in
            let numbers = centres[index % groups].map { $0 + Double.random(in: -1...1, using: &random) }
            return ["embedding": .array(numbers.map(Value.double))]
        }
    }

    private static func points(_ rows: [Row]) -> [[Double]] {
        rows.map { ($0["projection"]?.arrayValue ?? []).compactMap(\.doubleValue) }
    }

    @Test(arguments: ["euclidean", "cosine", "manhattan", "chebyshev"])
    func keepsGroupsTogether(metric: String) async throws {
        let points = Self.points(try await process(UMAP(metric: metric), Self.rows(90, groups: 3)))
        #expect(points.allSatisfy { $0.count == 2 && $0.allSatisfy(\.isFinite) })
        // The nearest point of each is of its own group.
        for (index, point) in points.enumerated() {
            let nearest = points.indices.filter { $0 != index }.min { left, right in
                distance(points[left], point) < distance(points[right], point)
            }
            #expect(nearest.map { $0 % 3 } == index % 3)
        }
    }

    private func distance(_ left: [Double], _ right: [Double]) -> Double {
        zip(left, right).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }

    @Test func givesEqualProjectionsOfEqualRows() async throws {
        let rows = Self.rows(40, groups: 2)
        let first = try await process(UMAP(nComponents: 3, randomState: 5), rows)
        #expect(try await process(UMAP(nComponents: 3, randomState: 5), rows) == first)
        #expect(try await process(UMAP(nComponents: 3, randomState: 6), rows) != first)
        #expect(Self.points(first).allSatisfy { $0.count == 3 })
    }

    @Test(arguments: [0, 1, 2, 3]) func takesFewRows(count: Int) async throws {
        let points = Self.points(try await process(UMAP(), Self.rows(count, groups: 1)))
        #expect(points.count == count && points.allSatisfy { $0.count == 2 && $0.allSatisfy(\.isFinite) })
    }

    @Test func takesEqualRowsAndMoreComponentsThanNumbers() async throws {
        let rows = Array(repeating: Row(["embedding": [1, 2]]), count: 30)
        let points = Self.points(try await process(UMAP(nComponents: 4), rows))
        #expect(points.allSatisfy { $0.count == 4 && $0.allSatisfy(\.isFinite) })
    }

    @Test func saysWhatIsOutOfRange() {
        #expect(UMAP(nComponents: 0).problems().contains { $0.contains("`n_components`") })
        #expect(UMAP(metric: "hellinger").problems().contains { $0.contains("hellinger") })
        #expect(UMAP(randomState: -1).problems().contains { $0.contains("`random_state`") })
    }

    /// How true the layout is to the neighbourhoods, as scikit-learn measures it.
    @Test(.enabled(if: ScientificPython.isAvailable, "DISTILABEL_PYTHON has no scikit-learn"))
    func isTrueToTheNeighbourhoods() async throws {
        let digits = try ScientificPython.ask(
            """
            from sklearn.datasets import load_digits
            answer = load_digits().data[:300].tolist()
            """, .null)
        let made = try await process(
            UMAP(), (digits.arrayValue ?? []).map { ["embedding": $0] })
        let trust = try ScientificPython.ask(
            """
            import numpy
            from sklearn.manifold import trustworthiness
            answer = trustworthiness(numpy.array(given[0]), numpy.array(given[1]), n_neighbors=10)
            """, [digits, .array(made.map { $0["projection"] ?? .null })])
        #expect(trust.doubleValue ?? 0 > 0.95)
    }
}
