import DistilabelPipeline
import DistilabelSteps
import DistilabelValues
import Testing

struct DeitaFilteringTests {
    @Test func wantsABudget() {
        #expect(DeitaFiltering(dataBudget: nil).problems().contains { $0.contains("`data_budget` is not set") })
        #expect(DeitaFiltering(dataBudget: 0).problems().count == 1)
    }

    @Test func aRowWithoutAnEmbeddingGoesOnWithTheReason() async throws {
        let made = try await process(
            DeitaFiltering(dataBudget: 1),
            [
                ["evol_instruction_score": 1, "evol_response_score": 2, "embedding": .null],
                ["evol_instruction_score": 2, "evol_response_score": 2, "embedding": [1, 0]],
                ["evol_instruction_score": 3, "evol_response_score": 2, "embedding": [0, 1]],
            ])
        #expect(made.map { $0["deita_score"] } == [6.0, .null])
        #expect(made[1]["distilabel_metadata"]?["failure_step"] == "`embedding` is no list but null")
    }
}
