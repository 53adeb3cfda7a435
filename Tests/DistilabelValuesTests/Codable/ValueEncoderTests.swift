import DistilabelValues
import OrderedCollections
import Testing

struct ValueEncoderTests {
    @Test func writesEveryParameterInSnakeCase() throws {
        var component = Evolve()
        component.llm = ["camelCase": ["innerKey": 1], "a": true]
        component.extra = ["someKey": [1, 2.0]]
        let value = try ValueEncoder(keyStyle: .snakeCase).encode(component)
        #expect(
            value == [
                "name": nil, "llm": ["a": true, "camelCase": ["innerKey": 1]], "num_evolutions": 4,
                "base_url": "http://localhost", "n_ctx": nil, "flavour": "plain",
                "generation": ["temperature": 0.7, "max_new_tokens": 128, "top_p": nil, "stop": []],
                "input_batch_size": 50, "use_cache": true, "extra": ["someKey": [1, 2.0]],
            ])
        #expect(
            value.objectValue.map { Array($0.keys) } == [
                "name", "llm", "num_evolutions", "base_url", "n_ctx", "flavour", "generation", "input_batch_size",
                "use_cache", "extra",
            ])
    }

    @Test func leavesNilsOutWhenAsked() throws {
        let value = try ValueEncoder(writesNulls: false).encode(Generation())
        #expect(value == ["temperature": 0.7, "maxNewTokens": 128, "stop": []])
    }

    @Test(arguments: [
        ("numEvolutions", "num_evolutions"), ("nCtx", "n_ctx"), ("baseURL", "base_url"), ("topP", "top_p"),
        ("llm", "llm"),
        ("n_ctx", "n_ctx"), ("some_camelCase", "some_camelCase"), ("HTTPServer", "http_server"),
        ("useMCTSSearch", "use_mcts_search"),
        ("top2Things", "top2_things"), ("urlOfX", "url_of_x"), ("ID", "id"), ("", ""), ("md5", "md5"),
    ])
    func turnsNamesIntoSnakeCase(name: String, key: String) { #expect(KeyStyle.snakeCase.key(of: name) == key) }

    @Test func writesNumbersAsWhatTheyAre() throws {
        let encoder = ValueEncoder()
        #expect(try encoder.encode(Float(0.1)) == 0.1)
        #expect(try encoder.encode(UInt8(200)) == 200)
        #expect(try encoder.encode([1.0, 2]) == [1.0, 2.0])
        #expect(try encoder.encode(Int64.min) == .int(.min))
        let error = #expect(throws: ValueCodingError.self) { try encoder.encode(["a": [UInt64.max]]) }
        #expect(error?.path == "a[0]")
    }

    @Test func passesValuesRowsAndDictionariesThrough() throws {
        let encoder = ValueEncoder(keyStyle: .snakeCase)
        let row: Row = ["aB": 1, "c": ["dE": nil]]
        #expect(try encoder.encode(row) == ["aB": 1, "c": ["dE": nil]])
        #expect(try encoder.encode([row, row]) == [.object(row.object), .object(row.object)])
        let ordered: OrderedDictionary<String, Int?> = ["zZ": 1, "aA": nil]
        #expect(try encoder.encode(ordered).objectValue.map { Array($0.keys) } == ["zZ", "aA"])
        #expect(try encoder.encode(["k": Optional<Value>.none]) == ["k": nil])
    }

    @Test(
        arguments: [Shape.circle(radius: 2), .roundedBox(cornerRadius: 1, 3), .nothing],
        [KeyStyle.asWritten, .snakeCase])
    func roundTripsEnumerationsWithPayloads(shape: Shape, style: KeyStyle) throws {
        let value = try ValueEncoder(keyStyle: style).encode(shape)
        #expect(try ValueDecoder(keyStyle: style).decode(Shape.self, from: value) == shape)
    }

    @Test func worksWithSuperAndNestedContainers() throws {
        struct Odd: Encodable {
            enum Key: String, CodingKey { case list, inner, last }
            func encode(to encoder: any Encoder) throws {
                var keyed = encoder.container(keyedBy: Key.self)
                var list = keyed.nestedUnkeyedContainer(forKey: .list)
                try list.encode(1)
                var inner = list.nestedContainer(keyedBy: Key.self)
                try inner.encode("x", forKey: .inner)
                try list.encodeNil()
                try "text".encode(to: keyed.superEncoder(forKey: .inner))
                try keyed.encode(2, forKey: .last)
            }
        }
        #expect(try ValueEncoder().encode(Odd()) == ["list": [1, ["inner": "x"], nil], "inner": "text", "last": 2])
    }
}
