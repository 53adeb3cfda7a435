import DistilabelValues
import Testing

@testable import DistilabelDatasets

struct DatasetStatisticsTests {
    private func statistics(_ rows: [Row]) throws -> DatasetStatistics { try DatasetStatistics(of: Dataset(rows)) }

    @Test func nothingIsToldOfNoRows() throws {
        let statistics = try statistics([])
        #expect(statistics.rowCount == 0 && statistics.columns.isEmpty && statistics.preference.isEmpty)
        #expect(statistics.hints == ["there are no rows"])
    }

    @Test(arguments: [
        (["user", "assistant"], "user assistant"), (["system", "user", "assistant"], "system user assistant"),
        (["user", "assistant", "user", "assistant", "user"], "(user assistant)×2 user"),
        (["system", "user", "assistant", "user", "assistant"], "system (user assistant)×2"),
        (["user", "assistant", "tool", "assistant"], "user assistant tool assistant"), (["human"], "human"),
    ])
    func rolesMakePatterns(_ roles: [String], _ pattern: String) throws {
        let turns = roles.map { Value.object(["role": .string($0), "content": "x"]) }
        let statistics = try statistics([["messages": .array(turns)], ["messages": nil]])
        #expect(statistics.columns[0].rolePatterns == [NamedCount(name: pattern, count: 1)])
    }

    @Test func shareGPTHasRolesToo() throws {
        let statistics = try statistics([
            ["conversations": [["from": "human", "value": "Hi"], ["from": "gpt", "value": "Hello there"]]]
        ])
        #expect(statistics.columns[0].rolePatterns.map(\.name) == ["user assistant"])
        #expect(statistics.columns[0].characters?.maximum == 13)
    }

    @Test func metadataOfOtherFormsAreRead() throws {
        let text = #"{"failure_a":"no","statistics_a":{"input_tokens":5,"output_tokens":2}}"#
        let branches: Value = [
            ["statistics_a": [["input_tokens": 1, "output_tokens": 1], ["input_tokens": 2, "output_tokens": 2]]],
            ["failure_b": "late"],
        ]
        let statistics = try statistics([
            ["distilabel_metadata": .string(text)], ["distilabel_metadata": branches],
            ["distilabel_metadata": "no JSON"],
            ["distilabel_metadata": nil],
        ])
        let metadata = try #require(statistics.metadata)
        #expect(metadata.rowCount == 3 && metadata.failedRowCount == 2)
        #expect(metadata.failures.map(\.step) == ["b", "a"])
        #expect(metadata.tokens == [.init(step: "a", calls: 3, input: 8, output: 5)])
        #expect(statistics.columns[0].distinctCount == nil, "metadata make no column of data")
    }

    @Test func metadataMakeRowsNotDifferent() throws {
        let statistics = try statistics([
            ["a": 1, "distilabel_metadata": ["x": 1]], ["a": 1, "distilabel_metadata": ["x": 2]],
        ])
        #expect(statistics.duplicates.first?.count.repeated == 1)
    }

    @Test func hintsNameWhatStandsOut() throws {
        let rows: [Row] = (0..<40).map { index in
            [
                "source": "math", "empty": nil, "prompt": .string(index % 4 == 0 ? "again" : "prompt \(index)"),
                "chosen": .string(String(repeating: "long ", count: 9)), "rejected": .string("short \(index)"),
                "chosen_rating": 3, "rejected_rating": .int(index < 2 ? 3 : 1),
            ]
        }
        let hints = try statistics(rows).hints
        for part in [
            "'source' is nearly constant: math in 100.0 %", "'empty' is null in every row",
            "22.5 % of the prompts in 'prompt' repeat", "2 pairs with equal ratings",
            "longer one in 100.0 % of the pairs",
        ] { #expect(hints.contains { $0.contains(part) }, "\(part): \(hints)") }
    }

    @Test func jsonHasEverything() throws {
        let statistics = try statistics([
            ["prompt": "a b", "chosen": "x", "rejected": "yy", "chosen_model": "m", "rejected_model": "n"],
            ["prompt": "a b", "chosen": nil, "rejected": "yy", "chosen_model": "m", "rejected_model": "n"],
        ])
        let json = statistics.json
        #expect(json["rows"] == 2)
        #expect(json["columns"]?.arrayValue?.first?["words"]?["max"] == 2.0)
        #expect(json["preference"]?["pair_models"]?.arrayValue?.first?["win_share"] == 1.0)
        #expect(json["duplicates"]?.arrayValue?.last?["repeated"] == 1)
        #expect(try JSON.parse(JSON.string(json)) == json)
    }

    @Test func readingStopsWhenCancelled() async throws {
        let dataset = Dataset((0..<10).map { ["a": .int($0)] as Row })
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try DatasetStatistics(of: dataset)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
