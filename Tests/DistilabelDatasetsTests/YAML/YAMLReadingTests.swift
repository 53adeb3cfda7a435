import DistilabelDatasets
import DistilabelValues
import Testing

struct YAMLReadingTests {
    /// Plain scalars that have puzzled readers of YAML 1.1; the expected values come from PyYAML.
    static let scalars = [
        "null", "Null", "NULL", "~", "nUll", "true", "True", "TRUE", "tRue", "yes", "no", "on", "off", "Yes", "NO", "y",
        "n",
        "Off", "0", "-0", "+1", "1", "-17", "017", "018", "08", "0o17", "0x1F", "0X1F", "-0xff", "0b101", "0b2",
        "1_000",
        "1__0", "_1", "1_", "0_", "0x_f", "1:30", "190:20:30", "1:99", "-1:30", "0:30", "1:30.5", "190:20:30.15", "1.0",
        "1.", ".5",
        "-.5", "+.5", "+1.5", "-1.5e+3", "1.5e3", "1e3", "1e+3", "1.e+3", "1.5E-7", ".5e+1", "1_0.5_0", "_1.5", "._5",
        ".", "-", "+",
        "..", "1.2.3", ".inf", "-.inf", "+.inf", ".Inf", ".iNF", ".nan", ".NaN", "-.nan", "9223372036854775807",
        "-9223372036854775808", "3.141592653589793", "a b", "a:b", "a#b", "-a", "?a", ":a", "0.1", "00", "0.0", "-0.0",
        "0x", "0b", "1:2:3", "60:00", "1:60", "12e03", "0x7fffffffffffffff", "http://a.b/c?d=e#f", "1.0e+309", "2,3",
        "0777",
    ]

    @Test(.enabled(if: Python.hasYAML, "needs a python3 with PyYAML"))
    func plainScalarsReadAsPyYAMLReadsThem() throws {
        let document = Self.scalars.map { "- \($0)\n" }.joined()
        let ours = try #require(try YAMLCoding.parse(document).arrayValue)
        let theirs = try pyYAML(document)
        #expect(theirs.count == Self.scalars.count)
        for (position, text) in Self.scalars.enumerated() {
            #expect(ours[position] == theirs[position], "\(text)")
        }
    }

    static let documents = [
        "a: 1\nb: [1, two, 3.0, null]\nc: {d: e, 'f': \"g\\n\"}\n",
        "text: |\n  one\n   two\n\n  three\nfolded: >-\n  one\n  two\n\n  three\nkept: |+\n  a\n\n\nend: x\n",
        "base: &base {a: 1, b: 2}\nuse:\n  <<: *base\n  b: 3\n  c: 4\n",
        "x: &x {a: 1, z: 0}\ny: &y {a: 2, b: 2}\nuse:\n  c: 3\n  <<: [*x, *y]\n",
        "- &a [1, 2]\n- *a\n- !!str 12\n- !!int '3'\n- !!float 3\n- !!bool 'yes'\n- !!null ''\n",
        "", "# nothing\n", "---\n...\n", "just text", "- - - 1\n    - 2\n- {}\n- []\n",
        "key: 'it''s'\n\"\\u00e9\\U0001F600\": '\u{1F600} \u{e9}'\n",
        "a:\r\n  - 1\r\n  - 2\r\n", "\u{FEFF}a: 1\n", "a: b: c\n".replacingText("b: c", "'b: c'"),
        "? long key\n: value\n",
        "list:\n- 1\n- 2\nother: text with # no comment? # comment\n",
    ]

    @Test(.enabled(if: Python.hasYAML, "needs a python3 with PyYAML"), arguments: documents)
    func documentsReadAsPyYAMLReadsThem(document: String) throws {
        let theirs = try pyYAML("- " + "x\n", document: document)
        let ours = try YAMLCoding.parse(document)
        #expect(ours == theirs)
        #expect(JSON.string(ours) == JSON.string(theirs), "in the same order")
    }

    @Test func datesStayTextAndLargeIntegersBecomeDoubles() throws {
        #expect(try YAMLCoding.parse("2001-12-14") == "2001-12-14")
        #expect(try YAMLCoding.parse("2001-12-14t21:59:43.10-05:00") == "2001-12-14t21:59:43.10-05:00")
        #expect(try YAMLCoding.parse("9223372036854775808") == .double(9_223_372_036_854_775_808))
    }

    @Test func keysAreTheTextThatStandsThere() throws {
        #expect(try YAMLCoding.parse("no: 1\n1: 2\nnull: 3\n") == ["no": 1, "1": 2, "null": 3])
    }

