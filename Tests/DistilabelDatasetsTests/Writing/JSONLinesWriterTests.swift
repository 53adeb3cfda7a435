import DistilabelDatasets
import DistilabelValues
import Foundation
import Testing

struct JSONLinesWriterTests {
    @Test(.enabled(if: Python.hasYAML, "needs python3"))
    func pythonReadsWhatIsWritten() throws {
        let folder = try TemporaryFolder()
        let writer = try JSONLinesWriter(folder: folder.root)
        let rows: [Row] = ParquetWriterTests.chat + ParquetWriterTests.edges
        for row in rows { try writer.write(RowChunk([row])) }
        #expect(try writer.finish().rowCount == rows.count)
        #expect(folder.listing() == ["train.jsonl"])

        let script =
            "import sys, json\nfor line in open(sys.argv[1], encoding='utf-8'): print(json.dumps(json.loads(line)))"
        let output = try Python.run(Python.withYAML, script, arguments: [folder.path("train.jsonl")])
        let lines = try output.split(separator: "\n").map { try JSON.parse(String($0)) }
        var expected = rows.map { Value.object($0.object) }
        expected[expected.count - 1][""] = .null  // JSON has no infinity.
        #expect(lines == expected)
        #expect(lines.map { Array($0.objectValue?.keys ?? []) } == rows.map(\.columns.names), "keys in order")
    }

    @Test(.enabled(if: Python.hasDatasets, "needs DISTILABEL_PYTHON with pyarrow, duckdb and datasets"))
    func datasetsReadsWhatIsWritten() throws {
        let folder = try TemporaryFolder()
        let writer = try JSONLinesWriter(folder: folder.root)
        try writer.write(RowChunk(ParquetWriterTests.chat))
        try writer.finish()
        let script = """
            import sys, json, datasets
            path = sys.argv[1]
            loaded = datasets.load_dataset("json", data_files=path + "/train.jsonl", split="train", cache_dir=path + "/cache")
            for row in loaded: print(json.dumps(row))
            """
        let output = try Python.run(Python.withDatasets, script, arguments: [folder.root])
        let lines = try output.split(separator: "\n").map { ParquetWriterTests.pruned(try JSON.parse(String($0))) }
        #expect(lines == ParquetWriterTests.chat.map { ParquetWriterTests.pruned(.object($0.object)) })
    }

    @Test func whatIsNotFinishedDoesNotLookWhole() throws {
        let folder = try TemporaryFolder()
        let writer = try JSONLinesWriter(folder: folder.root)
        try writer.write(RowChunk([["a": 1]]))
        #expect(folder.listing() == [".train.jsonl.partial"])
        try writer.finish()
        #expect(folder.listing() == ["train.jsonl"])
        #expect(try textOf(folder.path("train.jsonl")) == "{\"a\":1}\n")
        #expect(try #require(throws: DatasetError.self) { try writer.write(RowChunk([["a": 1]])) }.code == .usage)
        #expect(try #require(throws: DatasetError.self) { try JSONLinesWriter(folder: folder.root) }.code == .notEmpty)
    }

    #if os(Linux)
        @Test func aFullDiskIsSaidToBeFull() throws {
            let folder = try TemporaryFolder()
            // Everything written to this device fails as on a full disk.
            try FileManager.default.createSymbolicLink(
                atPath: folder.path(".train.jsonl.partial"), withDestinationPath: "/dev/full")
            let writer = try JSONLinesWriter(folder: folder.root)
            let error = try #require(throws: DatasetError.self) {
                try writer.write(RowChunk([["text": .string(String(repeating: "x", count: 1 << 20))]]))
                try writer.finish()
            }
            #expect(error.code == .diskFull)
            #expect(error.message.contains("train.jsonl") && error.message.contains("free some space"))
            #expect(try #require(throws: DatasetError.self) { try writer.finish() }.code == .usage)
        }

        @Test func aFullDiskIsSaidToBeFullForParquetToo() throws {
            let folder = try TemporaryFolder()
            try FileManager.default.createSymbolicLink(
                atPath: folder.path(".train-00001.partial"), withDestinationPath: "/dev/full")
            let writer = try ParquetWriter(folder: folder.root)
            let error = try #require(throws: DatasetError.self) {
                try writer.write(RowChunk([["a": 1]]))
                try writer.finish()
            }
            #expect(error.code == .diskFull)
            #expect(!folder.listing().contains { $0.hasSuffix(".parquet") })
        }
    #endif
}
