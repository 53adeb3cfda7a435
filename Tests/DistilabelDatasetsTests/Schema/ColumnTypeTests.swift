import DistilabelDatasets
import DistilabelValues
import Testing

struct ColumnTypeTests {
    @Test(
        arguments: [
            ([nil, nil], "null"), ([1, nil, 2], "int"), ([1, 2.5], "double"), ([true, 1], "mixed"),
            (["a", nil], "string"),
            (["a", 1], "mixed"), ([[], [1]], "list<int>"), ([[nil], ["a"], [1]], "list<mixed>"), ([[1], 1], "mixed"),
            ([["a": 1], ["b": nil], ["a": 0.5]], "{a: double, b: null}"), ([["a": 1], [1]], "mixed"), ([[:]], "{}"),
        ] as [([Value], String)])
    func typesAreTheNarrowestThatHoldAll(values: [Value], type: String) {
        let forward = values.reduce(ColumnType.null) { $0.widened(by: $1) }
        #expect(forward.description == type)
        #expect(values.allSatisfy { forward.accepts($0) })
        // What comes first does not matter, but for the order of fields.
        let backward = values.reversed().reduce(ColumnType.null) { $0.widened(by: $1) }
        #expect(backward.union(forward).description.count == forward.description.count)
    }

    @Test func mapsAndDeepNestingBecomeText() {
        let map = Value.object(.init(uniqueKeysWithValues: (0...ColumnType.fieldLimit).map { ("k\($0)", .int($0)) }))
        #expect(ColumnType(of: map) == .mixed)
        // Field by field it ends the same way.
        let grown = (0...ColumnType.fieldLimit).reduce(ColumnType.null) { $0.widened(by: .object(["k\($1)": 1])) }
        #expect(grown == .mixed)
        var deep: Value = 1
        for _ in 0..<100 { deep = [deep] }
        #expect(ColumnType(of: deep).description.contains("mixed"))
    }
}
