import DistilabelDatasets
import DistilabelTesting
import DistilabelValues
import Foundation
import Testing

struct ArrowFuzzTests {
    /// Reads all rows of some bytes; what matters is that it ends.
    private static func read(_ bytes: [UInt8], at path: String) throws -> Int {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        var reader = try DatasetFile(path: path, assuming: .arrow).open()
        var count = 0
        while let rows = try reader.next() { count += rows.count }
        return count
    }

    /// Files of ours and, where Python is there, of pyarrow: dictionaries, views, compression.
    private static func samples(in folder: TemporaryFolder) throws -> [[UInt8]] {
        try Distiset(["default": ["train": DatasetCardTests.dataset(12)]]).saveToDisk(folder.path("ours"))
        var paths = [folder.path("ours/default/train/data-00000-of-00001.arrow")]
        if Python.hasDatasets {
            let script = """
                import sys, pyarrow as pa, polars as pl, datetime
                rows = [{"s": "text %d of some length" % i if i % 2 else None, "n": i, "l": [{"a": str(i)}] * (i % 3), "f": [1.5, 2.5]} for i in range(12)]
                t = pa.Table.from_pylist(rows)
                t = t.append_column("fl", pa.array([[1, 2]] * 12, pa.list_(pa.int8(), 2))).append_column("d", pa.array([datetime.date(2020, 1, 1)] * 12))
                t = t.append_column("e", t["s"].dictionary_encode())
                with pa.ipc.new_stream(sys.argv[1] + "/a", t.schema) as w: w.write_table(t)
                with pa.ipc.new_file(sys.argv[1] + "/b", t.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as w: w.write_table(t)
                pl.from_arrow(t).write_ipc(sys.argv[1] + "/c")
                """
            _ = try Python.run(Python.withDatasets, script, arguments: [folder.root])
            paths += ["a", "b", "c"].map { folder.path($0) }
        }
        return try paths.map { Array(try contentsOf($0)) }
    }

    @Test func damagedFilesGiveRowsOrAnError() throws {
        let folder = try TemporaryFolder()
        var random = SeededRandom(seed: 20_241)
        var errors = 0
        var reads = 0
        for sample in try Self.samples(in: folder) {
            #expect(try Self.read(sample, at: folder.path("whole.arrow")) >= 12)
            for round in 0..<250 {
                var bytes = sample
                switch round % 4 {
                case 0: bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
                case 1:
                    // Numbers at the ends of their range are where additions overflow.
                    let extremes: [[UInt8]] = [
                        [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0x80], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0],
                        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
                    ]
                    let extreme = extremes[Int.random(in: 0..<extremes.count, using: &random)]
                    let start = Int.random(in: 0..<(bytes.count - 8) / 4, using: &random) * 4
                    bytes.replaceSubrange(start..<start + extreme.count, with: extreme)
                case 2: bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
                default:
                    for _ in 0..<20 {
                        bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
                            1 << UInt8.random(in: 0..<8, using: &random)
                    }
                }
                do {
                    _ = try Self.read(bytes, at: folder.path("damaged.arrow"))
                    reads += 1
                } catch is DatasetError {
                    errors += 1
                }
            }
        }
        // Most damage shows; some only changes a value.
        #expect(errors > 50 && reads > 20)
    }

    /// A value of some depth of a type that all rows of a column share.
    private static func value(_ shape: Int, _ depth: Int, _ random: inout SeededRandom) -> Value {
        if Int.random(in: 0..<5, using: &random) == 0 { return .null }
        switch shape % (depth > 2 ? 4 : 6) {
        case 0: return .int(Int.random(in: .min ... .max, using: &random))
        case 1: return .double(Double.random(in: -1e9...1e9, using: &random))
        case 2: return .bool(Bool.random(using: &random))
        case 3:
            return .string(
                String(
                    repeating: ["a", "é", "日本", ""].randomElement(using: &random) ?? "",
                    count: Int.random(in: 0..<4, using: &random)))
        case 4:
            return .array((0..<Int.random(in: 0..<4, using: &random)).map { _ in value(shape / 6, depth + 1, &random) })
        default:
            return ["x": value(shape / 6, depth + 1, &random), "y": value(shape / 7, depth + 1, &random)]
        }
    }

    @Test(.enabled(if: Python.hasDatasets), arguments: [1, 2, 3])
    func rowsOfAnyShapeComeBackTheSame(seed: UInt64) throws {
        let folder = try TemporaryFolder()
        var random = SeededRandom(seed: seed)
        let shapes = (0..<12).map { _ in Int.random(in: 0..<10_000, using: &random) }
        for (name, count) in [("none", 0), ("few", 7), ("many", 2100)] {
            var rows = (0..<count).map { _ -> Row in
                Row(
                    Value.Object(
                        uniqueKeysWithValues: shapes.enumerated().map {
                            ("c\($0.offset)", Self.value($0.element, 0, &random))
                        }))
            }
            if count == 0 { rows = [] }
            let chunk = count == 0 ? RowChunk(columns: ["a", "b"]) : RowChunk(rows)
            try Distiset([name: ["train": Dataset(chunk)]]).saveToDisk(folder.path(name))
            let back = try Distiset.load(fromDisk: folder.path(name))
            #expect(try back[name]?["train"]?.loaded() == chunk)
            let script = """
                import sys, json, datasets
                d = datasets.load_from_disk(sys.argv[1])["train"]
                d.save_to_disk(sys.argv[2])
                print(json.dumps({"rows": d.to_list(), "columns": d.column_names}))
                """
            let python = try JSON.parse(
                Python.run(
                    Python.withDatasets, script,
                    arguments: [folder.path(name) + "/" + name, folder.path(name) + "-python"]))
            #expect(python["rows"]?.arrayValue == rows.map { .object($0.object) })
            #expect(python["columns"]?.arrayValue == chunk.columns.names.map(Value.string))
            let again = try Distiset.load(fromDisk: folder.path(name) + "-python")
            #expect(try again["default"]?["train"]?.loaded() == chunk)
        }
    }
}
