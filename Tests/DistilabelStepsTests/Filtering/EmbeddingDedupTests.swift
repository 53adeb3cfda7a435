import DistilabelPipeline
import DistilabelSteps
import DistilabelValues
import Testing

struct EmbeddingDedupTests {
    private func marks(_ step: EmbeddingDedup, _ neighbours: [[(Int, Double)]]) async throws -> [Value?] {
        let rows = neighbours.map { list -> Row in
            ["nn_indices": .array(list.map { .int($0.0) }), "nn_scores": .array(list.map { .double($0.1) })]
        }
        return try await process(step, rows).map { $0["keep_row_after_embedding_filtering"] }
    }

    @Test func keepsTheFirstWhereThatIsWanted() async throws {
        let pair: [[(Int, Double)]] = [[(1, 0.95)], [(0, 0.95)], [(0, 0.2)]]
        #expect(try await marks(EmbeddingDedup(), pair) == [false, false, true])
        #expect(try await marks(EmbeddingDedup(keepFirst: true), pair) == [true, false, true])
        // Only the later row names the earlier one; and a row that goes takes nobody along.
        #expect(try await marks(EmbeddingDedup(keepFirst: true), [[], [(0, 1)], [(1, 1)]]) == [true, false, true])
    }

    @Test func aRowWhoseListsDoNotFitFailsAlone() async throws {
        let made = try await process(
            EmbeddingDedup(), [["nn_indices": [1], "nn_scores": []], ["nn_indices": [], "nn_scores": []]])
        #expect(made[0]["distilabel_metadata"]?["failure_step"]?.stringValue?.contains("1 items") == true)
        #expect(made[1]["keep_row_after_embedding_filtering"] == true)
    }
}
