import DistilabelValues
import Testing

@testable import DistilabelDatasets

struct DatasetLayoutTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var paths: [String]
        var card: String?
        var expected: [String: [String: [String]]]
        var standard: String?
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(
            name: "push_to_hub",
            paths: [
                ".gitattributes", "README.md", "data/train-00000-of-00002.parquet", "data/train-00001-of-00002.parquet",
                "data/my-split-00000-of-00001.parquet",
            ],
            expected: [
                "default": [
                    "train": ["data/train-00000-of-00002.parquet", "data/train-00001-of-00002.parquet"],
                    "my-split": ["data/my-split-00000-of-00001.parquet"],
                ]
            ],
            standard: "default"),
        Case(
            name: "names", paths: ["train.jsonl", "sub/dev.jsonl.gz", "my_test_file.jsonl", "notes.txt"],
            expected: [
                "default": ["train": ["train.jsonl"], "test": ["my_test_file.jsonl"]],
                "sub": ["validation": ["sub/dev.jsonl.gz"]],
            ],
            standard: "default"),
        Case(
            name: "folders of splits", paths: ["train/a.csv", "test/b.csv"],
            expected: ["default": ["train": ["train/a.csv"], "test": ["test/b.csv"]]], standard: "default"),
        Case(
            name: "one file", paths: ["rows.json"], expected: ["default": ["train": ["rows.json"]]], standard: "default"
        ),
        Case(
            name: "folders of configurations",
            paths: ["a/train-00000-of-00001.parquet", "b/train-00000-of-00001.parquet", "artifacts/x.json"],
            expected: [
                "a": ["train": ["a/train-00000-of-00001.parquet"]], "b": ["train": ["b/train-00000-of-00001.parquet"]],
            ], standard: nil),
        Case(
            name: "card", paths: ["x/1.jsonl", "x/2.jsonl", "y.jsonl", "z.jsonl"],
            card:
                "---\nconfigs:\n- config_name: c\n  default: true\n  data_files:\n  - split: train\n    path: [x/*.jsonl, \"**/y.jsonl\"]\n- config_name: d\n  data_files: z.jsonl\n- config_name: e\n  data_dir: x\n- config_name: f\n  data_files: {test: \"[yz].jsonl\"}\n---\n",
            expected: [
                "c": ["train": ["x/1.jsonl", "x/2.jsonl", "y.jsonl"]], "d": ["train": ["z.jsonl"]],
                "e": ["train": ["x/1.jsonl", "x/2.jsonl"]],
                "f": ["test": ["y.jsonl", "z.jsonl"]],
            ], standard: "c"),
        Case(
            name: "nothing", paths: ["README.md", "dataset_infos.json", ".x/train.jsonl"], expected: [:], standard: nil),
    ]

    @Test(arguments: cases) func findsConfigurationsAndSplits(_ expected: Case) throws {
        let layout = try DatasetLayout(paths: expected.paths.reversed(), card: expected.card)
        let found = Dictionary(
            uniqueKeysWithValues: layout.configurations.map { name, splits in
                (name, Dictionary(uniqueKeysWithValues: splits.map { ($0.key, $0.value) }))
            })
        #expect(found == expected.expected)
        #expect(layout.defaultConfiguration == expected.standard)
    }

    @Test func findsWhatTheHubConverted() throws {
        let layout = DatasetLayout(convertedPaths: [
            "default/train/0001.parquet", "default/train/0000.parquet", "other/partial-test/0000.parquet", "x.parquet",
        ])
        #expect(
            try layout.files(configuration: nil, split: "train") == [
                "default/train/0000.parquet", "default/train/0001.parquet",
            ])
        #expect(try layout.files(configuration: "other", split: "test") == ["other/partial-test/0000.parquet"])
        #expect {
            try layout.files(configuration: nil, split: "test")
        } throws: {
            "\($0)".contains("there is no split 'test'; there are: train")
        }
        #expect {
            try layout.files(configuration: "no", split: "test")
        } throws: {
            "\($0)".contains("there are: default, other")
        }
    }

    @Test(arguments: [
        ("data/train-*", "data/train-00000.parquet", true), ("data/*", "data/a/b", false),
        ("**/*.json", "a/b/c.json", true),
        ("**/*.json", "c.json", true), ("a?c", "abc", true), ("a?c", "ac", false), ("[!a-c]x", "dx", true),
        ("[!a-c]x", "bx", false), ("*a*b*c", "xaybzc", true), ("*a*b*c", "xaybz", false), ("[", "[", true),
        ("./a", "a", true),
        ("*", "", false), ("a**b", "axxb", true),
    ])
    func matchesPatterns(_ pattern: String, _ path: String, _ isMatch: Bool) {
        #expect(PathPattern(pattern).matches(path) == isMatch)
    }
}
