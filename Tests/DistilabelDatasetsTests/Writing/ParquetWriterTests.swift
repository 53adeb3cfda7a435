import DistilabelDatasets
import DistilabelValues
import Testing

struct ParquetWriterTests {
    /// Rows of which the first thousands look different from the last.
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var rows: [Row]
        /// What pyarrow should say of the columns.
        var types: [String: String]
        /// What pyarrow should read, where it is not just the rows with nulls for what they lack.
        var expected: [Value]?
        var testDescription: String { name }
    }

    static func make(_ count: Int, _ row: (Int) -> Value.Object) -> [Row] { (0..<count).map { Row(row($0)) } }
    static func objects(_ count: Int, _ row: (Int) -> Value.Object) -> [Value] { (0..<count).map { .object(row($0)) } }

    static let chat = make(50) { row in
        let question: Value = ["role": "user", "content": .string("q\(row)")]
        let answer: Value = ["role": "assistant", "content": row % 3 == 0 ? .null : "a"]
        return [
            "prompt": .string("What is \(row) × 2? 日本"), "messages": row % 5 == 0 ? .null : .array([question, answer]),
            "ratings": row % 4 == 0 ? .array([]) : .array([.int(row), 5, .null]), "score": .double(Double(row) / 3),
            "count": .int(row), "isGood": .bool(row % 2 == 0), "nothing": .null, "nested": [[["x"]], [], nil],
        ]
    }

    static func metadata(_ row: Int) -> Value {
        .object(["raw_output_\(row % 3)": .string("r\(row)"), "statistics_\(row % 2)": ["tokens": .int(row)]])
    }

    static func mixed(_ row: Int) -> Value {
        switch row {
        case ..<20: .int(row)
        case ..<40: ["a": [1, nil]]
        case ..<50: "text"
        default: .null
        }
    }

    static func mixedAsText(_ row: Int) -> Value {
        switch row {
        case ..<20: .string("\(row)")
        case ..<40: "{\"a\":[1,null]}"
        case ..<50: "text"
        default: .null
        }
    }

    static let edges: [Row] = [
        [
            "a b.c": .int(.max), "ü": .int(.min), "": .double(-0.0), "_type": "x",
            "dtype": ["_type": "y", "dtype": "z"],
        ],
        ["a b.c": 0, "ü": nil, "": .double(.infinity), "_type": "", "dtype": nil],
    ]

    static let cases: [Case] = [
        Case(
            name: "chat messages", rows: chat,
            types: [
                "prompt": "string", "messages": "list<element: struct<role: string, content: string>>",
                "ratings": "list<element: int64>", "score": "double", "count": "int64", "isGood": "bool",
                "nothing": "null",
                "nested": "list<element: list<element: list<element: string>>>",
            ]),
        Case(
            name: "metadata with differing keys", rows: make(40) { ["distilabel_metadata": metadata($0)] },
            types: [
                "distilabel_metadata":
                    "struct<raw_output_0: string, statistics_0: struct<tokens: int64>, raw_output_1: string, "
                    + "statistics_1: struct<tokens: int64>, raw_output_2: string>"
            ]),
        Case(
            name: "a column of nulls, then texts",
            rows: make(60) { ["id": .int($0), "answer": $0 < 45 ? .null : .string("x")] },
            types: ["id": "int64", "answer": "string"]),
        Case(
            name: "integers, then doubles", rows: make(60) { ["n": $0 < 45 ? .int($0) : .double(0.5)] },
            types: ["n": "double"], expected: objects(60) { ["n": .double($0 < 45 ? Double($0) : 0.5)] }),
        Case(
            name: "kinds that do not go together", rows: make(60) { ["m": mixed($0)] }, types: ["m": "string"],
            expected: objects(60) { ["m": mixedAsText($0)] }),
        Case(
            name: "columns that come late",
            rows: make(60) { $0 < 30 ? ["a": .int($0)] : ["b": .array([.string("\($0)")]), "a": .null] },
            types: ["a": "int64", "b": "list<element: string>"]),
        Case(
            name: "more changes than files are begun for",
            rows: make(200) { ["id": .int($0), "m": .object(["k\($0)": .int($0)])] }, types: ["id": "int64"]),
        Case(
            name: "objects without fields", rows: make(3) { _ in ["o": [:], "l": [[:]], "s": ["in": [:]]] },
            types: ["o": "string", "l": "list<element: string>", "s": "struct<in: string>"],
            expected: objects(3) { _ in ["o": "{}", "l": ["{}"], "s": ["in": "{}"]] }),
        Case(
            name: "only nulls", rows: make(30) { _ in ["x": .null, "l": []] },
            types: ["x": "null", "l": "list<element: null>"]),
        Case(
            name: "names and numbers at the edges", rows: edges,
            types: ["a b.c": "int64", "ü": "int64", "": "double", "_type": "string"]),
    ]

    static let script = """
        import sys, json, glob, pyarrow.parquet as pq, duckdb, datasets
        def read(folder):
            paths = sorted(glob.glob(folder + "/*.parquet"))
            tables = [pq.read_table(path) for path in paths]
            assert all(t.schema.equals(tables[0].schema) for t in tables), [t.schema for t in tables]
            rows = [row for t in tables for row in t.to_pylist()]
            loaded = datasets.load_dataset("parquet", data_files=paths, split="train", cache_dir=folder + "/cache")
            assert list(loaded) == rows, "datasets"
            duck = duckdb.sql("select count(*) from read_parquet(" + repr(paths) + ")").fetchall()[0][0]
            assert duck == len(rows), "duckdb"
            info = json.loads(pq.read_metadata(paths[0]).metadata[b"huggingface"])
            stated = datasets.Features.from_dict(info["info"]["features"])
            assert stated == loaded.features, (stated, loaded.features)
            inferred = datasets.Features.from_arrow_schema(tables[0].schema.remove_metadata())
            assert stated == inferred, (stated, inferred)
            types = {n: str(t) for n, t in zip(tables[0].schema.names, tables[0].schema.types)}
            print(json.dumps([rows, types]))
        for folder in sys.argv[1:]:
            try:
                read(folder)
            except Exception as error:
                print(json.dumps(repr(error)))
        """

    @Test(.enabled(if: Python.hasDatasets, "needs DISTILABEL_PYTHON with pyarrow, duckdb and datasets"))
    func othersReadWhatIsWritten() throws {
        // One Python for all cases: it takes seconds to start.
        let folders = try Self.cases.map { _ in try TemporaryFolder() }
        for (input, folder) in zip(Self.cases, folders) {
            let summary = try Self.write(input.rows, to: folder.root, size: 7)
            #expect(folder.listing() == ["train-00000-of-00001.parquet"], "\(input)")
            #expect(summary.files == folder.listing() && summary.rowCount == input.rows.count, "\(input)")
        }
        let output = try Python.run(Python.withDatasets, Self.script, arguments: folders.map(\.root))
        let answers = try output.split(separator: "\n").map { try YAMLReadingTests.parse(String($0)) }
        try #require(answers.count == Self.cases.count)
        for (position, (input, answer)) in zip(Self.cases, answers).enumerated() {
            let answer = try #require(answer.arrayValue, "\(input.name): \(answer)")
            let lines = try #require(answer[0].arrayValue)
            let names = Columns(input.rows.flatMap(\.columns.names)).names
            let expected =
                input.expected
                ?? input.rows.map { row in
                    .object(.init(uniqueKeysWithValues: names.map { ($0, row[$0] ?? .null) }))
                }
            #expect(lines.count == expected.count, "\(input.name)")
            for (line, row) in zip(lines, expected) { #expect(Self.pruned(line) == Self.pruned(row), "\(input.name)") }
            for (name, type) in input.types { #expect(answer[1][name]?.stringValue == type, "\(input.name): \(name)") }
            // What we read ourselves is what pyarrow reads.
            let own = try Distiset.load(from: folders[position].root)["default"]?["train"]?.loaded()
            #expect(own?.rows.map { .object($0.object) } == lines, "\(input.name)")
        }
    }

    @discardableResult
    static func write(_ rows: [Row], to folder: String, size: Int, shardRows: Int = .max) throws -> DatasetSummary {
        var options = ParquetWriter.Options()
        options.headRows = 10
        options.shardRows = shardRows
        let writer = try ParquetWriter(folder: folder, options: options)
        for start in stride(from: 0, to: rows.count, by: size) {
            try writer.write(RowChunk(rows[start..<min(start + size, rows.count)]))
        }
        return try writer.finish()
    }

    /// A value without the fields of objects that are null: a struct has all fields in every row.
    static func pruned(_ value: Value) -> Value {
        switch value {
        case .array(let values): .array(values.map(pruned))
        case .object(let object): .object(object.filter { !$0.value.isNull }.mapValues(pruned))
        default: value
        }
    }

    @Test(arguments: [1, 3, 60])
    func theFilesDoNotDependOnTheChunks(size: Int) throws {
        func files(_ size: Int) throws -> [String] {
            let folder = try TemporaryFolder()
            let summary = try Self.write(Self.cases[4].rows, to: folder.root, size: size, shardRows: 25)
            return try summary.files.map { "\($0): \(try bytes(folder.path($0)))" }
        }
        #expect(try files(size) == files(7))
    }

    @Test func shardsEndByRowsAndAreNumberedFromZero() throws {
        let folder = try TemporaryFolder()
        var options = ParquetWriter.Options()
        options.shardRows = 400
        options.headRows = 100
        let writer = try ParquetWriter(folder: folder.root, options: options)
        for row in 0..<1000 { try writer.write(RowChunk([["id": .int(row), "late": row < 990 ? nil : "x"]])) }
        let summary = try writer.finish()
        #expect(summary.files == (0..<3).map { "train-0000\($0)-of-00003.parquet" })
        #expect(summary.schema.description == "id: int, late: string")
        let loaded = try #require(try Distiset.load(from: folder.root)["default"]?["train"])
        #expect(loaded.schema == summary.schema)
        #expect(try loaded.loaded()[column: "id"] == (0..<1000).map { .int($0) })
        #expect(try loaded.loaded()[column: "late"]?.last == "x")
    }

    @Test func shardsEndByBytes() throws {
        let folder = try TemporaryFolder()
        var options = ParquetWriter.Options()
        options.shardBytes = 100_000
        let writer = try ParquetWriter(folder: folder.root, options: options)
        for row in 0..<300 { try writer.write(RowChunk([["text": .string(String(repeating: "\(row) ", count: 300))]])) }
        let summary = try writer.finish()
        #expect(summary.files.count >= 3)
        #expect(try Distiset.load(from: folder.root).rowCount == 300)
    }

    @Test(.enabled(if: Python.hasDatasets, "needs DISTILABEL_PYTHON with pyarrow, duckdb and datasets"))
    func noRowsStillMakeAFileOfTheColumns() throws {
        let folder = try TemporaryFolder()
        let writer = try ParquetWriter(folder: folder.root, columns: ["instruction"])
        try writer.write(RowChunk(columns: ["generation"]))
        #expect(try writer.finish().rowCount == 0)
        let script = """
            import sys, pyarrow.parquet as pq, duckdb
            path = sys.argv[1] + "/train-00000-of-00001.parquet"
            table = pq.read_table(path)
            print(table.column_names, table.num_rows, duckdb.sql("select * from " + repr(path)).fetchall())
            """
        let output = try Python.run(Python.withDatasets, script, arguments: [folder.root])
        #expect(output == "['instruction', 'generation'] 0 []\n")

        let empty = try TemporaryFolder()
        #expect(try ParquetWriter(folder: empty.root).finish().files.isEmpty)
        #expect(empty.listing().isEmpty)
    }

    @Test func whatIsNotFinishedDoesNotLookWhole() throws {
        let folder = try TemporaryFolder()
        var options = ParquetWriter.Options()
        options.headRows = 10
        var writer: ParquetWriter? = try ParquetWriter(folder: folder.root, options: options)
        for chat in Self.chat { try writer?.write(RowChunk([chat])) }
        writer = nil
        #expect(folder.listing().allSatisfy { $0.hasPrefix(".") })
        #expect(throws: DatasetError.self) { try Distiset.load(from: folder.root) }
    }

    @Test func filesThatAreThereAreNotOverwritten() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("", to: "train-00000-of-00001.parquet")
        #expect(try #require(throws: DatasetError.self) { try ParquetWriter(folder: folder.root) }.code == .notEmpty)
        let finished = try ParquetWriter(folder: folder.root, split: "test", columns: ["a"])
        try finished.finish()
        #expect(try #require(throws: DatasetError.self) { try finished.write(RowChunk()) }.code == .usage)
    }

    private func bytes(_ path: String) throws -> [UInt8] { try Array(contentsOf(path)) }
}
