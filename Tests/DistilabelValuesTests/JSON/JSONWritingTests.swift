import DistilabelValues
import Testing

struct JSONWritingTests {
    private static let values: [(Value, String)] = [
        (Value.double(1), "1.0"), (.double(-0.0), "-0.0"), (.double(1e20), "1e+20"), (.double(0.1), "0.1"),
        (.double(.leastNonzeroMagnitude), "5e-324"), (.int(.min), "-9223372036854775808"), (.int(0), "0"),
        (.int(1_000_000), "1000000"),
        (.string("\"\\/\n\u{8}\u{C}\r\t\u{1}\u{7F}é😀"), #""\"\\/\n\b\f\r\t\u0001"# + "\u{7F}é😀\""),
        ([:], "{}"), ([], "[]"), (["b": [1, nil], "a": true], #"{"b":[1,null],"a":true}"#),
    ]

    @Test(arguments: values)
    func writesValues(value: Value, text: String) { #expect(JSON.string(value) == text) }

    @Test func writesPrettySortedASCII() {
        let value: Value = ["b": [1, [:], []], "a": ["ü😀": nil]]
        let text = JSON.string(value, pretty: true, sortedKeys: true, asciiOnly: true)
        #expect(
            text == """
                {
                  "a": {
                    "\\u00fc\\ud83d\\ude00": null
                  },
                  "b": [
                    1,
                    {},
                    []
                  ]
                }
                """)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func refusesOrNullsWhatIsNotFinite(double: Double) throws {
        var bytes = Array("x".utf8)
        let error = #expect(throws: JSONError.self) { try JSON.write([1, .double(double)], into: &bytes) }
        #expect(error?.code == .notFinite)
        #expect(bytes == Array("x".utf8))
        try JSON.write([1, .double(double)], into: &bytes, options: .init(nonFinite: .null))
        #expect(String(decoding: bytes, as: UTF8.self) == "x[1,null]")
        #expect(JSON.string(.double(double)) == "null")
    }

    @Test func writesRowsAsObjects() throws {
        let row: Row = ["b": 1, "a": ["x": nil], "c": .double(.nan)]
        var bytes: [UInt8] = []
        try JSON.write(row, into: &bytes, options: .init(sortedKeys: true, nonFinite: .null))
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"a":{"x":null},"b":1,"c":null}"#)
        #expect(throws: JSONError.self) { try JSON.write(row, into: &bytes) }
    }

    @Test func survivesTheDeepestNestingThatCanBeRead() throws {
        let text = String(repeating: "[{\"a\":", count: 512) + "1" + String(repeating: "}]", count: 512)
        let value = try JSON.parse(text, options: .init(depthLimit: .max))
        let copy = try JSON.parse(JSON.string(value, pretty: true), options: .init(depthLimit: .max))
        #expect(copy == value)
        #expect(JSON.string(copy) == text)
        #expect(throws: JSONError.self) { try JSON.parse("[" + text + "]", options: .init(depthLimit: .max)) }
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func readsBackWhatItWrote(seed: UInt64) throws {
        var values = RandomValues(seed: seed)
        let value = values.value()
        for options in [JSON.WriteOptions(), .init(pretty: true), .init(sortedKeys: true), .init(asciiOnly: true)] {
            var bytes: [UInt8] = []
            try JSON.write(value, into: &bytes, options: options)
            #expect(try JSON.parse(bytes) == value)
            if options.asciiOnly { #expect(bytes.allSatisfy { $0 < 0x80 }) }
        }
    }
}
