import DistilabelDatasets
import DistilabelTesting
import DistilabelValues
import Testing

struct TextFormatTests {
    private func rows(_ text: String, named name: String) throws -> [Row] {
        let folder = try TemporaryFolder()
        var reader = try DatasetFile(path: try folder.write(text, to: name)).open()
        var rows: [Row] = []
        while let chunk = try reader.next() { rows += chunk.rows }
        return rows
    }

    // MARK: - CSV

    /// Files on which the `datasets` library and we must agree, value by value.
    static let files: [String] = [
        "instruction,n,x\n\"with, comma\",1,0.5\n\"with \"\"quotes\"\"\",2,1.5\n\"two\nlines\",3,\nplain é,4,-2\n",
        "\u{FEFF}a,b\r\n1,x\r\n2,\"y\r\nz\"\r\n", "a,b\r1,x\r2,y\r", "a\n1\n\n2\n", "a,b\n1,\n,2\n",
        "a,a,,a\n1,2,3,4\n",
        "a,b\nTrue,false\nFALSE,TRUE\n", "a\nTrue\n\nfalse\n", "a,b\nTrue,1\n,0\n", "a,b\n1,NA\n2,null\n3,None\n",
        "a,b,c\n1e5,.5,1.\n-inf,Infinity,+2\n", "a,b\n 1, 2\n3 ,x \n", "a\n007\n12\n",
        "a\n9223372036854775807\n-9223372036854775808\n", "a,b\n0x10,1_000\n", "a,b\nnan,1\n2.5,3\n",
        "a,b\n\"\",1\n\"x\",2\n",
        "a,b\nab\"c,1\n\"ab\"c,2\n", "a,b\n1,2\n3,4", "a,b\n2024-01-01,12:30\n", "q,r\n'x',\"{\"\"k\"\": 1}\"\n",
        "a,b\n1,x\n2.5,y\n",
        "a\ntrue\n1\n", "a,b\n\"1\",\"2.5\"\n\"3\",\"4\"\n",
    ]

