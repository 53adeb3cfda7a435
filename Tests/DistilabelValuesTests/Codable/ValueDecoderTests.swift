import DistilabelValues
import Testing

struct ValueDecoderTests {
    private let snake = ValueDecoder(keyStyle: .snakeCase)

    private func failure<T: Decodable>(_ type: T.Type, _ value: Value, _ decoder: ValueDecoder? = nil)
        -> ValueCodingError?
    {
        #expect(throws: ValueCodingError.self) { _ = try (decoder ?? snake).decode(type, from: value) }
    }

    @Test func fillsInWhatIsMissing() throws {
        let component = try snake.decode(
            Evolve.self,
            from: [
                "llm": ["modelName": "m"], "num_evolutions": 2, "generation": ["top_p": 1, "max_new_tokens": 5.0],
                "use_cache": false, "base_url": "x",
            ])
        var expected = Evolve()
        expected.llm = ["modelName": "m"]
        expected.numEvolutions = 2
        expected.generation.topP = 1
        expected.generation.maxNewTokens = 5
        expected.common.useCache = false
        expected.baseURL = "x"
        #expect(component == expected)
    }

    @Test func roundTripsThroughItsOwnEncoding() throws {
        var component = Evolve(name: "a", flavour: .chatML, extra: ["k": [1]])
        component.llm["x"] = 1
        for style in [KeyStyle.snakeCase, .asWritten] {
            let value = try ValueEncoder(keyStyle: style).encode(component)
            #expect(try ValueDecoder(keyStyle: style).decode(Evolve.self, from: value) == component)
        }
    }

    @Test(arguments: [[:], ["llm": nil]] as [Value])
    func namesRequiredKeysThatAreMissing(value: Value) {
        let error = failure([String: Evolve].self, ["step": value])
        #expect(error?.code == .missingKey)
        #expect(error?.path == "step.llm")
    }

    @Test func namesAllUnknownKeysWithWhatWasMeant() {
        let error = failure(
            [Evolve].self, [["llm": [:]], ["llm": [:], "num_evolution": 3, "use_cahce": true, "generation": [:]]])
        #expect(error?.code == .unknownKey)
        #expect(error?.path == "[1].num_evolution")
        #expect(error?.keys == ["num_evolution", "use_cahce"])
        #expect(error?.suggestion == "num_evolutions")
        #expect(error?.description.contains("did you mean 'num_evolutions'?") == true)
    }

    @Test func namesUnknownKeysOfNestedObjects() {
        let error = failure(Evolve.self, ["llm": [:], "generation": ["temprature": 1]])
        #expect(error?.path == "generation.temprature")
        #expect(error?.suggestion == "temperature")
        #expect(failure(Evolve.self, ["llm": [:], "common": [:]])?.keys == ["common"])
        #expect(failure(Evolve.self, ["llm": [:], "numEvolutions": 1])?.suggestion == "num_evolutions")
    }

    @Test func allowsUnknownKeysWhenAsked() throws {
        let decoder = ValueDecoder(keyStyle: .snakeCase, unknownKeys: .allow)
        #expect(try decoder.decode(Generation.self, from: ["nothing": 1, "temperature": 0]).temperature == 0)
    }

    private static let mismatches: [(Value, String, String)] = [
        (["x": "1", "y": 1, "tags": [:], "flavour": "plain"], "x", "an int is wanted, the string \"1\" stands there"),
        (["x": 1.5, "y": 1, "tags": [:], "flavour": "plain"], "x", "an int is wanted, the double 1.5 stands there"),
        (["x": true, "y": 1, "tags": [:], "flavour": "plain"], "x", "an int is wanted, the bool true stands there"),
        (["x": 1, "y": nil, "tags": [:], "flavour": "plain"], "y", "a double is wanted, null stands there"),
        (
            ["x": 1, "y": 1, "label": 3, "tags": [:], "flavour": "plain"], "label",
            "a string is wanted, the int 3 stands there"
        ),
        (
            ["x": 1, "y": 1, "tags": ["a.b": "c"], "flavour": "plain"], "tags[\"a.b\"]",
            "an int is wanted, the string \"c\" stands there"
        ),
        (
            ["x": 1, "y": 1, "tags": [1], "flavour": "plain"], "tags",
            "an object of int is wanted, a list of 1 stands there"
        ),
        ([1], "", "an object is wanted, a list of 1 stands there"),
        (["x": 1, "y": 1, "tags": [:], "flavour": 3], "flavour", "a string is wanted, the int 3 stands there"),
    ]

