import DistilabelValues
import Testing

struct JSONLinesTests {
    private let text = "{\"a\": 1}\n\n[2]\r\n  \n\"x\\ny\"\n3"

    @Test(arguments: 1...9)
    func readsLinesFromPiecesOfAnySize(size: Int) throws {
        let bytes = Array(text.utf8)
        var reader = JSONLinesReader()
        var values: [Value] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            values += try reader.append(bytes[start..<min(start + size, bytes.count)])
        }
        values += try reader.finish()
        #expect(values == [["a": 1], [2], "x\ny", 3])
        #expect(try JSON.parseLines(text.utf8) == values)
        #expect(reader.lineCount == 6)
    }

    @Test func saysWhichLineIsWrong() {
        let error = #expect(throws: JSONError.self) { try JSON.parseLines("{}\n\n[1,]\n{}".utf8) }
        #expect(error?.line == 3)
        #expect(error?.column == 4)
        #expect(error?.offset == 7)
    }

    @Test func handsOverWhatStoodBeforeTheFault() throws {
        var reader = JSONLinesReader()
        var values: [Value] = []
        #expect(throws: JSONError.self) { try reader.append("1\n2\nx\n4\n".utf8) { values.append($0) } }
        #expect(values == [1, 2])
    }

    @Test func limitsTheLengthOfLines() throws {
        var reader = JSONLinesReader(lineLimit: 10)
        #expect(try reader.append("[1,2,3,4]\n".utf8) == [[1, 2, 3, 4]])
        let error = #expect(throws: JSONError.self) { try reader.append("[1,2,3,4,5,".utf8) }
        #expect(error?.code == .lineTooLong)
        #expect(error?.line == 2)
        var whole = JSONLinesReader(lineLimit: 3)
        #expect(throws: JSONError.self) { try whole.append("[1,2]\n".utf8) }
    }

    @Test func readsNothingFromNothing() throws {
        #expect(try JSON.parseLines([]).isEmpty)
        #expect(try JSON.parseLines("\n\n".utf8).isEmpty)
    }
}
