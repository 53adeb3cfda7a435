import DistilabelDatasets
import DistilabelTesting
import DistilabelValues
import Foundation
import Testing

@Suite(.enabled(if: Python.hasDatasets, "needs DISTILABEL_PYTHON with pyarrow, duckdb and datasets"))
struct CompressedFileTests {
    private static let script = """
        import sys, gzip, json, pyarrow as pa
        root = sys.argv[1]
        lines = [json.dumps({"id": i, "text": "é" * (i % 50)}) for i in range(20000)]
        data = ("\\n".join(lines) + "\\n").encode()
        half = data.index(b"\\n", len(data) // 2) + 1
        open(root + "/a.jsonl.gz", "wb").write(gzip.compress(data))
        open(root + "/members.jsonl.gz", "wb").write(gzip.compress(data[:half]) + gzip.compress(data[half:]))
        open(root + "/a.jsonl.zst", "wb").write(pa.Codec("zstd").compress(data, asbytes=True))
        with pa.CompressedOutputStream(root + "/stream.jsonl.zst", "zstd") as f: f.write(data)
        frame = pa.Codec("zstd").compress
        open(root + "/frames.jsonl.zst", "wb").write(frame(data[:half], asbytes=True) + frame(data[half:], asbytes=True))
        open(root + "/a.json.gz", "wb").write(gzip.compress(("[" + ",\\n".join(lines) + "]").encode()))
        open(root + "/a.csv.gz", "wb").write(gzip.compress(("id,text\\n" + "".join("%d,%s\\n" % (i, "é" * (i % 50)) for i in range(20000))).encode()))
        """

    private func rows(_ path: String) throws -> [Row] {
        var reader = try DatasetFile(path: path).open()
        var rows: [Row] = []
        while let chunk = try reader.next() { rows += chunk.rows }
        return rows
    }

    @Test func compressedTextIsRead() throws {
        let folder = try TemporaryFolder()
        _ = try Python.run(Python.withDatasets, Self.script, arguments: [folder.root])
        for name in folder.listing() where name.contains("a.") || name.contains("jsonl") {
            let rows = try rows(folder.path(name))
            #expect(rows.count == 20_000, "\(name)")
            let empty: Value = name.contains("csv") ? .null : ""
            for (number, row) in rows.enumerated() {
                let text: Value = number % 50 == 0 ? empty : .string(String(repeating: "é", count: number % 50))
                if row != ["id": .int(number), "text": text] {
                    Issue.record("\(name): \(row)")
                    break
                }
            }
            #expect(try DatasetFile(path: folder.path(name)).rowCount() == 20_000)
        }
    }

    @Test(arguments: ["a.jsonl.gz", "a.jsonl.zst", "a.csv.gz"])
    func damageGivesAnError(name: String) throws {
        let folder = try TemporaryFolder()
        _ = try Python.run(Python.withDatasets, Self.script, arguments: [folder.root])
        let whole = Array(try contentsOf(folder.path(name)))
        var random = SeededRandom(seed: 5)
        for round in 0..<20 {
            var bytes = whole
            if round % 2 == 0 {
                bytes.removeLast(Int.random(in: 1..<bytes.count - 20, using: &random))
            } else {
                for _ in 0..<30 {
                    bytes[Int.random(in: 20..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
                }
            }
            try Data(bytes).write(to: URL(fileURLWithPath: folder.path("bad-" + name)))
            #expect(throws: DatasetError.self) { try rows(folder.path("bad-" + name)) }
        }
    }
}
