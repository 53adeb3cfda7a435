import DistilabelDatasets
import DistilabelTesting
import DistilabelValues
import Testing

struct DatasetCardTests {
    /// Rows of every kind that a card's features must tell, `count` of them.
    static func dataset(_ count: Int) -> Dataset {
        Dataset(
            (0..<count).map { row -> Row in
                [
                    "no": .int(row), "text": .string("t\(row) é"), "x": row % 3 == 0 ? .null : .double(Double(row) / 4),
                    "flag": .bool(row % 2 == 0), "empty": .null,
                    "tags": .array((0..<row % 4).map { .string("t\($0)") }),
                    "messages": [
                        ["role": "user", "content": .string("hello \(row)")], ["role": "assistant", "content": .null],
                    ],
                    "meta": ["a": .int(row), "b": ["c": [[1.5], []]]],
                ]
            })
    }

    static let distiset = Distiset([
        "judge": ["train": dataset(12), "test": dataset(3)], "solve_it": ["train": dataset(1)],
    ])

    @Test(.enabled(if: Python.hasDatasets), arguments: [DatasetFormat.parquet, .jsonl])
    func theLibraryLoadsTheFolderByItsCard(format: DatasetFormat) throws {
        let folder = try TemporaryFolder()
        try Self.distiset.save(to: folder.path("out"), format: format)
        let script = """
            import sys, json, datasets
            out = {}
            for name in datasets.get_dataset_config_names(sys.argv[1]):
                whole = datasets.load_dataset(sys.argv[1], name)
                infos = datasets.load_dataset_builder(sys.argv[1], name).info
                for split, d in whole.items():
                    assert infos.splits[split].num_examples == d.num_rows
                    out[name + '/' + split] = {"rows": d.to_list(), "features": str(d.features["messages"]), "info": str(infos.features["messages"])}
            print(json.dumps(out))
            """
        let printed = try JSON.parse(
            Python.run(Python.withDatasets, script, arguments: [folder.path("out")]))
        let found = try #require(printed.objectValue)
        #expect(Set(found.keys) == ["judge/train", "judge/test", "solve_it/train"])
        for (name, splits) in Self.distiset.configurations {
            for (split, dataset) in splits {
                let loaded = try #require(found["\(name)/\(split)"])
                #expect(loaded["rows"]?.arrayValue == (try dataset.loaded().rows.map { .object($0.object) }))
                #expect(loaded["features"] == loaded["info"])
                #expect(loaded["features"]?.stringValue?.contains("'role': Value('string')") == true)
            }
        }
    }

