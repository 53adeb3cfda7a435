import DistilabelPipeline
import DistilabelSteps
import DistilabelValues
import Testing

struct RowClosureTests {
    private struct Text: Codable { var text: String }
    private struct Length: Codable { var length: Int }

    @Test func worksOnRows() async throws {
        let twice = RowClosure(inputs: ["a"]) { [$0, $0] }
        #expect(try await process(twice, ["a": 1]) == [["a": 1], ["a": 1]])
    }

    @Test func makesARowOfARow() async throws {
        let loud = RowClosure.map(inputs: ["text"], outputs: ["loud"]) { row in
            var row = row
            row["loud"] = .string(try row.text("text").uppercased())
            return row
        }
        #expect(try await process(loud, ["text": "four"]) == [["text": "four", "loud": "FOUR"]])
        let failure = await #expect(throws: RowFailure.self) { try await process(loud, ["text": 4]) }
        #expect(failure?.reason == "`text` is no text but int")
    }

    @Test func namesColumnsInTheStyleAskedFor() async throws {
        struct Answer: Codable { var modelName: String }
        let shorten = RowClosure(inputs: ["model_name"], outputs: ["model_name"], keyStyle: .snakeCase) {
            (answer: Answer) in Answer(modelName: String(answer.modelName.prefix(2)))
        }
        #expect(try await process(shorten, ["model_name": "abc", "b": 1]) == [["model_name": "ab", "b": 1]])
    }

    @Test func worksOnTypes() async throws {
        let measure = RowClosure(inputs: ["text"], outputs: ["length"]) { (text: Text) in
            Length(length: text.text.count)
        }
        #expect(try await process(measure, ["text": "four", "more": 1]) == [["text": "four", "more": 1, "length": 4]])
        await #expect(throws: ValueCodingError.self) { try await process(measure, ["text": 4]) }
    }

    @Test func keepsTheRowsOfWhichSomethingIsTrue() async throws {
        let even = RowClosure.filter { $0["a"]?.intValue.map { $0 % 2 == 0 } ?? false }
        #expect(try await process(even, ["a": 1]).isEmpty)
        #expect(try await process(even, ["a": 2]).count == 1)
    }

    @Test func cannotBeWrittenToAFile() throws {
        let pipeline = try Pipeline("p") { LoadDataFromDicts(data: [["a": 1]]) >>> RowClosure { [$0] }.named("own") }
        let error = #expect(throws: (any Error).self) { try PipelineDescription(pipeline) }
        #expect(error.map { "\($0)" }?.contains("closure") == true)
    }
}