    @Test(arguments: mismatches)
    func saysWhatStandsWhereSomethingElseIsWanted(value: Value, path: String, message: String) {
        let error = failure(Point.self, value)
        #expect(error?.code == .typeMismatch)
        #expect(error?.path == path)
        #expect(error?.message == message)
    }

    @Test func listsTheValuesThatAreAllowed() {
        let error = failure([Point].self, [["x": 1, "y": 1, "tags": [:], "flavour": "chatml"]])
        #expect(error?.code == .invalid)
        #expect(error?.path == "[0].flavour")
        #expect(error?.message == "the string \"chatml\" stands there, one of 'plain', 'chat_ml' is wanted")
        #expect(error?.suggestion == "chat_ml")
    }

    @Test func readsNumbersOnlyWhereTheyAreExact() throws {
        #expect(try snake.decode(Int.self, from: 3.0) == 3)
        #expect(try snake.decode(UInt8.self, from: 255) == 255)
        #expect(try snake.decode(Double.self, from: 3) == 3)
        #expect(try snake.decode(Float.self, from: 0.1) == 0.1)
        _ = failure(UInt8.self, 256)
        _ = failure(Int.self, 1e30)
        _ = failure(Bool.self, 1)
        _ = failure(String.self, 1)
        _ = failure(UInt.self, -1)
    }

    @Test func takesNullAndNothingForNil() throws {
        struct Optionals: Codable, Hashable { var a: Int?, b: [Int?]?, c: Value? }
        #expect(try snake.decode(Optionals.self, from: [:]) == Optionals())
        #expect(try snake.decode(Optionals.self, from: ["a": nil, "b": [nil, 1]]) == Optionals(b: [nil, 1]))
        #expect(try snake.decode(Int?.self, from: nil) == nil)
        #expect(failure(Optionals.self, ["b": ["x"]])?.path == "b[0]")
    }

    @Test func handsOnUserInfo() throws {
        struct Informed: Decodable {
            var text: String?
            init(from decoder: any Decoder) throws {
                if let key = CodingUserInfoKey(rawValue: "k") { text = decoder.userInfo[key] as? String }
            }
        }
        let key = try #require(CodingUserInfoKey(rawValue: "k"))
        let decoder = ValueDecoder(userInfo: [key: "v"])
        #expect(try decoder.decode([Informed].self, from: [1])[0].text == "v")
    }

    @Test func putsPathsOfInnerDecodersInsideOfTheirOwn() {
        struct Inner: Decodable {
            init(from decoder: any Decoder) throws {
                let value = try decoder.singleValueContainer().decode(Value.self)
                _ = try ValueDecoder().decode([String: [Int]].self, from: value)
            }
        }
        let error = failure([String: [Inner]].self, ["steps": [["a": [1]], ["b": [1, "x"]]]])
        #expect(error?.path == "steps[1].b[1]")
    }

    @Test func wrapsTheErrorsOfTypes() {
        struct Picky: Decodable {
            init(from decoder: any Decoder) throws {
                throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "too picky"))
            }
        }
        let error = failure([String: Picky].self, ["a": 1])
        #expect(error?.path == "a")
        #expect(error?.message == "too picky")
    }

    @Test func readsRowsAndTypesOfRows() throws {
        let row: Row = ["x": 1, "y": 2, "tags": ["aB": 1], "flavour": "chat_ml", "other": 1]
        let point = try row.decode(Point.self)
        #expect(point == Point(x: 1, y: 2, label: nil, tags: ["aB": 1], flavour: .chatML))
        let written = try Row(encoding: point)
        #expect(written.columns.names == ["x", "y", "label", "tags", "flavour"])
        #expect(try written.decode(Point.self) == point)
        #expect(throws: ValueCodingError.self) { try row.decode(Point.self, unknownKeys: .refuse) }
        #expect(throws: ValueCodingError.self) { try Row(encoding: [1]) }
        #expect(try snake.decode([Row].self, from: [["aB": 1]]) == [["aB": 1]])
    }
}
