import DistilabelDatasets
import DistilabelValues
import Foundation
import Testing

struct DatasetFileTests {
    private func rows(_ text: String, named name: String) throws -> [Row] {
        let folder = try TemporaryFolder()
        var reader = try DatasetFile(path: try folder.write(text, to: name)).open()
        var rows: [Row] = []
        while let chunk = try reader.next() { rows += chunk.rows }
        return rows
    }

    @Test(arguments: [
        ("a.jsonl", "{\"a\": 1}\n\n{\"a\": 2}\r\n{\"a\": 3}"), ("a.ndjson", "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n"),
        ("a.json", "[{\"a\": 1}, {\"a\": 2},\n {\"a\": 3}]"), ("a.json", "{\"a\": 1}\n{\"a\": 2}\n{\"a\": 3}\n"),
        ("a.json", "{\"version\": 1,\n \"data\": [{\"a\": 1}, {\"a\": 2}, {\"a\": 3}]}"),
        ("a", "{\"a\": 1}\n{\"a\": 2}\n{\"a\": 3}\n"),
        ("a.data", " [{\"a\": 1}, {\"a\": 2}, {\"a\": 3}]"),
        ("a.JSONL", "\u{FEFF}{\"a\": 1}\n{\"a\": 2}\n{\"a\": 3}\n"),
    ])
    func filesAreKnownByNameAndContent(name: String, text: String) throws {
        #expect(try rows(text, named: name) == [["a": 1], ["a": 2], ["a": 3]])
    }

    @Test(arguments: [
        ("a.jsonl", "{\"a\": 1}\n\n{\"a\": }\n", "a.jsonl:3:7: "),
        ("a.jsonl", "{\"a\": 1}\n\n[1]\n{}\n", "a.jsonl:3: "),
        ("a.json", "[\n{\"a\": 1},\n3]", "element 2"), ("a.json", "[\n{\"a\": 1},\n]", "a.json:3:1: "),
        ("a.json", "7", "a int"),
        ("a.parquet", "{}", "no Parquet"), ("a.xyz", "a,b\n1,2\n", "no kind that is read"),
        ("a.jsonl.gz", "\u{1f}", "a.jsonl.gz:1:1: "),
        ("a.json", "", "empty"),
        ("a.parquet", "PAR1 and nothing more PAR1", "a.parquet"),
    ])
    func faultsNameTheFileAndTheLine(name: String, text: String, part: String) throws {
        let error = try #require(throws: DatasetError.self) { try rows(text, named: name) }
        #expect(error.message.contains(part), "\(error)")
    }

    @Test func aMissingFileIsSaidToBeMissing() throws {
        #expect(try #require(throws: DatasetError.self) { try DatasetFile(path: "/no/such.jsonl") }.code == .notFound)
        #expect(try #require(throws: DatasetError.self) { try DatasetFile(path: "/tmp") }.code == .unsupported)
    }

    @Test func longLinesAndManyLinesAreReadPieceByPiece() throws {
        let long = String(repeating: "é\\n", count: 300_000)
        let text =
            (0..<2000).map { "{\"id\": \($0), \"b\": \"x\"}\n" }.joined()
            + "{\"id\": 2000, \"b\": \"\(long)\"}\n{\"id\": 2001}"
        let folder = try TemporaryFolder()
        let dataset = try Dataset(files: [try DatasetFile(path: try folder.write(text, to: "a.jsonl"))])
        #expect(dataset.count == 2002)
        let rows = try dataset.loaded()
        #expect(rows[column: "id"] == (0...2001).map { .int($0) })
        #expect(rows[2000]["b"]?.stringValue?.count == 600_000)
        #expect(rows[2001]["b"] == .null)
    }

    @Test(.enabled(if: Python.hasDatasets, "needs DISTILABEL_PYTHON with pyarrow, duckdb and datasets"))
    func filesOfOthersAreRead() throws {
        let folder = try TemporaryFolder()
        let script = """
            import sys, pyarrow as pa, pyarrow.parquet as pq, datasets, duckdb
            rows = [{"id": i, "messages": [{"role": "user", "content": "q%d" % i}] if i % 3 else None, "f": i / 7} for i in range(3000)]
            datasets.Dataset.from_list(rows).to_parquet(sys.argv[1] + "/hf.parquet")
            pq.write_table(pa.Table.from_pylist(rows), sys.argv[1] + "/arrow.parquet", compression="zstd", row_group_size=700)
            duckdb.sql("copy (select * from " + repr(sys.argv[1] + "/arrow.parquet") + ") to " + repr(sys.argv[1] + "/duck.parquet"))
            """
        _ = try Python.run(Python.withDatasets, script, arguments: [folder.root])
        for name in ["hf", "arrow", "duck"] {
            let rows = try Dataset(files: [try DatasetFile(path: folder.path("\(name).parquet"))]).loaded()
            #expect(rows.count == 3000)
            for row in 0..<3000 {
                let messages: Value = row % 3 == 0 ? .null : [["role": "user", "content": .string("q\(row)")]]
                let expected: Row = ["id": .int(row), "messages": messages, "f": .double(Double(row) / 7)]
                #expect(rows[row] == expected)
            }
        }
    }
}
