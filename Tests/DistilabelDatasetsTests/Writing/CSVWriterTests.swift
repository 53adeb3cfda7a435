import DistilabelDatasets
import DistilabelTesting
import DistilabelValues
import Testing

struct CSVWriterTests {
    private func written(_ chunks: [RowChunk], columns: [String] = []) throws -> String {
        let folder = try TemporaryFolder()
        let writer = try CSVWriter(folder: folder.root, columns: columns)
        for chunk in chunks { try writer.write(chunk) }
        let summary = try writer.finish()
        #expect(summary.files == ["train.csv"] && folder.listing() == ["train.csv"])
        #expect(summary.rowCount == chunks.reduce(0) { $0 + $1.count })
        return try textOf(folder.path("train.csv"))
    }

    @Test func cellsAreQuotedWhereTheyMustBe() throws {
        let rows = RowChunk([
            ["a": "x, \"y\"", "b": 1, "c": nil], ["a": "two\nlines", "b": 0.5, "c": ["k": ["v"]]],
            ["a": "", "b": true, "c": " é "],
        ])
        #expect(
            try written([rows])
                == "a,b,c\n\"x, \"\"y\"\"\",1,\n\"two\nlines\",0.5,\"{\"\"k\"\":[\"\"v\"\"]}\"\n\"\",true,\" é \"\n")
        #expect(try written([], columns: ["a", "b,c"]) == "a,\"b,c\"\n")
        #expect(try written([RowChunk([["a": nil], ["a": 1]])]) == "a\n\"\"\n1\n")
    }

    @Test func aColumnThatComesLateIsInAllLines() throws {
        let chunks = [RowChunk([["a": "x,\ny"]]), RowChunk([["b": 2, "a": "z"]]), RowChunk([["c": 3]])]
        #expect(try written(chunks) == "a,b,c\n\"x,\ny\",,\nz,2,\n,,3\n")
        // An empty text is another thing than none.
        let empty = [RowChunk([["a": ""], ["a": nil]]), RowChunk([["a": "", "b": "\""], ["b": 1]])]
        #expect(try written(empty) == "a,b\n\"\",\n\"\",\n\"\",\"\"\"\"\n,1\n")
    }

    @Test(.enabled(if: Python.hasDatasets)) func pandasAndPythonReadWhatWeWrite() throws {
        let folder = try TemporaryFolder()
        var random = SeededRandom(seed: 3)
        let pieces = ["a", "\"", ",", "\n", "\r\n", " ", "é", "日本", "'", ";"]
        let rows = (0..<400).map { number -> Row in
            let text = (0..<Int.random(in: 1..<8, using: &random)).map { _ in pieces.randomElement(using: &random) ?? ""
            }.joined()
            return [
                "id": .int(number), "text": .string("x" + text),
                "x": number % 5 == 0 ? .null : .double(Double(number) / 8),
            ]
        }
        let distiset = Distiset(["default": ["train": Dataset(rows)]])
        try distiset.save(to: folder.path("out"), format: .csv)
        let script = """
            import sys, json, csv, datasets
            rows = datasets.load_dataset(sys.argv[1])["train"].to_list()
            with open(sys.argv[1] + "/default/train.csv", newline="") as f: texts = [r["text"] for r in csv.DictReader(f)]
            assert texts == [r["text"] for r in rows]
            print(json.dumps(rows))
            """
        let theirs = try JSON.parse(Python.run(Python.withDatasets, script, arguments: [folder.path("out")]))
        // pandas reads a carriage return with a line feed in quotes as it stands.
        #expect(theirs == .array(rows.map { .object($0.object) }))
        #expect(try Distiset.load(from: folder.path("out"))["default"]?["train"]?.loaded().rows == rows)
    }
}
