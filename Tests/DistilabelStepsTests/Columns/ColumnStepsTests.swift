import DistilabelPipeline
import DistilabelSteps
import DistilabelValues
import Testing

struct ColumnStepsTests {
    @Test func expandMakesARowOfEachItem() async throws {
        let rows = try await process(
            ExpandColumns(["items": "item"]), try row(#"{"id": 1, "items": ["a", "b"], "keep": null}"#))
        #expect(
            rows == [
                try row(#"{"id": 1, "items": ["a", "b"], "keep": null, "item": "a"}"#),
                try row(#"{"id": 1, "items": ["a", "b"], "keep": null, "item": "b"}"#),
            ])
    }

    @Test func expandKeepsTheNameOfAListedColumn() async throws {
        let rows = try await process(ExpandColumns(["items"]), try row(#"{"items": [1, [2]]}"#))
        #expect(rows == [["items": 1], ["items": [2]]])
    }

    @Test func expandFillsTheShorterListWithNulls() async throws {
        let rows = try await process(ExpandColumns(["a", "b"]), try row(#"{"a": ["1", "2"], "b": ["x"]}"#))
        #expect(rows == [["a": "1", "b": "x"], ["a": "2", "b": nil]])
    }

    @Test func expandDropsARowWithAnEmptyList() async throws {
        #expect(try await process(ExpandColumns(["a"]), ["a": []]).isEmpty)
    }

    @Test func expandReadsJSONTexts() async throws {
        let rows = try await process(
            ExpandColumns(["enc"], encoded: .some(["enc"])), ["enc": #"[ "sp aced", "" ]"#])
        #expect(rows == [["enc": "sp aced"], ["enc": ""]])
    }

    @Test(arguments: [#"{"a": null}"#, #"{"a": "text"}"#, #"{"b": []}"#, #"{"a": {"k": 1}}"#])
    func expandFailsOnWhatIsNoList(json: String) async throws {
        await #expect(throws: RowFailure.self) { try await process(ExpandColumns(["a"]), try row(json)) }
    }

    /// The figures are those of Python's own test of the step.
    @Test(arguments: [(12, 3, 4), (793, 3, 264), (361, 3, 120)])
    func expandDividesTheTokens(tokens: Int, items: Int, each: Int) async throws {
        let list = Value.array(Array(repeating: "x", count: items))
        let rows = try await process(
            ExpandColumns(["a"], splitStatistics: true),
            ["a": list, "distilabel_metadata": ["statistics_s": ["input_tokens": .int(tokens), "output_tokens": 3]]])
        #expect(
            rows.allSatisfy { $0["distilabel_metadata"]?["statistics_s"]?["input_tokens"] == [.int(each)] })
    }

    @Test func expandSaysThatEncodedNamesAnotherColumn() {
        #expect(ExpandColumns(["a"], encoded: .some(["b"])).problems().contains { $0.contains("'b'") })
    }

    @Test func groupMakesListsInTheOrderOfTheBranches() throws {
        let joined = try GroupColumns(columns: ["generation", "model_name"], outputColumns: ["generations", "models"])
            .join(
                [
                    ["q": "?", "generation": "a", "model_name": "m"], nil,
                    ["q": "?", "generation": "c", "model_name": "n"],
                ], in: StepContext(stepName: "g"))
        #expect(joined == ["q": "?", "generations": ["a", .null, "c"], "models": ["m", .null, "n"]])
    }

    @Test func groupMergesTheMetadata() throws {
        let joined = try GroupColumns(columns: ["a"]).join(
            [
                ["a": 1, "distilabel_metadata": ["x": 1, "both": "l"]],
                ["a": 2, "distilabel_metadata": ["y": 2, "both": "r"]],
            ], in: StepContext(stepName: "g"))
        #expect(joined["grouped_a"] == [1, 2])
        #expect(joined["distilabel_metadata"] == ["x": 1, "both": ["l", "r"], "y": 2])
    }

    @Test func combineColumnsGivesItsOldNames() {
        #expect(CombineColumns(columns: ["generation"]).outputs == ["merged_generation"])
        #expect(GroupColumns(columns: ["generation"]).outputs == ["grouped_generation"])
    }

    @Test func groupWantsANameForEachColumn() {
        #expect(GroupColumns(columns: ["a", "b"], outputColumns: ["c"]).problems().count == 1)
        #expect(GroupColumns(columns: []).problems().count == 1)
    }

    @Test func combineOutputsTakesTheLastBranchsValue() throws {
        let joined = try CombineOutputs().join([["a": 1, "b": 1], ["a": 2, "c": 3]], in: StepContext(stepName: "c"))
        #expect(joined == ["a": 2, "b": 1, "c": 3])
    }

    @Test func keepKeepsInTheOrderAskedFor() async throws {
        let rows = try await process(KeepColumns(columns: ["c", "a"]), ["a": 1, "b": 2, "c": 3])
        #expect(rows.map(\.columns.names) == [["c", "a"]])
        #expect(rows.map(\.values) == [[3, 1]])
    }

    /// Rows that Python made.
    @Test(arguments: [
        (["a", "b"], "ab", #"{"a": ["x", "y"], "b": "z", "c": []}"#, #"{"c": [], "ab": ["x", "y", "z"]}"#),
        (["a", "b"], "ab", #"{"a": ["q"], "b": null, "c": ["r"]}"#, #"{"c": ["r"], "ab": ["q", null]}"#),
        (["c", "a", "b"], nil, #"{"a": [], "b": "w", "c": ["v"]}"#, #"{"merged_column": ["v", "w"]}"#),
        (["a", "c"], "a", #"{"a": ["q"], "b": null, "c": ["r", "s"]}"#, #"{"b": null, "a": ["q", "r", "s"]}"#),
    ]) func mergePutsListsBehindEachOther(columns: [String], output: String?, input: String, expected: String)
        async throws
    {
        let rows = try await process(MergeColumns(columns: columns, outputColumn: output), try row(input))
        #expect(rows == [try row(expected)])
    }

    @Test func truncateCountsCodePoints() async throws {
        let rows = try await process(
            TruncateTextColumn(column: "t", maxLength: 3), ["t": "\u{1F469}\u{200D}\u{1F680}x"])
        #expect(rows == [["t": "\u{1F469}\u{200D}\u{1F680}"]])
        #expect(try await process(TruncateTextColumn(column: "t", maxLength: 1), ["t": "\r\n"]) == [["t": "\r"]])
    }
}