    @Test(arguments: [
        ("a: 1\nb: 2\na: 3\n", YAMLError.Code.duplicateKey, 1, "'a'"),
        ("x:\n  a: 1\n  'a': 3\n", .duplicateKey, 2, "'a'"),
        ("a: [1, 2\nb: 3\n", .syntax, 2, ""),
        ("a: 'open\n", .syntax, 2, ""),
        ("a: 1\n\tb: 2\n", .syntax, 2, ""),
        ("a: *nobody\n", .alias, 1, "anchor"),
        ("a: &a [*a]\n", .alias, 1, "anchor"),
        ("- 1\n- !!python/object/apply:os.system ['true']\n", .unsupported, 2, "!!python/object/apply:os.system"),
        ("- 1\n- !thing 2\n", .unsupported, 2, "!thing"),
        ("a: 1\n---\nb: 2\n", .syntax, 2, "one document"),
        ("? [a, b]\n: 1\n", .unsupported, 1, "key"),
        ("a: 1\n<<: 3\n", .merge, 2, "<<"),
        ("a: !!int twelve\n", .unsupported, 1, "twelve"),
        ("a: \"\\q\"\n", .syntax, 1, ""),
        ("a: 1\nb: \u{1}\n", .syntax, 2, "control"),
        ("a:\n  <<: {b: 1}\n  <<: {b: 2}\n", .duplicateKey, 2, "'<<'"),
    ])
    func faultsNameTheirPlace(document: String, code: YAMLError.Code, line: Int, part: String) throws {
        let error = try #require(throws: YAMLError.self) { try YAMLCoding.parse(document, file: "pipeline.yaml") }
        #expect(error.code == code)
        #expect(error.line == line)
        #expect(error.description.hasPrefix("pipeline.yaml:\(line):"))
        #expect(error.message.contains(part))
    }

    @Test func bombsOfAliasesAreRefused() throws {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            bomb += "a\(level): &a\(level) [\(aliases)]\n"
        }
        let error = try #require(throws: YAMLError.self) { try YAMLCoding.parse(bomb) }
        #expect(error.code == .alias)
        // As a key it would have to be hashed before anybody could count it.
        #expect(try #require(throws: YAMLError.self) { try YAMLCoding.parse(bomb + "? *a9\n: 1\n") }.code == .alias)

        let wide = "a: &a [" + Array(repeating: "1", count: 2000).joined(separator: ",") + "]\n"
        let many = "b: [" + Array(repeating: "*a", count: 2000).joined(separator: ",") + "]\n"
        let limits = YAMLCoding.Limits(expandedValues: 20_000)
        #expect(
            try #require(throws: YAMLError.self) { try YAMLCoding.parse(wide + many, limits: limits) }.code == .alias)
    }

    @Test func textWithStarsIsNotTakenForAliases() throws {
        let text = "a: &a 1\nb: |\n" + String(repeating: "  *a word* and &a more *a\n", count: 5000)
        #expect(try YAMLCoding.parse(text)["a"] == 1)
    }

    @Test func limitsHold() throws {
        let deep = String(repeating: "[", count: 300) + String(repeating: "]", count: 300)
        #expect(try #require(throws: YAMLError.self) { try YAMLCoding.parse(deep) }.code == .tooLarge)
        let limits = YAMLCoding.Limits(bytes: 10)
        #expect(
            try #require(throws: YAMLError.self) { try YAMLCoding.parse("aaaaaaaaaaa", limits: limits) }.code
                == .tooLarge)
        #expect(throws: YAMLError.self) { try YAMLCoding.parse(String(repeating: "[", count: 100_000)) }
        #expect(throws: YAMLError.self) { try YAMLCoding.parse(String(repeating: "- ", count: 100_000)) }
    }

    private func pyYAML(_ list: String, document: String? = nil) throws -> Value {
        let script = """
            import sys, json, yaml
            value = yaml.safe_load(open(sys.argv[1], newline='').read())
            print(json.dumps(value, ensure_ascii=False, allow_nan=True, default=str))
            """
        let folder = try TemporaryFolder()
        let path = try folder.write(document ?? list, to: "document.yaml")
        let output = try Python.run(Python.withYAML, script, arguments: [path])
        // Python's JSON writes these three, which no JSON reader takes; none of them stands in a text here.
        return try Self.parse(output)
    }

    private func pyYAML(_ list: String) throws -> [Value] {
        let value: Value = try pyYAML(list, document: nil)
        return try #require(value.arrayValue)
    }

    static func parse(_ output: String) throws -> Value {
        if output == "NaN" { return .double(.nan) }
        let marked = output.replacingText("-Infinity", "\"\u{1}-inf\"").replacingText("Infinity", "\"\u{1}inf\"")
            .replacingText("NaN,", "\"\u{1}nan\",")
        return restore(try JSON.parse(marked.replacingText("\u{1}", "\\u0001")))
    }

    private static func restore(_ value: Value) -> Value {
        switch value {
        case .string("\u{1}inf"): .double(.infinity)
        case .string("\u{1}-inf"): .double(-.infinity)
        case .string("\u{1}nan"): .double(.nan)
        case .array(let values): .array(values.map(restore))
        case .object(let object): .object(object.mapValues(restore))
        default: value
        }
    }
}

extension String {
    func replacingText(_ old: String, _ new: String) -> String {
        split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    }
}
