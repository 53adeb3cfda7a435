import DistilabelDatasets
import DistilabelValues
import Testing

@Suite(.enabled(if: Python.hasDatasets, "needs DISTILABEL_PYTHON with pyarrow, duckdb and datasets"))
struct SaveToDiskTests {
    @Test(arguments: [nil, 1, 4])
    func theLibraryLoadsWhatWeSave(shards: Int?) throws {
        let folder = try TemporaryFolder()
        let distiset = Distiset([
            "judge": ["train": DatasetCardTests.dataset(2500), "test": DatasetCardTests.dataset(3)],
            "solve_it": ["train": DatasetCardTests.dataset(1)],
        ])
        try distiset.saveToDisk(folder.path("out"), maxShardBytes: shards == nil ? 100_000 : 1, shardCount: shards)
        let script = """
            import sys, json, os, datasets
            out = {}
            for name in ("judge", "solve_it"):
                d = datasets.load_from_disk(sys.argv[1] + "/" + name)
                assert isinstance(d, datasets.DatasetDict)
                for split, s in d.items():
                    assert str(s.split) == split
                    out[name + "/" + split] = {"rows": s.to_list(), "features": str(s.features["meta"])}
            print(json.dumps(out))
            """
        let found = try JSON.parse(Python.run(Python.withDatasets, script, arguments: [folder.path("out")]))
        #expect(found.objectValue?.count == 3)
        let back = try Distiset.load(fromDisk: folder.path("out"))
        #expect(back.description == distiset.description)
        for (name, splits) in distiset.configurations {
            for (split, dataset) in splits {
                let rows = try dataset.loaded().rows
                #expect(found["\(name)/\(split)"]?["rows"]?.arrayValue == rows.map { .object($0.object) })
                #expect(
                    found["\(name)/\(split)"]?["features"]
                        == "{'a': Value('int64'), 'b': {'c': List(List(Value('float64')))}}")
                #expect(try back[name]?[split]?.loaded().rows == rows)
            }
        }
        let files = folder.listing("out/judge/train").filter { $0.hasSuffix(".arrow") }
        #expect(shards == nil ? files.count > 2 : files.count == shards)
        #expect(files[0] == "data-00000-of-0000\(files.count).arrow")
        #expect(try Distiset.load(from: folder.path("out")).rowCount == 2504)
    }

    /// What `datasets` saves, with every type that has a value here.
    static let saving = """
        import sys, json, datetime, datasets, pyarrow as pa
        from datasets import *
        import json, datetime
        f = Features({"a": Value("int64"), "n": Value("null"), "u8": Value("uint8"), "i8": Value("int8"), "u64": Value("uint64"),
            "f16": Value("float16"), "f32": Value("float32"), "b": Value("bool"), "s": Value("string"), "ls": Value("large_string"),
            "bin": Value("binary"), "l": List(Value("string")), "LL": LargeList(Value("int32")), "fl": List(Value("float32"), length=2),
            "st": {"x": Value("int32"), "y": {"z": List({"q": Value("string")})}}, "c": ClassLabel(names=["no", "yes"]),
            "d": Value("date32"), "ts": Value("timestamp[us]"), "tz": Value("timestamp[ms, tz=UTC]"), "t": Value("time64[us]")})
        rows = []
        for i in range(2345):
            row = {"a": i - 5, "n": None, "u8": i % 256, "i8": i % 200 - 100, "u64": i * 2**40, "f16": i % 64 / 4,
                "f32": i / 8, "b": i % 3 == 0, "s": "é%d" % i, "ls": "x" * (i % 5), "bin": b"abc", "l": ["a"] * (i % 3), "LL": [i],
                "fl": [0.5, i], "st": {"x": i, "y": {"z": [{"q": None}, {"q": "v"}]}}, "c": i % 2,
                "d": datetime.date(2024, 2, 29) - datetime.timedelta(days=i * 37), "ts": datetime.datetime(1969, 12, 31, 23, 59, 59, 250000) + datetime.timedelta(hours=i),
                "tz": datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc), "t": datetime.time(1, 2, 3, 500)}
            rows.append({k: (None if (i * 7 + n) % 11 == 0 else v) for n, (k, v) in enumerate(row.items())})
        d = Dataset.from_list(rows, features=f)
        def plain(v):
            if isinstance(v, bytes): return v.decode()
            if isinstance(v, datetime.datetime): 
                t = v.replace(tzinfo=None).isoformat()
                return (t.rstrip("0") if "." in t else t) + ("Z" if v.tzinfo else "")
            if isinstance(v, datetime.time): return v.isoformat().rstrip("0")
            if isinstance(v, datetime.date): return v.isoformat()
            if isinstance(v, dict): return {k: plain(x) for k, x in v.items()}
            if isinstance(v, list): return [plain(x) for x in v]
            return v
        """

    @Test func whatTheLibrarySavesIsRead() throws {
        let folder = try TemporaryFolder()
        let script =
            Self.saving + "\n" + """
                d.save_to_disk(sys.argv[1] + "/single", num_shards=3)
                DatasetDict({"train": d.select(range(10)), "other": d.select(range(1, 2))}).save_to_disk(sys.argv[1] + "/dict")
                d.filter(lambda r: r["u8"] == 3).save_to_disk(sys.argv[1] + "/filtered")
                print(json.dumps([plain(r) for r in d.to_list()]))
                """
        let expected = try #require(
            try JSON.parse(Python.run(Python.withDatasets, script, arguments: [folder.root])).arrayValue)
        let single = try Distiset.load(fromDisk: folder.path("single"))
        let rows = try #require(single["default"]?["train"]).loaded().rows
        #expect(rows.count == expected.count)
        for (row, other) in zip(rows, expected) where Value.object(row.object) != other {
            let differing = row.object.filter { other[$0.key] != $0.value }
            Issue.record("\(differing) should be \(differing.keys.map { other[$0] })")
            break
        }
        let dict = try Distiset.load(from: folder.path("dict"))
        #expect(dict["default"]?.mapValues(\.count) == ["train": 10, "other": 1])
        let filtered = try Distiset.load(from: folder.path("filtered"))
        #expect(filtered["default"]?["train"]?.count == expected.count { $0["u8"] == 3 })
        // And once more through the library, with the types that it gave.
        try dict.saveToDisk(folder.path("again"))
        let check = """
            import sys, datasets
            a = datasets.load_from_disk(sys.argv[1]); b = datasets.load_from_disk(sys.argv[2])
            kept = [k for k in a["train"].features if k not in ("bin", "d", "ts", "tz", "t")]
            assert [k for k in b["train"].features if k in kept] == kept
            for k in kept: assert a["train"].features[k] == b["train"].features[k], k
            for s in a: assert a[s].select_columns(kept).to_list() == b[s].select_columns(kept).to_list()
            """
        _ = try Python.run(
            Python.withDatasets, check, arguments: [folder.path("dict"), folder.path("again") + "/default"])
    }

    @Test func filesOfOthersAreRead() throws {
        let folder = try TemporaryFolder()
        let script = """
            import sys, json, pyarrow as pa, pyarrow.feather as fe, polars as pl
            rows = [{"s": None if i % 7 == 0 else "text %d of some length" % i if i % 2 else "s", "n": i, "l": [{"a": str(i)}] * (i % 3)} for i in range(5000)]
            t = pa.Table.from_pylist(rows)
            root = sys.argv[1]
            with pa.ipc.new_file(root + "/file.arrow", t.schema) as w: w.write_table(t, max_chunksize=777)
            with pa.ipc.new_stream(root + "/zstd.arrow", t.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as w: w.write_table(t)
            with pa.ipc.new_stream(root + "/lz4.arrow", t.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as w: w.write_table(t)
            e = t.set_column(0, "s", t["s"].dictionary_encode())
            with pa.ipc.new_stream(root + "/dictionary.arrow", e.schema) as w: w.write_table(e, max_chunksize=1000)
            pl.from_arrow(t).write_ipc(root + "/polars.arrow")
            with pa.ipc.new_stream(root + "/sliced.arrow", t.schema) as w: w.write_table(t.slice(13, 1001), max_chunksize=300)
            print(json.dumps(rows))
            """
        let expected = try #require(
            try JSON.parse(Python.run(Python.withDatasets, script, arguments: [folder.root])).arrayValue)
        for name in ["file", "zstd", "dictionary", "polars", "sliced"] {
            let file = try DatasetFile(path: folder.path("\(name).arrow"))
            let rows = try Dataset(files: [file]).loaded().rows.map { Value.object($0.object) }
            #expect(rows == (name == "sliced" ? Array(expected[13..<1014]) : expected), "\(name)")
            #expect(try file.rowCount() == rows.count)
        }
        let error = #expect(throws: DatasetError.self) {
            try Dataset(files: [try DatasetFile(path: folder.path("lz4.arrow"))]).loaded()
        }
        #expect(error?.code == .unsupported && error?.message.contains("LZ4") == true)
    }

    @Test func whatBelongsToTheDistisetGoesAlong() throws {
        let folder = try TemporaryFolder()
        try Distiset(["default": ["train": DatasetCardTests.dataset(2)]]).save(to: folder.path("out"))
        _ = try folder.write("pipeline: {}\n", to: "out/pipeline.yaml")
        _ = try folder.write("log\n", to: "out/pipeline.log")
        _ = try folder.write("{}", to: "out/artifacts/step/plot/metadata.json")
        let distiset = try Distiset.load(from: folder.path("out"))
        try distiset.saveToDisk(folder.path("saved"))
        #expect(
            folder.listing("saved/distiset_configs") == ["README.md", "pipeline.log", "pipeline.yaml"])
        #expect(folder.listing("saved/artifacts") == ["step", "step/plot", "step/plot/metadata.json"])
        let back = try Distiset.load(fromDisk: folder.path("saved"))
        #expect(try textOf(try #require(back.pipelinePath)) == "pipeline: {}\n")
        #expect(back.logPath != nil && back.cardPath != nil && back.artifactsPath != nil)
        try distiset.saveToDisk(folder.path("bare"), savesCard: false, savesPipeline: false, savesLog: false)
        #expect(folder.listing("bare/distiset_configs").isEmpty)
        let refusal = #expect(throws: DatasetError.self) { try distiset.saveToDisk(folder.path("saved")) }
        #expect(refusal?.code == .notEmpty)
        try distiset.saveToDisk(folder.path("saved"), existing: .replace)
        #expect(throws: DatasetError.self) { try Distiset.load(fromDisk: folder.path("out")) }
    }
}
