import DistilabelPipeline
import DistilabelTesting
import DistilabelValues
import Testing

@testable import DistilabelSteps

struct FaissNearestNeighbourTests {
    private static func vectors(_ count: Int, _ dimension: Int, seed: UInt64) -> [[Float]] {
        var random = SeededRandom(seed: seed)
        let centres = (0..<20).map { _ in (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) } }
        return (0..<count).map { _ in
            (centres.randomElement(using: &random) ?? []).map { $0 + Float.random(in: -0.5...0.5, using: &random) }
        }
    }

    private static func rows(_ vectors: [[Float]]) -> [Row] {
        vectors.map { ["embedding": .array($0.map { .double(Double($0)) })] }
    }

    /// The neighbours in double precision, by looking at every pair.
    private static func brute(_ vectors: [[Float]], k: Int, metricType: Int) -> [[Int]] {
        vectors.indices.map { index in
            let scored = vectors.indices.filter { $0 != index }.map { other -> (Double, Int) in
                let pairs = zip(vectors[index], vectors[other]).map { (Double($0), Double($1)) }
                let sum =
                    metricType == 0
                    ? -pairs.reduce(0) { $0 + $1.0 * $1.1 } : pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
                return (sum, other)
            }
            return scored.sorted { $0 < $1 }.prefix(k).map(\.1)
        }
    }

    /// Counts that fill tiles of 128 just so, almost, and not; lengths that are no multiples of eight.
    @Test(arguments: [(1, 3), (2, 3), (5, 1), (127, 8), (128, 9), (129, 7), (300, 33)], [0, 1])
    func findsWhatLookingAtEveryPairFinds(shape: (Int, Int), metricType: Int) async throws {
        let vectors = Self.vectors(shape.0, shape.1, seed: UInt64(shape.0))
        let made = try await process(FaissNearestNeighbour(k: 5, metricType: metricType), Self.rows(vectors))
        let found = made.map { ($0["nn_indices"]?.arrayValue ?? []).compactMap(\.intValue) }
        #expect(found == Self.brute(vectors, k: 5, metricType: metricType))
    }

    @Test func neverNamesTheRowItself() async throws {
        let made = try await process(FaissNearestNeighbour(k: 2), Self.rows([[1, 1], [1, 1], [1, 1]]))
        #expect(made.map { $0["nn_indices"] } == [[1, 2], [0, 2], [0, 1]])
        #expect(made.allSatisfy { $0["nn_scores"] == [0.0, 0.0] })
    }

    /// Far from the origin, where `|a|² + |b|² - 2ab` alone would be all rounding.
    @Test func statesDistancesToTheLastDigit() async throws {
        let made = try await process(
            FaissNearestNeighbour(k: 1), Self.rows([[1000, 1000], [1000.25, 1000], [1001, 1000]]))
        #expect(made.map { $0["nn_scores"] } == [[0.0625], [0.0625], [0.5625]])
    }

    @Test func aRowWithoutAnEmbeddingFailsAlone() async throws {
        let made = try await process(
            FaissNearestNeighbour(k: 1), [["embedding": [0, 0]], ["embedding": "x"], ["embedding": [0, 1]]])
        #expect(made.map { $0["nn_indices"] } == [[2], .null, [0]], "numbers are those of the rows that came in")
    }

    @Test(arguments: ["IVF8,Flat", "IVF8"]) func findsNearlyAllByCells(factory: String) async throws {
        let vectors = Self.vectors(400, 8, seed: 5)
        let exact = Self.brute(vectors, k: 5, metricType: 1)
        let made = try await process(
            FaissNearestNeighbour(k: 5, stringFactory: factory, nProbe: 3), Self.rows(vectors))
        let found = made.map { Set(($0["nn_indices"]?.arrayValue ?? []).compactMap(\.intValue)) }
        let hits = zip(exact, found).reduce(0) { $0 + $1.1.intersection($1.0).count }
        #expect(Double(hits) / 2000 > 0.9)
        let all = try await process(
            FaissNearestNeighbour(k: 5, stringFactory: factory, nProbe: 8), Self.rows(vectors))
        #expect(all.map { ($0["nn_indices"]?.arrayValue ?? []).compactMap(\.intValue) } == exact)
    }

    @Test(arguments: ["IVF16,PQ8", "PQ16", "IVFx,Flat", "flat", ""]) func saysWhichKindsThereAre(factory: String) {
        let problems = FaissNearestNeighbour(stringFactory: factory).problems()
        #expect(problems.contains { $0.contains("'\(factory)'") && $0.contains("'Flat'") })
    }

    @Test func saysWhatIsOutOfRange() {
        #expect(FaissNearestNeighbour(metricType: 23).problems().contains { $0.contains("`metric_type` 23") })
        #expect(FaissNearestNeighbour(k: 0).problems().contains { $0.contains("`k`") })
        #expect(FaissNearestNeighbour(k: 3, metricType: 0, stringFactory: "Flat").problems().isEmpty)
    }
}
