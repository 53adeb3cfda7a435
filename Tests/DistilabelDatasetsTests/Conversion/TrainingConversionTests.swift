import DistilabelValues
import Testing

@testable import DistilabelDatasets

struct TrainingConversionTests {
    private static let rows: [Row] = (0..<60).map { index in
        let ask = turn("user", "Question \(index) — 数")
        let isPair = index % 7 != 3
        return [
            "prompt": isPair ? .string("Question \(index) — 数") : nil, "source": .string("s\(index % 2)"),
            "chosen": isPair ? [ask, turn("assistant", "good \(index)")] : nil,
            "rejected": isPair ? [ask, turn("assistant", "bad \(index)")] : nil,
        ]
    }

    private func convert(
        _ rows: [Row], _ conversion: TrainingConversion, to path: String, format: DatasetFormat = .parquet
    ) throws -> [TrainingConversion.Report] {
        let distiset = Distiset(["default": ["train": Dataset(rows)]])
        return try conversion.convert(distiset, to: try OutputDirectory(path), format: format)
    }

    @Test func rowsAreCountedWithTheReasonsOfThoseLeftOut() throws {
        let folder = try TemporaryFolder()
        let report = try #require(
            try convert(Self.rows, try TrainingConversion(to: .kto), to: folder.path("out")).first)
        #expect(report.readCount == 60 && report.writtenCount == 102 && report.skippedCount == 9)
        #expect(report.skipped == [NamedCount(name: "chosen or rejected is null", count: 9)])
        #expect(report.files == ["train-00000-of-00001.parquet"])
    }

    @Test func nothingIsThereWhereNoRowHasThePair() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: DatasetError.self) {
            try convert(
                [["prompt": "x", "chosen": "a", "rejected": "a"]], try TrainingConversion(to: .trl),
                to: folder.path("out"))
        }
        #expect(error?.code == .malformed)
        #expect(error?.message.contains("chosen and rejected are equal (1 row)") == true)
        #expect(folder.listing().isEmpty)
    }

    @Test func aKeptColumnMustBeThere() throws {
        let folder = try TemporaryFolder()
        let conversion = try TrainingConversion(to: .trl, keptColumns: ["sauce"])
        let error = #expect(throws: DatasetError.self) { try convert(Self.rows, conversion, to: folder.path("out")) }
        #expect(error?.message.contains("'sauce'") == true && error?.code == .usage)
        #expect(folder.listing().isEmpty)
    }

    /// `datasets` reads what was written, with the types that TRL looks at, equal to what Python makes of the rows itself.
    @Test(.enabled(if: Python.hasDatasets))
    func datasetsReadsWhatPythonMakesOfTheRows() throws {
        let folder = try TemporaryFolder()
        for form in TrainingForm.allCases {
            for format in DatasetFormat.allCases {
                let conversion = try TrainingConversion(to: form, keptColumns: ["source"])
                let name = "\(form.rawValue)-\(format.rawValue)"
                _ = try convert(Self.rows, conversion, to: folder.path(name), format: format)
            }
        }
        // One process, since it takes long to start.
        let script = #"""
            import glob, json, sys
            import datasets
            rows = [r for r in json.load(sys.stdin) if r["chosen"]]
            user = lambda r: [{"role": "user", "content": r["prompt"]}]
            turn = lambda text: [{"role": "assistant", "content": text}]
            good, bad = lambda r: r["chosen"][1]["content"], lambda r: r["rejected"][1]["content"]
            forms = {
                "trl": lambda r: [{"prompt": user(r), "chosen": turn(good(r)), "rejected": turn(bad(r))}],
                "messages": lambda r: [{"messages": user(r) + turn(good(r))}],
                "kto": lambda r: [{"prompt": user(r), "completion": turn(good(r)), "label": True},
                                  {"prompt": user(r), "completion": turn(bad(r)), "label": False}],
                "alpaca": lambda r: [{"instruction": r["prompt"], "input": "", "output": good(r)}],
                "sharegpt": lambda r: [{"conversations": [{"from": "human", "value": r["prompt"]}, {"from": "gpt", "value": good(r)}]}],
            }
            for form, expected in forms.items():
                for kind, builder in [("parquet", "parquet"), ("jsonl", "json")]:
                    files = glob.glob(f"{sys.argv[1]}/{form}-{kind}/default/train*")
                    read = datasets.load_dataset(builder, data_files=files, split="train")
                    wanted = [dict(made, source=r["source"]) for r in rows for made in expected(r)]
                    assert read.to_list() == wanted, (form, kind, read[0], wanted[0])
                    assert read.column_names == list(wanted[0]), (form, kind, read.column_names)
                    if form == "kto": assert read.features["label"].dtype == "bool", read.features
                    print(form, kind, len(read))
            """#
        let input = JSON.string(.array(Self.rows.map { .object($0.object) }))
        let output = try Python.run(Python.withDatasets, script, input: input, arguments: [folder.root])
        let counts = ["trl": 51, "messages": 51, "kto": 102, "alpaca": 51, "sharegpt": 51]
        for (form, count) in counts {
            for kind in ["parquet", "jsonl"] { #expect(output.contains("\(form) \(kind) \(count)\n"), "\(output)") }
        }
    }

    /// What is written in a form is valid in that form.
    @Test(arguments: TrainingForm.allCases, [true, false])
    func whatIsWrittenIsValid(form: TrainingForm, isPlain: Bool) throws {
        guard form.canBePlain || !isPlain else { return }
        let folder = try TemporaryFolder()
        _ = try convert(Self.rows, try TrainingConversion(to: form, isPlain: isPlain), to: folder.path("out"))
        let dataset = try #require(try Distiset.load(from: folder.path("out"))["default"]?["train"])
        let report = try DatasetValidator().report(on: dataset)
        #expect(report.form == form && report.findings.isEmpty, "\(report.findings)")
    }

    @Test func everyConfigurationAndSplitIsConverted() throws {
        let folder = try TemporaryFolder()
        let splits: Distiset.Splits = ["train": Dataset(Self.rows), "test": Dataset(Array(Self.rows.prefix(3)))]
        let distiset = Distiset(["a": splits, "b": ["train": Dataset(Self.rows)]])
        let reports = try TrainingConversion(to: .messages).convert(
            distiset, to: try OutputDirectory(folder.path("out")), format: .jsonl)
        #expect(
            reports.map { "\($0.configuration) \($0.split) \($0.writtenCount)" } == [
                "a train 51", "a test 3", "b train 51",
            ])
        #expect(try Distiset.load(from: folder.path("out")).rowCount == 105)
    }
}
