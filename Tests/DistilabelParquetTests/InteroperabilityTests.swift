import DistilabelParquet
import Foundation
import Testing

/// What we write, read by others; what others write, read by us.
@Suite(.serialized, .enabled(if: Oracle.isPresent, "DISTILABEL_PYTHON names no interpreter"))
struct InteroperabilityTests {
    private static let plain = """
        import sys, json, math, struct
        def plain(v):
            if isinstance(v, bytes): return v.hex()
            if isinstance(v, dict): return {k: plain(x) for k, x in v.items()}
            if isinstance(v, (list, tuple)): return [plain(x) for x in v]
            return v
        def same(a, b):
            if type(a) is float or type(b) is float:
                if a is None or b is None: return a is b
                return struct.pack('<d', a) == struct.pack('<d', b) or (math.isnan(a) and math.isnan(b))
            if isinstance(a, dict): return isinstance(b, dict) and a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
            if isinstance(a, list): return isinstance(b, list) and len(a) == len(b) and all(map(same, a, b))
            return type(a) is type(b) and a == b
        def check(who, path, got, want):
            for name in want:
                if not same(plain(got[name]), want[name]):
                    bad = [i for i, (x, y) in enumerate(zip(plain(got[name]), want[name])) if not same(x, y)][:3]
                    sys.exit(f'{who} {path} {name}: {len(got[name])} {len(want[name])} ' +
                        str([(plain(got[name])[i], want[name][i]) for i in bad]))

        """

    @Test
    func randomFilesAreReadEqualByPyarrowDuckDBPolarsAndDatasets() throws {
        try withTemporaryFolder { folder in
            for seed in 100..<160 as Range<UInt64> {
                var data = RandomData(seed: seed)
                let schema = data.schema(columns: data.number(1...4))
                let columns = data.columns(schema, rows: [0, 1, 50, 2000][data.number(0...3)])
                try write(columns, schema, to: "\(folder)/\(seed).parquet") { options in
                    options.compression = [.none, .snappy, .zstd()][Int(seed % 3)]
                    options.pageByteLimit = [1 << 20, 700][Int(seed % 2)]
                    options.rowGroupRowLimit = [1_000_000, 1024][Int(seed / 2 % 2)]
                }
                let expected = TestCell.object(zip(schema.names, columns).map { ($0, .list($1)) })
                try expected.json.write(toFile: "\(folder)/\(seed).json", atomically: true, encoding: .utf8)
            }
            let output = try Oracle.run(
                Self.plain + """
                    import glob, pyarrow.parquet as pq, duckdb, datasets, pyarrow as pa
                    count = 0
                    for path in sorted(glob.glob(sys.argv[1] + '/*.parquet')):
                        want = json.load(open(path[:-8] + '.json'))
                        table = pq.read_table(path)
                        table.validate(full=True)
                        check('pyarrow', path, table.to_pydict(), want)
                        assert pq.ParquetFile(path).metadata.created_by == 'distilabel-swift'
                        rows = len(next(iter(want.values())))
                        # DuckDB knows no null type and compares signed zeros as it likes.
                        rel = duckdb.sql(f"select * from read_parquet('{path}')")
                        got = rel.fetchall()
                        check('duckdb', path, {n: [r[i] for r in got] for i, n in enumerate(rel.columns)}, want)
                        if rows:
                            features = datasets.Features.from_arrow_schema(table.schema)
                            info = json.loads(table.schema.metadata[b'huggingface'])['info']['features']
                            assert datasets.Features.from_dict(info) == features, (info, features)
                            ds = datasets.Dataset.from_parquet(path)
                            check('datasets', path, ds.to_dict(), want)
                            count += 1
                    print('compared', count)
                    """, folder)
            #expect(output.contains("compared"))
        }
    }

    @Test
    func statisticsLetDuckDBFindEveryRow() throws {
        try withTemporaryFolder { folder in
            let schema = ParquetSchema([.init("i", .int64), .init("s", .string), .init("d", .double)])
            let count = 5000
            let columns: [[TestCell]] = [
                (0..<count).map { .int(Int64($0 - 2500)) }, (0..<count).map { .string("k\($0 % 3000)é") },
                (0..<count).map { .double($0 == 7 ? .nan : Double($0) - 0.5) },
            ]
            try write(columns, schema, to: folder + "/f.parquet") { $0.rowGroupRowLimit = 1024 }
            try Oracle.run(
                """
                import sys, duckdb, pyarrow.parquet as pq
                p = sys.argv[1]
                q = lambda w: duckdb.sql(f"select count(*) from read_parquet('{p}') where {w}").fetchall()[0][0]
                s = [f'k{i % 3000}é' for i in range(5000)]
                assert q('i = -2500') == 1 and q('i < 0') == 2500 and q("s = 'k0é'") == 2
                for limit in ['k2999', 'k2999é', 'k0é', 'z', '']:
                    assert q(f"s > '{limit}'") == sum(x > limit for x in s), limit
                assert q('d = 4998.5') == 1 and q('isnan(d)') == 1
                st = pq.ParquetFile(p).metadata.row_group(0).column(1).statistics
                assert st.has_min_max and st.min == 'k0é' and st.max == 'k9é' and st.null_count == 0, st
                """, folder + "/f.parquet")
        }
    }