    @Test(.enabled(if: Python.hasDatasets)) func csvIsReadAsTheLibraryReadsIt() throws {
        let folder = try TemporaryFolder()
        for (number, text) in Self.files.enumerated() { _ = try folder.write(text, to: "\(100 + number).csv") }
        let script = """
            import sys, json, glob, math, datasets
            def plain(v): return None if isinstance(v, float) and math.isnan(v) else ("inf" if v > 0 else "-inf") if isinstance(v, float) and math.isinf(v) else v
            out = []
            for f in sorted(glob.glob(sys.argv[1] + "/*.csv")):
                rows = datasets.load_dataset("csv", data_files=f, split="train").to_list()
                # Whole numbers with gaps are doubles there, since NumPy's integers have none; here they stay whole.
                gappy = {k for k in rows[0] if any(r[k] is None for r in rows) and all(r[k] is None or isinstance(r[k], float) and r[k].is_integer() for r in rows)}
                out.append([[[k, int(v) if k in gappy and v is not None else plain(v)] for k, v in r.items()] for r in rows])
            print(json.dumps(out))
            """
        let expected = try #require(
            try JSON.parse(Python.run(Python.withDatasets, script, arguments: [folder.root])).arrayValue)
        for (text, theirs) in zip(Self.files, expected) {
            let ours = try rows(text, named: "a.csv").map { row in
                Value.array(
                    row.object.map { name, value in
                        let isInfinite = value.doubleValue?.isInfinite ?? false
                        return [.string(name), isInfinite ? (value == .double(.infinity) ? "inf" : "-inf") : value]
                    })
            }
            #expect(Value.array(ours) == theirs, "\(text.debugDescription)")
        }
    }

    @Test(arguments: [
        ("a,b\n1,2\n3\n", ":3: this line has 1 fields"), ("a,b\n\"x\ny\",2\n3,4,5\n", ":4: this line has 3 fields"),
        ("a,b\n1,\"open\n2,3\n", ":2: the quote that opens here"), ("a\n\n\n\"x", ":4: the quote"),
    ])
    func faultsOfCSVNameTheLine(text: String, part: String) throws {
        let error = #expect(throws: DatasetError.self) { try rows(text, named: "a.csv") }
        #expect(error?.message.contains("a.csv\(part)") == true, "\(error.debugDescription)")
    }

    @Test func digitsAreNotLost() throws {
        // The library refuses such a file.
        #expect(
            try rows("a\n99999999999999999999\n1\n", named: "a.csv") == [["a": "99999999999999999999"], ["a": "1"]])
    }

    @Test func aLateCellThatDoesNotFitStaysText() throws {
        let text = "a,b\n" + (0..<12_000).map { "\($0),\($0)\n" }.joined() + "x,1.5\n"
        let rows = try rows(text, named: "a.csv")
        #expect(rows.count == 12_001)
        #expect(rows[11_999] == ["a": 11_999, "b": 11_999])
        #expect(rows[12_000] == ["a": "x", "b": 1.5])
    }

    @Test func tabsAndNamesAloneAreRead() throws {
        #expect(try rows("a\tb\n1,5\tx\n", named: "a.tsv") == [["a": "1,5", "b": "x"]])
        let folder = try TemporaryFolder()
        let dataset = try Dataset(files: [try DatasetFile(path: try folder.write("a,b\n", to: "a.csv"))])
        #expect(dataset.count == 0 && dataset.columnNames == ["a", "b"])
    }

    // MARK: - Text

    @Test(.enabled(if: Python.hasDatasets)) func linesAreThoseOfTheLibrary() throws {
        let folder = try TemporaryFolder()
        let text = "one\r\ntwo\rthree\n\n  four \u{2028} é\nlast"
        _ = try folder.write(text, to: "a.txt")
        let script =
            "import sys, json, datasets; print(json.dumps(datasets.load_dataset('text', data_files=sys.argv[1], split='train')['text'][:]))"
        let expected = try JSON.parse(Python.run(Python.withDatasets, script, arguments: [folder.path("a.txt")]))
        #expect(.array(try rows(text, named: "a.txt").compactMap { $0["text"] }) == expected)
    }

    // MARK: - JSON

    static let documents: [String] = [
        "[{\"a\": 1, \"b\": \"]},\\\"[\"}, {\"a\": 2, \"b\": \"é\"}]", "[\n  {\"a\": [1, 2]},\n  {\"a\": []}\n]\n",
        "[\"x\", \"y\"]",
        "{\n \"a\": [1, 2],\n \"b\": [\"x\", \"y\"]\n}", "{\"a\": [1, 2], \"b\": [\"x\"]}", "{\"a\": 1}\n{\"a\": 2}\n",
    ]

    @Test(.enabled(if: Python.hasDatasets)) func jsonIsReadAsTheLibraryReadsIt() throws {
        let folder = try TemporaryFolder()
        for (number, text) in Self.documents.enumerated() { _ = try folder.write(text, to: "\(100 + number).json") }
        let script = """
            import sys, glob, json as j, datasets
            print(j.dumps([datasets.load_dataset("json", data_files=f, split="train").to_list() for f in sorted(glob.glob(sys.argv[1] + "/*.json"))]))
            """
        let expected = try #require(
            try JSON.parse(Python.run(Python.withDatasets, script, arguments: [folder.root])).arrayValue)
        for (text, theirs) in zip(Self.documents, expected) {
            #expect(Value.array(try rows(text, named: "a.json").map { .object($0.object) }) == theirs, "\(text)")
        }
    }

    @Test(arguments: [
        ("[{\"a\": 1},\n {\"a\": }]", ":2:8: "), ("[{\"a\": 1}", ":1: the list is never closed"),
        ("[{\"a\": 1}] x", "behind the end"), ("[{\"a\": 1}, 7]", "element 2"), ("[{\"a\": 1},, {}]", ":1:"),
    ])
    func faultsOfJSONNameTheLine(text: String, part: String) throws {
        let error = #expect(throws: DatasetError.self) { try rows(text, named: "a.json") }
        #expect(error?.message.contains(part) == true, "\(error.debugDescription)")
    }

    @Test func longListsAreReadPieceByPiece() throws {
        let text = "[" + (0..<30_000).map { "{\"id\": \($0), \"t\": \"a[b]\\\\\\\"{\"}" }.joined(separator: ",\n") + "]"
        let rows = try rows(text, named: "a.json")
        #expect(rows.count == 30_000 && rows[29_999] == ["id": 29_999, "t": "a[b]\\\"{"])
    }

    @Test(arguments: ["csv", "json", "txt", "tsv", "jsonl"])
    func anyBytesGiveRowsOrAnError(ending: String) throws {
        var random = SeededRandom(seed: 77)
        let alphabet = Array("\",\n\r\t[]{}:\\ aé1.e-".unicodeScalars)
        for _ in 0..<300 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0..<60, using: &random) {
                text.append(alphabet[Int.random(in: 0..<alphabet.count, using: &random)])
            }
            do { _ = try rows(String(text), named: "a." + ending) } catch is DatasetError {}
        }
    }
}
