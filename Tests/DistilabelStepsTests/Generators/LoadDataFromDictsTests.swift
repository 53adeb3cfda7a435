import DistilabelPipeline
import DistilabelSteps
import DistilabelValues
import Testing

struct LoadDataFromDictsTests {
    @Test func givesEveryRowTheColumnsOfAll() async throws {
        let load = LoadDataFromDicts(data: [["a": 1], ["b": 2, "a": 3]])
        var rows: [Row] = []
        try await load.generate(in: StepContext(stepName: "load")) { rows.append($0) }
        #expect(rows == [["a": 1, "b": nil], ["a": 3, "b": 2]])
        #expect(load.outputs == ["a", "b"])
    }

    @Test func takesInstancesOfAType() throws {
        struct Topic: Codable { var input: String }
        let load = try LoadDataFromDicts(encoding: [Topic(input: "primes"), Topic(input: "sets")])
        #expect(load.data == [["input": "primes"], ["input": "sets"]])
        #expect(throws: ValueCodingError.self) { try LoadDataFromDicts(encoding: [1]) }
    }

    @Test func saysThatThereIsNothingToDo() {
        #expect(LoadDataFromDicts(data: []).problems().contains { $0.contains("empty") })
    }

    @Test(arguments: [
        (#"{"data": ["prime numbers"]}"#, "data[0]"), (#"{"data": [{"input": 1}, 3]}"#, "data[1]"),
    ]) func saysWhichItemIsNoRow(json: String, says: String) throws {
        let object = try #require(try JSON.parse(json).objectValue)
        let load = try ComponentCoding.decode(LoadDataFromDicts.self, from: object, registry: ComponentRegistry())
        #expect(load.problems().contains { $0.contains(says) })
    }

    @Test(arguments: [#"{"data": "prime numbers"}"#, #"{"data": {"input": 1}}"#, "{}"])
    func refusesDataThatIsNoList(json: String) throws {
        let object = try #require(try JSON.parse(json).objectValue)
        #expect(throws: ValueCodingError.self) {
            try ComponentCoding.decode(LoadDataFromDicts.self, from: object, registry: ComponentRegistry())
        }
    }
}
