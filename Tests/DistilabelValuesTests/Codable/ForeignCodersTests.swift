import DistilabelValues
import Foundation
import OrderedCollections
import Testing

struct ForeignCodersTests {
    /// Values and rows also go through coders that know nothing of them.
    @Test func goesThroughFoundation() throws {
        let value: Value = ["a": [1, 2.5, nil, true, "x"], "b": ["c": [:], "d": []]]
        let data = try JSONEncoder().encode(value)
        #expect(try JSON.parse([UInt8](data)) == value)
        #expect(try JSONDecoder().decode(Value.self, from: data) == value)
        let row: Row = ["a": 1]
        #expect(try JSONDecoder().decode(Row.self, from: JSONEncoder().encode(row)) == row)
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func writesWhatFoundationReads(seed: UInt64) throws {
        var random = RandomValues(seed: seed)
        let value: Value = [random.value()]
        let read = try JSONDecoder().decode(Value.self, from: Data(JSON.string(value).utf8))
        // Foundation knows no difference between 1 and 1.0, so compare what both are written as.
        #expect(numbersAsDoubles(read) == numbersAsDoubles(value))
    }

    private func numbersAsDoubles(_ value: Value) -> Value {
        switch value {
        case .int(let value): .double(Double(value))
        case .array(let list): .array(list.map(numbersAsDoubles))
        case .object(let object): .object(object.mapValues(numbersAsDoubles))
        default: value
        }
    }
}