    @Test(.enabled(if: Python.hasDatasets), arguments: [DatasetFormat.parquet, .jsonl])
    func splitsWithoutRowsAndOfOtherTypesLoadToo(format: DatasetFormat) throws {
        let folder = try TemporaryFolder()
        let names = Columns(Self.dataset(1).columnNames)
        try Distiset([
            "a": ["train": Self.dataset(4), "test": Dataset(RowChunk(columns: names))],
            "b": ["train": Dataset([["x": 1, "y": nil]]), "test": Dataset([["x": 0.5, "y": "late"]])],
        ]).save(to: folder.path("out"), format: format)
        let script = """
            import sys, datasets
            a = datasets.load_dataset(sys.argv[1], "a")
            b = datasets.load_dataset(sys.argv[1], "b")
            print(a.num_rows, b["train"].to_list(), b["test"].to_list())
            """
        let printed = try Python.run(Python.withDatasets, script, arguments: [folder.path("out")])
        #expect(
            printed == "{'train': 4} [{'x': 1.0, 'y': None}] [{'x': 0.5, 'y': 'late'}]\n")
    }

    @Test(.enabled(if: Python.hasDatasets)) func theLibraryRefusesAWrongNumberOfRows() throws {
        let folder = try TemporaryFolder()
        try Self.distiset.save(to: folder.path("out"))
        let card = try textOf(folder.path("out/README.md"))
        #expect(card.contains("num_examples: 12"))
        _ = try folder.write(card.replacing("num_examples: 12", with: "num_examples: 13"), to: "out/README.md")
        let error = #expect(throws: PythonRun.Failure.self) {
            try Python.run(
                Python.withDatasets, "import sys, datasets; datasets.load_dataset(sys.argv[1], 'judge')",
                arguments: [folder.path("out")])
        }
        #expect(error?.text.contains("NonMatchingSplitsSizesError") == true)
    }

    @Test(.enabled(if: Python.hasDatasets)) func theHubsLibraryReadsTheCard() throws {
        let folder = try TemporaryFolder()
        try Self.distiset.save(to: folder.path("out"))
        let script = """
            import sys, os, json
            from huggingface_hub import DatasetCard
            card = DatasetCard.load(sys.argv[1] + "/README.md")
            data = card.data.to_dict()
            files = [os.path.getsize(os.path.join(r, f)) for r, _, fs in os.walk(sys.argv[1] + "/judge") for f in fs]
            print(json.dumps({"tags": data["tags"], "size": data["size_categories"], "names": [c["config_name"] for c in data["configs"]],
                "download": [i["download_size"] for i in data["dataset_info"]][0] == sum(files),
                "size_sum": all(i["dataset_size"] == sum(s["num_bytes"] for s in i["splits"]) for i in data["dataset_info"])}))
            """
        let data = try JSON.parse(Python.run(Python.withDatasets, script, arguments: [folder.path("out")]))
        #expect(data["tags"] == ["synthetic", "distilabel", "rlaif", "distilabel-swift"])
        #expect(data["size"] == ["n<1K"])
        #expect(data["names"] == ["judge", "solve_it"])
        #expect(data["download"] == true && data["size_sum"] == true)
    }

    @Test(.enabled(if: Python.hasDatasets)) func sizesAreThoseOfArrow() throws {
        let folder = try TemporaryFolder()
        try Distiset(["default": ["train": Self.dataset(2000)]]).save(to: folder.path("out"))
        let script = """
            import sys, datasets
            d = datasets.load_dataset(sys.argv[1])["train"]
            # One piece, as a dataset made in memory is.
            print(d.data.table.combine_chunks().nbytes, d.info.splits["train"].num_bytes)
            """
        let numbers = try Python.run(Python.withDatasets, script, arguments: [folder.path("out")])
            .split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        let said = try #require(textOf(folder.path("out/README.md")).firstMatch(of: /num_bytes: (\d+)/)?.1)
        #expect(Int(said) == numbers.first)
    }

    @Test(arguments: [
        (0, "n<1K"), (999, "n<1K"), (1000, "1K<n<10K"), (9_999, "1K<n<10K"), (10_000, "10K<n<100K"),
        (1_000_000, "1M<n<10M"), (2_000_000_000_000, "n>1T"),
    ]) func theSizeCategoryGoesByRows(rows: Int, category: String) {
        #expect(DatasetCard.sizeCategory(rows: rows) == category)
    }

    @Test func itSaysHowTheDatasetWasMade() throws {
        var card = DatasetCard(
            title: "maths | <b>",
            configurations: [
                DatasetCard.Configuration(
                    name: "default", schema: DatasetSchema(["a": .int]),
                    splits: [.init(name: "train", rowCount: 2, arrowByteCount: 16, path: "default/train-*")],
                    fileByteCount: 100, sample: ["a": .array((0..<30).map { .int($0) }), "code": "```\nx\n```"])
            ])
        card.graph = "flowchart TD\n    a --> b\n"
        card.pipeline = "pipeline:\n  name: maths\n"
        card.steps = [
            .init(
                name: "judge", rowsIn: 3, rowsOut: 2, calls: 3, inputTokens: 5, outputTokens: 7, cost: "$0.01",
                failures: ["a | b\nc": 1])
        ]
        card.models = [.init(step: "judge", name: "m at https://x")]
        card.citations = Array(Citation.papers.prefix(1))
        let text = try card.text()
        #expect(text.contains("# maths | &lt;b>"))
        #expect(text.contains("```mermaid\nflowchart TD"))
        #expect(text.contains("```yaml\npipeline:"))
        #expect(text.contains("| judge | 1 | a \\| b c |"))
        #expect(text.contains("| judge | m at https://x |"))
        #expect(text.contains("````json") && text.contains("… (20 more)"))
        #expect(text.contains("@misc{mcinnes2018umap,"))
        #expect(text.contains("load_dataset(\"path/to/this/folder\")"))
        card.pipeline = String(repeating: "x: 1\n", count: 10_000)
        #expect(try card.text().utf8.count < 10_000)
    }

    @Test func whatOthersWroteStays() throws {
        let before = """
            ---
            license: mit
            tags:
            - mine
            - synthetic
            dataset_info:
            - config_name: other
              splits: []
            - config_name: judge
              features: []
              description: theirs
            configs:
            - config_name: judge
              default: true
              data_files: old
            ---

            # My title

            My words.
            """
        let card = DatasetCard(
            title: "t",
            configurations: [
                .init(
                    name: "judge", schema: DatasetSchema(["a": .int]),
                    splits: [.init(name: "train", rowCount: 2, arrowByteCount: 16, path: "judge/train-*")],
                    fileByteCount: 9)
            ])
        let merged = try card.text(merging: before)
        let yaml = try YAMLCoding.parse(String(merged.split(separator: "---\n")[0]))
        #expect(yaml["license"] == "mit")
        #expect(yaml["tags"] == ["mine", "synthetic", "distilabel", "rlaif", "distilabel-swift"])
        let infos = try #require(yaml["dataset_info"]?.arrayValue)
        #expect(infos.map { $0["config_name"] } == ["other", "judge"])
        #expect(infos[1]["features"] == [["name": "a", "dtype": "int64"]] && infos[1]["description"] == "theirs")
        #expect(yaml["configs"]?.arrayValue?.first?["default"] == true)
        #expect(yaml["configs"]?.arrayValue?.first?["data_files"] == [["split": "train", "path": "judge/train-*"]])
        #expect(merged.contains("# My title\n\nMy words.\n\n<!-- distilabel"))
        // Written again, nothing is said twice, and what was added below stays too.
        let again = try card.text(merging: merged + "\nBelow.\n")
        #expect(again == merged + "\nBelow.\n")
        #expect(try card.text(merging: card.text()) == card.text())
    }

    @Test(.enabled(if: Python.hasDatasets)) func whatAFileSaysOfItsColumnsSurvives() throws {
        let folder = try TemporaryFolder()
        let script = """
            import sys, datasets
            from datasets import *
            f = Features({"i": Value("int32"), "f": Value("float32"), "c": ClassLabel(names=["no", "yes"]), "l": List(Value("int32")),
                "s": {"x": Value("float32"), "k": ClassLabel(names=["a"])}, "t": Value("string"), "small": Value("int8"), "n": List({"q": Value("float32")})})
            d = Dataset.from_list([{"i": 1, "f": 0.5, "c": 1, "l": [1], "s": {"x": 2.5, "k": 0}, "t": "é", "small": -3, "n": [{"q": 1.5}]}, {}], features=f)
            d.to_parquet(sys.argv[1])
            """
        _ = try Python.run(Python.withDatasets, script, arguments: [folder.path("train-00000-of-00001.parquet")])
        try Distiset.load(from: folder.root).save(to: folder.path("out"))
        let check = """
            import sys, datasets
            a = datasets.Dataset.from_parquet(sys.argv[1]); b = datasets.load_dataset(sys.argv[2])["train"]
            assert a.to_list() == b.to_list(), b.to_list()
            left, right = dict(a.features), dict(b.features)
            assert left.pop("small") == datasets.Value("int8") and right.pop("small") == datasets.Value("int32")
            assert left == right, (left, right)
            print("same")
            """
        #expect(
            try Python.run(
                Python.withDatasets, check,
                arguments: [folder.path("train-00000-of-00001.parquet"), folder.path("out")]) == "same\n")
    }
}
