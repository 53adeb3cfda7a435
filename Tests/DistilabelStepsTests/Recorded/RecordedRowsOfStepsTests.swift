import DistilabelPipeline
import DistilabelSteps
import DistilabelValues
import Testing

/// Rows that Python's distilabel 1.5.3 made with steps that look at several rows.
@Suite(.enabled(if: RecordedRows.folder != nil, "DISTILABEL_CONFORMANCE names no folder of cases"))
struct RecordedRowsOfStepsTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var configuration = "default"
        var step: any GlobalStep
        var testDescription: String { "\(name)/\(configuration)" }
    }

    static let cases = [
        Case(name: "embedding-dedup", configuration: "nine", step: EmbeddingDedup(threshold: 0.9)),
        Case(name: "embedding-dedup", configuration: "high", step: EmbeddingDedup(threshold: 0.999)),
        Case(name: "embedding-dedup", configuration: "low", step: EmbeddingDedup(threshold: 0.15)),
        Case(name: "dbscan", configuration: "three", step: DBSCAN(eps: 0.3, minSamples: 3)),
        Case(name: "dbscan", configuration: "five", step: DBSCAN(eps: 0.3, minSamples: 5)),
        Case(name: "dbscan", configuration: "far", step: DBSCAN(eps: 8, minSamples: 2)),
        Case(name: "nearest-neighbour", configuration: "k1", step: FaissNearestNeighbour(k: 1)),
        Case(name: "nearest-neighbour", configuration: "k3", step: FaissNearestNeighbour(k: 3)),
    ]

    @Test(arguments: cases) func makesPythonsRows(test: Case) async throws {
        let recorded = try RecordedRows.rows(test.name, test.configuration)
        let made = try await test.step.process(
            recorded.map { $0.without(test.step.outputs) }, in: StepContext(stepName: "step"))
        #expect(made.map(RecordedRows.comparable) == recorded.map(RecordedRows.comparable))
    }

    @Test(arguments: [("n5", 5, 1, 50), ("n3", 3, 7, 3)])
    func marksNearDuplicatesAsPythonDoes(configuration: String, n: Int, seed: Int, size: Int) async throws {
        let step = MinHashDedup(threshold: 0.95, tokenizer: .ngrams, n: n, seed: seed)
        let recorded = try RecordedRows.rows("minhash-ngrams", configuration)
        #expect(try await process(step, recorded.map { $0.without(step.outputs) }, size: size) == recorded)
    }

    /// Of unit vectors the scores are cosines, which Python computed in another order of addition.
    @Test func findsPythonsNeighboursByTheInnerProduct() async throws {
        let recorded = try RecordedRows.rows("nearest-neighbour-inner-product", "default")
        let search = FaissNearestNeighbour(k: 2, metricType: 0)
        let dedup = EmbeddingDedup(threshold: 0.9)
        let made = try await process(
            dedup, try await process(search, recorded.map { $0.without(search.outputs + dedup.outputs) }))
        for (made, recorded) in zip(made, recorded) {
            #expect(made["nn_indices"] == recorded["nn_indices"])
            #expect(made[dedup.outputs[0]] == recorded[dedup.outputs[0]])
            let scores = try zip(made.list("nn_scores"), recorded.list("nn_scores"))
            #expect(scores.allSatisfy { abs(($0.doubleValue ?? 9) - ($1.doubleValue ?? 0)) < 1e-6 })
        }
    }

    /// What went into the case `deita-filtering`; some of it comes out of none of its steps.
    static let deitaRows: [(embedding: [Double], instruction: Double?, response: Double?)] = [
        ([1, 0, 0, 0], 4, 5), ([0.99, 0.05, 0, 0], 5, 5), ([0, 1, 0, 0], 2, 3), ([0, 0, 1, 0], 0, 4),
        ([0, 0, 1.01, 0], 3, 0), ([0, 0, 0, 2], nil, 2.5), ([-1, 0, 0, 0.1], 1.5, nil), ([0.5, 0.5, 0.5, 0.5], 0, 0),
        ([3, -2, 1, 0], 4, 1.5),
    ]

    @Test(arguments: [
        ("near", DeitaFiltering(dataBudget: 20, diversityThreshold: 0.2)),
        ("budget", DeitaFiltering(dataBudget: 3, diversityThreshold: -0.5)),
        ("strict", DeitaFiltering(dataBudget: 9)),
        (
            "manhattan",
            DeitaFiltering(
                dataBudget: 9, diversityThreshold: 1, normalizeEmbeddings: false, distanceMetric: .manhattan)
        ),
    ])
    func picksPythonsRows(configuration: String, step: DeitaFiltering) async throws {
        let rows = Self.deitaRows.enumerated().map { index, given -> Row in
            [
                "id": .int(index), "embedding": .array(given.embedding.map(Value.double)),
                "evol_instruction_score": given.instruction.map(Value.double) ?? .null,
                "evol_response_score": given.response.map(Value.double) ?? .null,
            ]
        }
        let made = try await process(step, rows)
        let recorded = try RecordedRows.rows("deita-filtering", configuration)
        #expect(made.map { $0["id"] } == recorded.map { $0["id"] })
        for (made, recorded) in zip(made, recorded) {
            let near = "nearest_neighbor_distance"
            #expect(abs((made[near]?.doubleValue ?? 9) - (recorded[near]?.doubleValue ?? 0)) < 1e-12)
            #expect(
                RecordedRows.comparable(made.without([near])) == RecordedRows.comparable(recorded.without([near])))
        }
    }
}
