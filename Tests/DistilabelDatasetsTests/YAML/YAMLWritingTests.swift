import DistilabelDatasets
import DistilabelValues
import Testing

struct YAMLWritingTests {
    static let texts = [
        "", " ", "  ", "a", "a b", "null", "~", "yes", "No", "y", "n", "true", "1", "-1", "1.0", "1e3", "1.e+3", "017",
        "0o17",
        "0x1f", "1:30", "1_000", "+", "-", "--", "---", "...", "--- a", "?", "? a", ":", "a:", "a: b", "a:b", ": a",
        "a #b", "a#b",
        "#a", "&a", "*a", "!a", "%a", "@a", "`a", "'a'", "\"a\"", "it's", "say \"hi\"", "both ' and \"", "back\\slash",
        "a\\'b",
        "[a]", "{a}", "a, b", "|", ">", "|-", "= a", "=", "<<", "< a", " a", "a ", "\ta", "a\t", "a\tb", "\n", "\n\n",
        "a\n", "a\n\n",
        "a\nb", "\na", " a\nb", "a\n b", "a\n\n\nb\n\n", "a \nb ", "a\n ", "a\n \n", "\n a\n", "\t\n", "\ta\nb",
        "a\n\tb", "a\r\nb",
        "a\rb", "a\u{85}b", "a\u{2028}b", "a\u{0}b", "a\u{7f}", "a\u{FEFF}", "a\u{FEFF}\nb", "é", "日本語", "\u{1F600}",
        "\u{1F600}\n\u{1F600}",
        "e\u{301}", "2001-12-14", "2001-12-14 21:59:43.10 -5", "12:30:45", "nan", ".nan", ".inf", "-.inf", "Inf",
        "{{ a }}",
        "{% if a %}\nb\n{% endif %}", "- a\n- b", "a: 1\nb: 2", "# a\nb", "---\na", "...\na", "%YAML 1.1\na",
        "a\n---\nb", "a\n...\nb",
        String(repeating: "long word ", count: 30) + "end", String(repeating: "long: word ", count: 30),
        String(repeating: "x", count: 2000), "a\n" + String(repeating: "y ", count: 300), "'", "''", "\"", "\\", "\\n",
        "a  b", "a'",
        "-a", "-1a", "?a", ":a", "::", "a::b", "!", "&", "*", "0", "00", "0.", ".0", "._", "1__", "e1", "E", "T", "0b1",
        "0b", "1,000",
        "\u{E000}", "\u{10FFFF}", "\u{FFFD}", "\u{A0}", "\u{AD}", "\u{200B}", "a\u{A0}\n\u{A0}b", "x\n\u{A0}",
    ]

    static let trees: [Value] = [
        .null, true, 1, 1.0, -0.0, 1e20, 1.5e-7, 2.5e-300, 1e308, .double(.infinity), .double(-.infinity),
        .double(.nan), .int(.max), .int(.min), [], [:],
        [[], [:], [[]], [[1, 2], [3]], [["a": [["b": []]]]]],
        [
            "a": ["b": ["c": nil, "d": [1, ["e": "f", "g": [:]]]]], "z": "last", "b": [],
            "text": ["one\ntwo\n", "three"],
        ],
        ["steps": [["step": ["name": "load", "data": [["instruction": "What?\nWhy?"], ["instruction": "- no"]]]]]],
        [["k\nl": 1, "": 2, "a: b": 3, "1": 4, "no": 5, "\t": 6]],
    ]

    static var all: [Value] {
        trees + texts.map { .string($0) } + texts.map { [.string($0)] } + texts.map { .object([$0: .string($0)]) }
            + texts.map { ["k": ["l": [.string($0), 1]]] }
    }

    @Test func whatIsWrittenReadsBackTheSame() throws {
        for value in Self.all {
            let text = YAMLCoding.text(of: value)
            let back = try YAMLCoding.parse(text)
            #expect(back == value, "\(text)")
            #expect(text.utf8.last == UInt8(ascii: "\n"))
        }
    }

    @Test(.enabled(if: Python.hasYAML, "needs a python3 with PyYAML"))
    func whatIsWrittenReadsBackTheSameInPyYAML() throws {
        let script = """
            import sys, json, yaml
            loaders = [yaml.SafeLoader] + ([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])
            for line in sys.stdin:
                for loader in loaders:
                    text = json.loads(line)
                    try:
                        print(json.dumps(yaml.load(text, Loader=loader)))
                    except Exception as error:
                        print(json.dumps("%s: %r: %s" % (loader.__name__, text, error)))
            """
        let values = Self.all
        let input = values.map { JSON.string(.string(YAMLCoding.text(of: $0))) + "\n" }.joined()
        let lines = try Python.run(Python.withYAML, script, input: input).split(separator: "\n")
        let loaders = lines.count / values.count
        #expect(loaders > 0 && lines.count == values.count * loaders)
        for (position, line) in lines.enumerated() {
            let value = values[position / loaders]
            let back = try YAMLReadingTests.parse(String(line))
            #expect(back == value, "\(YAMLCoding.text(of: value))")
        }
    }

    @Test func aPipelineReadsWell() {
        let value: Value = [
            "pipeline": [
                "name": "math-preference", "description": nil,
                "steps": [
                    [
                        "name": "self_instruct", "temperature": 0.7, "stop": [],
                        "system_prompt": "You are a teacher.\nAnswer: briefly.\n", "template": "{{ instruction }}",
                    ]
                ],
            ]
        ]
        #expect(
            YAMLCoding.text(of: value) == """
                pipeline:
                  name: math-preference
                  description: null
                  steps:
                    - name: self_instruct
                      temperature: 0.7
                      stop: []
                      system_prompt: |
                        You are a teacher.
                        Answer: briefly.
                      template: "{{ instruction }}"

                """)
    }
}
