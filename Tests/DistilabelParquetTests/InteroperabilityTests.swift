import DistilabelParquet
import DistilabelValues
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
            # Some give the bytes of a UUID.
            if isinstance(a, str) and isinstance(b, str) and len(a) == 32: return a == b.replace('-', '')
            return type(a) is type(b) and a == b
        # pyarrow's types in our words.
        def kind(t):
            names = {pa.bool_(): 'bool', pa.float32(): 'float', pa.float64(): 'double', pa.binary(): 'bytes', pa.uuid(): 'uuid', pa.date32(): 'date'}
            units = {'ms': 'milliseconds', 'us': 'microseconds', 'ns': 'nanoseconds'}
            if pa.types.is_map(t): return f'map<{kind(t.key_type)}, {kind(t.item_type)}>'
            if pa.types.is_list(t): return f'list<{kind(t.value_type)}>'
            if pa.types.is_struct(t): return 'struct<' + ', '.join(f'{f.name}: {kind(f.type)}' for f in t) + '>'
            if pa.types.is_time(t): return f'time({units[t.unit]})'
            if pa.types.is_timestamp(t): return f"timestamp({units[t.unit]}{', UTC' if t.tz else ''})"
            if pa.types.is_decimal(t): return f'decimal({t.precision}, {t.scale})'
            return names.get(t, str(t))
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
            for seed in 100..<220 as Range<UInt64> {
                // Polars, like JSON, has no maps; datasets neither maps nor UUIDs: those files are for the others.
                var data = RandomData(seed: seed, hasScalars: seed % 2 == 0)
                let schema = data.schema(columns: data.number(1...4))
                let columns = data.columns(schema, rows: [0, 1, 50, 1500][data.number(0...3)])
                try write(columns, schema, to: "\(folder)/\(seed).parquet") { options in
                    options.compression = [.none, .snappy, .zstd(), .gzip][Int(seed % 4)]
                    options.pageByteLimit = [1 << 20, 700][Int(seed / 4 % 2)]
                    options.rowGroupRowLimit = [1_000_000, 1024][Int(seed / 8 % 2)]
                    if seed % 2 == 0 { options.keyValues = [] }
                }
                let expected = TestCell.object(zip(schema.names, columns).map { ($0, .list($1)) })
                try expected.json.write(toFile: "\(folder)/\(seed).json", atomically: true, encoding: .utf8)
                let types = TestCell.object(schema.fields.map { ($0.name, .string("\($0.type)")) })
                try types.json.write(toFile: "\(folder)/\(seed).types", atomically: true, encoding: .utf8)
            }
            let output = try Oracle.run(
                canonicalPython + Self.plain + """
                    import duckdb, datasets, polars
                    number = float
                    counts = {}
                    def compare(who, path, table, want):
                        check(who, path, {n: column(table.column(i)) for i, n in enumerate(table.column_names)}, want)
                        counts[who] = counts.get(who, 0) + 1
                    for path in sorted(glob.glob(sys.argv[1] + '/*.parquet')):
                        want = json.load(open(path[:-8] + '.json'))
                        types = json.load(open(path[:-8] + '.types'))
                        table = pq.read_table(path)
                        table.validate(full=True)
                        for n in types: assert kind(table.schema.field(n).type) == types[n], (table.schema.field(n).type, types[n])
                        compare('pyarrow', path, table, want)
                        assert pq.ParquetFile(path).metadata.created_by == 'distilabel-swift'
                        compare('duckdb', path, duckdb.sql(f"select * from read_parquet('{path}')").to_arrow_table(), want)
                        compare('polars', path, polars.read_parquet(path).to_arrow(), want)
                        # datasets refuses splits without rows.
                        if table.num_rows and not any('map' in t or 'uuid' in t for t in types.values()):
                            if b'huggingface' in (table.schema.metadata or {}):
                                info = json.loads(table.schema.metadata[b'huggingface'])['info']['features']
                                features = datasets.Features.from_arrow_schema(table.schema)
                                assert datasets.Features.from_dict(info) == features, (info, features)
                            compare('datasets', path, datasets.Dataset.from_parquet(path).data.table, want)
                    print(counts)
                    """, folder)
            #expect(output.contains("'pyarrow': 120, 'duckdb': 120, 'polars': 120, 'datasets':"), "\(output)")
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
            var random = SeededRandom(seed: 21)
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
