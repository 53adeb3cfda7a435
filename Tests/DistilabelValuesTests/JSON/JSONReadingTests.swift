import DistilabelTesting
import DistilabelValues
import Testing

struct JSONReadingTests {
    private static let values: [(String, Value)] = [
        ("null", Value.null), ("true", .bool(true)), (" false\n", .bool(false)), ("0", .int(0)), ("-7", .int(-7)),
        ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
        ("9223372036854775808", .double(9_223_372_036_854_775_808)),
        ("-9223372036854775809", .double(-9.223372036854775809e18)),
        ("123456789012345678901234567890", .double(1.2345678901234568e29)),
        ("1.0", .double(1)), ("1e2", .double(100)), ("-1.5E-3", .double(-0.0015)), ("0.1", .double(0.1)),
        ("1e22", .double(1e22)), ("1e23", .double(1e23)), ("5e-324", .double(.leastNonzeroMagnitude)),
        ("1e-400", .double(0)),
        ("0.30000000000000004", .double(0.30000000000000004)),
        ("2.2250738585072014e-308", .double(2.2250738585072014e-308)),
        ("\"\"", .string("")), ("\"a\\u00e9\\ud83d\\ude00\\n\\/\"", .string("aé😀\n/")),
        ("\"\\u0000\"", .string("\0")), ("[]", .array([])), ("{}", .object([:])),
        ("[1,[2,{\"a\":[]}],\"x\"]", [1, [2, ["a": []]], "x"]),
        ("\u{FEFF}[1]", [1]),
    ]

    @Test(arguments: values)
    func readsValues(text: String, value: Value) throws { #expect(try JSON.parse(text) == value) }

    @Test func readsMinusZeroAsADouble() throws {
        let zero = try #require(try JSON.parse("-0").doubleValue)
        #expect(zero == 0 && zero.sign == .minus)
        #expect(try JSON.parse("-0").intValue == nil)
    }

    @Test(arguments: [
        ("", JSONError.Code.unexpectedEnd, 1, 1), ("[1,\n 2,\n x]", .unexpectedCharacter, 3, 2),
        ("[1 2]", .unexpectedCharacter, 1, 4),
        ("1 2", .trailingContent, 1, 3), ("01", .invalidNumber, 1, 1), ("1.", .unexpectedEnd, 1, 3),
        ("[1.]", .invalidNumber, 1, 4),
        ("1e999", .numberOutOfRange, 1, 1), ("\"a\u{1}\"", .controlCharacter, 1, 3), ("\"\\x\"", .invalidEscape, 1, 2),
        ("\"\\ud800\"", .loneSurrogate, 1, 2), ("\"\\udc00\\ud800\"", .loneSurrogate, 1, 2),
        ("\"abc", .unexpectedEnd, 1, 5), ("{\"a\"}", .unexpectedCharacter, 1, 5),
        ("{a:1}", .unexpectedCharacter, 1, 2), ("[1,]", .unexpectedCharacter, 1, 4),
        ("{\"a\":1,}", .unexpectedCharacter, 1, 8),
        ("nul", .unexpectedEnd, 1, 4), ("nulx", .unexpectedCharacter, 1, 4), ("NaN", .unexpectedCharacter, 1, 1),
        ("[1}", .unexpectedCharacter, 1, 3),
    ])
    func saysWhereTheFaultIs(text: String, code: JSONError.Code, line: Int, column: Int) {
        let error = #expect(throws: JSONError.self) { try JSON.parse(text) }
        #expect(error?.code == code)
        #expect(error?.line == line)
        #expect(error?.column == column)
    }

    @Test(
        arguments: [[0xFF], [0xC0, 0xAF], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80]]
            as [[UInt8]])
    func refusesWhatIsNotUTF8(bytes: [UInt8]) {
        for prefix in ["", "ab", "a long text before the fault, with an é", "\\n"] {
            let document = Array("\"\(prefix)".utf8) + bytes + Array("\"".utf8)
            let error = #expect(throws: JSONError.self) { try JSON.parse(document) }
            #expect(error?.code == .invalidUTF8)
            #expect(error?.offset == 1 + prefix.utf8.count)
        }
    }

    @Test func replacesLoneSurrogatesWhenAsked() throws {
        let options = JSON.ReadOptions(replacesLoneSurrogates: true)
        #expect(
            try JSON.parse("\"a\\ud800b\\udc00\\ud800\\ud83d\\ude00\"", options: options)
                == "a\u{FFFD}b\u{FFFD}\u{FFFD}😀")
    }

    @Test func limitsDepthWithoutUsingTheStack() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try JSON.parse(nested(512))
        #expect(throws: JSONError.self) { try JSON.parse(nested(513)) }
        #expect(throws: JSONError.self) { try JSON.parse(String(repeating: "[", count: 10_000_000)) }
        #expect(throws: JSONError.self) { try JSON.parse(String(repeating: "{\"a\":", count: 1_000_000)) }
    }

    @Test func keepsTheLastValueAtTheFirstPlaceOfAKey() throws {
        let object = try #require(try JSON.parse("{\"a\":1,\"b\":2,\"a\":3}").objectValue)
        #expect(Array(object.keys) == ["a", "b"])
        #expect(Array(object.values) == [3, 2])
        // An escape makes the same key of other bytes.
        #expect(try JSON.parse("{\"a\":1,\"\\u0061\":2}") == ["a": 2])
    }

    @Test func keepsTheOrderOfManyKeysAndOfManyShapes() throws {
        var random = SeededRandom(seed: 7)
        for round in 0..<300 {
            let keys = (0..<Int.random(in: 0...40, using: &random)).map { "key\(round % 7)_\($0)" }.shuffled(
                using: &random)
            let text =
                "["
                + String(repeating: "{" + keys.map { "\"\($0)\": \"\($0)\"" }.joined(separator: ",") + "},", count: 3)
                + "{}]"
            let list = try #require(try JSON.parse(text).arrayValue)
            for object in list.dropLast() {
                let object = try #require(object.objectValue)
                #expect(Array(object.keys) == keys)
                for key in keys { #expect(object[key] == .string(key)) }
            }
        }
    }

    @Test func readsObjectsWithMoreKeysThanAnyShapeHas() throws {
        let keys = (0..<5000).map { "k\($0)" }
        let text = "{" + keys.map { "\"\($0)\":1" }.joined(separator: ",") + "}"
        #expect(Array(try #require(try JSON.parse(text).objectValue).keys) == keys)
        let list = "[" + keys.map { "{\"\($0)\":{\"\($0)x\":2}}" }.joined(separator: ",") + "]"
        let objects = try #require(try JSON.parse(list).arrayValue)
        for (key, object) in zip(keys, objects) { #expect(object == [key: [key + "x": 2]]) }
    }

    @Test func readsDifferentObjectsIndependently() throws {
        var first = try JSON.parse("[{\"a\":1},{\"a\":2}]")
        let second = first
        first["none"] = 1
        var list = try #require(first.arrayValue)
        list[0]["a"] = 9
        #expect(list == [["a": 9], ["a": 2]])
        #expect(second == [["a": 1], ["a": 2]])
    }
}