    @Test
    func anAllNullColumnIsOfPyarrowsNullType() throws {
        try withTemporaryFolder { folder in
            let schema = ParquetSchema([.init("n", .null), .init("l", .list(.null))])
            try write([[.null, .null], [.list([.null]), .list([])]], schema, to: folder + "/f.parquet")
            try Oracle.run(
                """
                import sys, pyarrow as pa, pyarrow.parquet as pq, datasets
                s = pq.read_schema(sys.argv[1])
                assert s.field('n').type == pa.null() and s.field('l').type.value_type == pa.null(), s
                d = datasets.Dataset.from_parquet(sys.argv[1])
                assert d.to_dict() == {'n': [None, None], 'l': [[None], []]}, d.to_dict()
                """, folder + "/f.parquet")
        }
    }

    @Test
    func pagesOfEveryCompressibilityAreReadEqual() throws {
        try withTemporaryFolder { folder in
            var random = SeededGenerator(seed: 21)
            var cells: [TestCell] = []
            for size in [0, 1, 14, 15, 16, 17, 63, 64, 65, 1000, 65_535, 65_536, 65_537, 131_072, 200_001] {
                let period = Int.random(in: 1...40, using: &random)
                let noise = (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
                cells.append(.bytes(noise))
                cells.append(.bytes(Array(repeating: 7, count: size)))
                cells.append(.bytes((0..<size).map { UInt8(truncatingIfNeeded: $0 % period) }))
                // Few letters with repeats at every distance: short copies, long copies and literals by turns.
                var text: [UInt8] = []
                while text.count < size {
                    if text.count > 8, Bool.random(using: &random) {
                        let from = Int.random(in: 0..<text.count, using: &random)
                        let span = Int.random(in: 1...80, using: &random)
                        for index in 0..<span { text.append(text[from + index]) }
                    } else {
                        text.append(UInt8.random(in: 97...122, using: &random))
                    }
                }
                cells.append(.bytes(text))
            }
            let schema = ParquetSchema([.init("b", .bytes)])
            for (name, method) in [("snappy", ParquetCompression.snappy), ("zstd", .zstd(level: 5))] {
                let path = "\(folder)/\(name).parquet"
                try write([cells], schema, to: path) { $0.compression = method }
                #expect(try readAll(try ParquetFileReader(path: path)) == [cells])
                try TestCell.object([("b", .list(cells))]).json
                    .write(toFile: path + ".json", atomically: true, encoding: .utf8)
                try Oracle.run(
                    Self.plain + """
                        import pyarrow.parquet as pq
                        p = sys.argv[1]
                        check('pyarrow', p, pq.read_table(p).to_pydict(), json.load(open(p + '.json')))
                        pq.write_table(pq.read_table(p), p + '.theirs', compression=sys.argv[2])
                        """, path, name)
                #expect(try readAll(try ParquetFileReader(path: path + ".theirs")) == [cells])
            }
        }
    }

    @Test
    func filesOfPyarrowDuckDBPolarsAndDatasetsAreReadEqual() throws {
        try withTemporaryFolder { folder in
            try Oracle.run(foreignWritersPython, folder)
            var count = 0
            for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".parquet") {
                let reader = try ParquetFileReader(path: "\(folder)/\(name)")
                let url = URL(fileURLWithPath: "\(folder)/\(name.dropLast(8)).json")
                let json = try #require(
                    try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: [Any]])
                do {
                    let got = try readAll(reader, rows: 333)
                    for (field, column) in zip(reader.schema.fields, got) {
                        let want = try #require(json[field.name]).map { try TestCell(json: $0, as: field.type) }
                        #expect(column == want, "\(name) \(field)")
                    }
                    count += 1
                } catch let error as ParquetError {
                    Issue.record("\(name): \(error)")
                }
            }
            #expect(count == 294, "\(count)")
        }
    }
}
