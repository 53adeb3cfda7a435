#if Llama
    @testable import DistilabelLlama
    import DistilabelValues
    import Testing

    struct JSONSchemaGrammarTests {
        /// A schema, documents that fit it and documents that do not.
        ///
        /// What fits was decided by the JSON Schema specification, not by us.
        struct Case: Sendable, CustomTestStringConvertible {
            var name: String
            var schema: Value
            var good: [String]
            var bad: [String]
            var isClosed = true
            var testDescription: String { name }
        }

        static let cases = [
            Case(
                name: "object",
                schema: [
                    "type": "object", "required": ["a", "c"],
                    "properties": ["a": ["type": "integer"], "b": ["type": "boolean"], "c": ["type": "null"]],
                ],
                good: [#"{"a": 1, "b": true, "c": null}"#, #"{"a":-7,"c":null}"#],
                bad: [
                    #"{"a": 1}"#, #"{"a": 1, "b": 1, "c": null}"#, #"{"c": null, "a": 1}"#, #"{"a":  1, "c": null}"#,
                    "{}", #"{"a":1,"c":null} "#,
                ]),
            Case(
                name: "optional keys",
                schema: [
                    "type": "object",
                    "properties": ["a": ["type": "null"], "b": ["type": "null"], "c": ["type": "null"]],
                    "required": ["b"],
                ],
                good: [
                    #"{"b":null}"#, #"{"a":null,"b":null}"#, #"{"b":null,"c":null}"#, #"{"a":null,"b":null,"c":null}"#,
                ],
                bad: [#"{"a":null}"#, #"{,"b":null}"#, #"{"b":null,}"#, #"{"a":null,"c":null}"#]),
            Case(
                name: "all optional",
                schema: ["type": "object", "properties": ["a": ["type": "null"], "b": ["type": "null"]]],
                good: ["{}", #"{"a":null}"#, #"{"b":null}"#, #"{"a":null, "b":null}"#],
                bad: [#"{"b":null,"a":null}"#, "{,}"]),
            Case(
                name: "additional properties",
                schema: [
                    "type": "object", "properties": ["a": ["type": "null"]], "required": ["a"],
                    "additionalProperties": ["type": "integer"],
                ],
                good: [#"{"a":null}"#, #"{"a":null,"x":1, "y":2}"#], bad: [#"{"x":1}"#, #"{"a":null,"x":"1"}"#]),
            Case(
                name: "map", schema: ["type": "object", "additionalProperties": ["type": "string"]],
                good: ["{}", #"{"x":"1"}"#, #"{"x":"1","y":"\n"}"#], bad: [#"{"x":1}"#]),
            Case(
                name: "array",
                schema: [
                    "type": "array", "items": ["type": "integer", "minimum": 1, "maximum": 5], "minItems": 2,
                    "maxItems": 4,
                ],
                good: ["[1,2]", "[1, 2, 5]", "[5,5,5,5]"],
                bad: ["[]", "[1]", "[1,2,3,4,5]", "[0,1]", "[1,6]", "[1,2,]"]),
            Case(
                name: "tuple",
                schema: ["type": "array", "prefixItems": [["type": "boolean"], ["type": "null"]], "items": false],
                good: ["[true, null]"], bad: ["[true]", "[null,true]", "[true,null,1]"]),
            Case(
                name: "at most one", schema: ["type": "array", "items": ["type": "null"], "maxItems": 1],
                good: ["[]", "[null]"], bad: ["[null,null]"]),
            Case(
                name: "string length", schema: ["type": "string", "minLength": 2, "maxLength": 4],
                good: [#""ab""#, #""abcd""#, #""é\n""#, #""\u00e9x""#, #""😀😀""#],
                bad: [#""a""#, #""abcde""#, "ab", #""a\x""#]),
            Case(
                name: "string", schema: ["type": "string"], good: [#""""#, #""a \"b\" \\ \/ c""#, #""日本""#],
                bad: ["\"a\nb\"", #""\ud800""#, #"""""#, "\"\t\""]),
            Case(
                name: "pattern", schema: ["type": "string", "pattern": "^[A-Z]{2}\\d+$"],
                good: [#""AB1""#, #""XY123""#], bad: [#""A1""#, #""AB""#]),
            Case(
                name: "date", schema: ["type": "string", "format": "date"], good: [#""2024-02-28""#],
                bad: [#""2024-13-01""#, #""24-1-1""#]),
            Case(
                name: "enum", schema: ["enum": ["a b", 1, nil, true, ["x": [1, 2]]]],
                good: [#""a b""#, "1", "null", "true", #"{"x": [1, 2]}"#], bad: [#""a""#, "2", "false"], isClosed: false
            ),
            Case(name: "const", schema: ["const": "it \"is\"\n"], good: [#""it \"is\"\n""#], bad: [#""it""#]),
            Case(
                name: "number", schema: ["type": "number"], good: ["0", "-1", "1.25", "1e5", "-0.5E-3"],
                bad: ["01", "1.", ".5", "+1", "NaN"],
                isClosed: false),
            Case(
                name: "choice",
                schema: ["anyOf": [["type": "integer"], ["type": "array", "items": ["type": "null"]]]],
                good: ["12", "[null]", "[]"], bad: ["null", "[1]"], isClosed: false),
            Case(
                name: "nullable", schema: ["type": ["string", "null"], "maxLength": 3], good: ["null", #""abc""#],
                bad: [#""abcd""#, "1"]),
            Case(
                name: "references",
                schema: [
                    "$defs": ["Rating": ["type": "integer", "enum": [1, 2, 3, 4, 5]]], "type": "object",
                    "properties": ["first": ["$ref": "#/$defs/Rating"], "second": ["$ref": "#/$defs/Rating"]],
                    "required": ["first", "second"],
                ],
                good: [#"{"first": 1, "second": 5}"#], bad: [#"{"first": 0, "second": 5}"#]),
            Case(
                name: "merged",
                schema: [
                    "allOf": [
                        ["type": "object", "properties": ["a": ["type": "null"]], "required": ["a"]],
                        ["properties": ["b": ["type": "null"]], "required": ["b"]],
                    ]
                ], good: [#"{"a":null,"b":null}"#], bad: [#"{"a":null}"#]),
            Case(
                name: "odd keys",
                schema: [
                    "type": "object", "properties": ["say \"hi\"": ["type": "null"], "ключ": ["type": "null"]],
                    "required": ["say \"hi\"", "ключ"],
                ], good: [#"{"say \"hi\"":null,"ключ":null}"#], bad: [#"{"say hi":null,"ключ":null}"#]),
            Case(
                name: "empty object", schema: ["type": "object", "additionalProperties": false], good: ["{}"],
                bad: [#"{"a":1}"#]),
        ]

        @Test(arguments: cases) func documentsThatFitMatch(_ test: Case) throws {
            let grammar = try JSONSchemaGrammar(test.schema)
            for text in test.good { #expect(try GBNFMatcher.matches(grammar.text, text), "\(text) in \(grammar.text)") }
            for text in test.bad { #expect(try !GBNFMatcher.matches(grammar.text, text), "\(text) in \(grammar.text)") }
            #expect(grammar.isClosed == test.isClosed)
        }

        @Test(.enabled(if: TestModel.isPresent), arguments: cases) func llamaReadsTheGrammarTheSame(_ test: Case) throws
        {
            let model = try TestModel.shared.get()
            let grammar = try JSONSchemaGrammar(test.schema)
            for text in test.good {
                #expect(try GBNFMatcher.llamaMatches(grammar.text, text, model: model), "\(text) in \(grammar.text)")
            }
            for text in test.bad {
                #expect(try !GBNFMatcher.llamaMatches(grammar.text, text, model: model), "\(text) in \(grammar.text)")
            }
        }

        @Test(.enabled(if: TestModel.isPresent)) func recursiveSchemasAndAnyValueWork() throws {
            let model = try TestModel.shared.get()
            let tree: Value = [
                "$ref": "#/$defs/Node",
                "$defs": [
                    "Node": [
                        "type": "object", "required": ["name", "children"],
                        "properties": [
                            "name": ["type": "string"],
                            "children": ["type": "array", "items": ["$ref": "#/$defs/Node"]],
                        ],
                    ]
                ],
            ]
            let grammar = try JSONSchemaGrammar(tree).text
            let good = #"{"name": "a", "children": [{"name": "b", "children": []}]}"#
            #expect(try GBNFMatcher.llamaMatches(grammar, good, model: model))
            #expect(
                try !GBNFMatcher.llamaMatches(grammar, #"{"name": "a", "children": [{"name": "b"}]}"#, model: model))
            let any = try JSONSchemaGrammar(true).text
            #expect(
                try GBNFMatcher.llamaMatches(any, #"{"a": [1, -2.5e3, {"b": null}], "c": "x", "d": {}}"#, model: model))
            #expect(try !GBNFMatcher.llamaMatches(any, #"{"a": [1,]}"#, model: model))
        }

        @Test(
            arguments: [
                false, 5, ["type": "colour"], ["not": ["type": "null"]], ["$ref": "other.json"],
                ["$ref": "#/$defs/none"], ["enum": []],
                ["type": "integer", "minimum": 5, "maximum": 4], ["type": "string", "pattern": "(?=a)b"],
                ["type": "array", "minItems": -1],
                ["type": "object", "properties": [:], "allOf": [["type": "string"]]], ["$ref": "#"],
                ["type": "number", "minimum": 0.5], ["type": "array", "minItems": 3, "maxItems": 2],
                ["type": "object", "properties": ["a": ["type": "null"]], "required": ["b"]],
            ] as [Value]) func whatHasNoGrammarIsRefusedWithItsPlace(schema: Value)
        {
            do {
                _ = try JSONSchemaGrammar(schema)
                Issue.record("accepted")
            } catch {
                #expect(error.code == .schemaUnsupported)
                #expect(error.message.contains("#"))
            }
        }

        @Test func whatIsNotHeldToIsSaid() throws {
            let grammar = try JSONSchemaGrammar([
                "type": "array", "items": ["type": "string", "maxLength": 5000], "uniqueItems": true,
            ])
            #expect(grammar.notEnforced.count == 2)
            #expect(grammar.notEnforced.contains { $0.contains("uniqueItems") })
        }
    }

#endif
