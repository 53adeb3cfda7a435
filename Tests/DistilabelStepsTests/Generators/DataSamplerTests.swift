import DistilabelPipeline
import DistilabelSteps
import DistilabelValues
import Testing

struct DataSamplerTests {
    private func rows(_ sampler: DataSampler) async throws -> [Row] {
        var rows: [Row] = []
        try await sampler.generate(in: StepContext(stepName: "sample")) { rows.append($0) }
        return rows
    }

    private static let data: [Value.Object] = [["a": 1, "b": "x"], ["a": 2], ["a": 3, "b": "z"]]

    @Test func makesListsOfDrawnRows() async throws {
        let made = try await rows(DataSampler(data: Self.data, size: 4, samples: 50))
        #expect(made.count == 50)
        let pairs: [Value: Value] = [1: "x", 2: .null, 3: "z"]
        for row in made {
            let (first, second) = (try row.list("a"), try row.list("b"))
            #expect(first.count == 4 && second.count == 4)
            #expect(first.map { pairs[$0] } == second)
        }
        #expect(Set(made.flatMap { $0["a"]?.arrayValue ?? [] }) == [1, 2, 3])
    }

    @Test func drawsTheSameWithTheSameSeed() async throws {
        let first = try await rows(DataSampler(data: Self.data, size: 3, samples: 30, seed: 7))
        #expect(try await rows(DataSampler(data: Self.data, size: 3, samples: 30, seed: 7)) == first)
        #expect(try await rows(DataSampler(data: Self.data, size: 3, samples: 30, seed: 8)) != first)
        let anew = DataSampler(data: Self.data, size: 3, samples: 30, seed: nil)
        #expect(try await rows(anew) != rows(anew))
    }

    /// The case `sampler-same-row` of the recorded ones.
    @Test func hasOnlyOneOutcomeOfOneRow() async throws {
        let made = try await rows(DataSampler(data: [["text": "only", "tags": ["a"]]], size: 2, samples: 3))
        #expect(made == Array(repeating: ["text": ["only", "only"], "tags": [["a"], ["a"]]], count: 3))
    }

    @Test func saysWhatIsOutOfRange() {
        #expect(DataSampler(data: Self.data, size: 0).problems().contains { $0.contains("`size`") })
        #expect(DataSampler(data: Self.data, samples: 0).problems().contains { $0.contains("`samples`") })
        #expect(DataSampler(data: []).problems().contains { $0.contains("`data` is empty") })
    }
}
