import DistilabelParquet
import DistilabelValues
import Foundation
import Testing

/// Row groups are skipped only where no row of theirs is wanted.
struct FilterTests {
    /// Four row groups of 1024 rows: `i` rises, `s` is its text, `d` is null in the first group and its half after that.
    private func withFile(_ body: (ParquetFileReader) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let schema = ParquetSchema([
                .init("i", .int64), .init("s", .string), .init("d", .double),
                .init("t", .timestamp(.milliseconds, isUTC: true)), .init("o", .structure([.init("x", .int32)])),
                .init("l", .list(.int64)), .init("p", .decimal(precision: 9, scale: 2)),
            ])
            let rows = 0..<4096
            let columns: [[TestCell]] = [
                rows.map { .int(Int64($0)) }, rows.map { .string("k\($0 + 10_000)") },
                rows.map { $0 < 1024 ? .null : .double(Double($0) / 2) },
                rows.map { .int(Int64($0) * 86_400_000) },
                rows.map { .object([("x", .int(Int64($0)))]) },
                rows.map { .list([.int(Int64($0))]) }, rows.map { .string("\($0).25") },
            ]
            try write(columns, schema, to: folder + "/f") { $0.rowGroupRowLimit = 1024 }
            try body(try ParquetFileReader(path: folder + "/f"))
        }
    }

    @Test
    func onlyRowGroupsThatMayHoldWantedRowsAreNamed() throws {
        try withFile { reader in
            let cases: [(ParquetFilter, [Int])] = [
                (.compare("i", .equal, .int(1023)), [0]), (.compare("i", .equal, .int(1024)), [1]),
                (.compare("i", .less, .int(1024)), [0]), (.compare("i", .lessOrEqual, .int(1024)), [0, 1]),
                (.compare("i", .greater, .int(3071)), [3]), (.compare("i", .greaterOrEqual, .int(3071)), [2, 3]),
                (.compare("i", .equal, .int(-1)), []), (.compare("i", .notEqual, .int(5)), [0, 1, 2, 3]),
                (.compare("s", .equal, .string("k12048")), [2]), (.compare("s", .greater, .string("z")), []),
                (.isNull("d"), [0]), (.isPresent("d"), [1, 2, 3]), (.compare("d", .less, .int(600)), [1]),
                (.compare("t", .less, .string("1970-01-02")), [0]),
                (.compare("t", .less, .string("1970-01-01T00:00:00.0000005Z")), [0, 1, 2, 3]),
                (.compare("t", .equal, .scalar(.date(days: 0))), []),
                (.compare("o.x", .greater, .int(4000)), [3]), (.compare("p", .equal, .string("2048.25")), [2]),
                (.compare("i", .less, .int(1)) || .compare("i", .greater, .int(4094)), [0, 3]),
                (.compare("i", .less, .int(1500)) && .isPresent("d"), [1]),
                (.compare("l.list.element", .equal, .int(1)), [0, 1, 2, 3]),
            ]
            for (filter, groups) in cases {
                if case .compare("t", .equal, _) = filter {
                    #expect(throws: ParquetError.self) { try reader.rowGroups(where: filter) }
                } else {
                    #expect(try reader.rowGroups(where: filter) == groups, "\(filter)")
                }
            }
            var batches = try reader.batches(of: TestCell.self, columns: ["i"], rowGroups: [3, 1], rows: 5000)
            #expect(try batches.next()?.columns[0].first == .int(3072))
            #expect(try batches.next()?.columns[0].first == .int(1024))
            #expect(try batches.next() == nil)
        }
    }

    @Test
    func aColumnThatIsNotThereAndAValueOfAnotherKindAreRefused() throws {
        try withFile { reader in
            for filter in [
                ParquetFilter.isNull("nope"), .compare("i", .equal, .string("x")), .compare("s", .less, .int(1)),
                .compare("t", .less, .string("yesterday")),
            ] {
                #expect(throws: ParquetError.self) { try reader.rowGroups(where: filter) }
            }
            #expect(throws: ParquetError.self) { try reader.batches(of: TestCell.self, rowGroups: [4]) }
        }
    }

    /// Random comparisons over files of other writers: no row group may be skipped that holds a wanted row.
    @Test(.enabled(if: Oracle.isPresent, "DISTILABEL_PYTHON names no interpreter"))
    func noWantedRowOfForeignFilesIsSkipped() throws {
        try withTemporaryFolder { folder in
            try Oracle.run(
                """
                import sys, random, pyarrow as pa, pyarrow.parquet as pq, duckdb, polars as pl
                r = random.Random(5); n = 3000
                t = pa.table({'u': pa.array([r.choice([r.randrange(2**32), 5, None]) for _ in range(n)], pa.uint32()),
                    'i': pa.array(sorted(r.randint(-99, 99) for _ in range(n)), pa.int32()),
                    'f': pa.array([r.choice([float('nan'), -0.0, 0.0, r.random() * i]) for i in range(n)], pa.float32()),
                    's': [r.choice(['', 'é' * r.randint(1, 80), str(i)]) for i in range(n)]})
                for v in ['1.0', '2.6']: pq.write_table(t, f'{sys.argv[1]}/pa{v}.parquet', row_group_size=100, version=v)
                duckdb.sql(f"copy t to '{sys.argv[1]}/duck.parquet' (format parquet, row_group_size 2048)")
                pl.from_arrow(t).write_parquet(f'{sys.argv[1]}/pl.parquet', row_group_size=100)
                """, folder)
            var random = SeededRandom(seed: 4)
            var skipped = 0
            for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
                let reader = try ParquetFileReader(path: "\(folder)/\(name)")
                var groups: [[[ParquetValue]]] = []
                for group in reader.rowGroupRowCounts.indices {
                    var batches = try reader.batches(of: ParquetValue.self, rowGroups: [group], rows: 1 << 20)
                    groups.append(try batches.next()?.columns ?? [])
                }
                for _ in 0..<300 {
                    let column = Int.random(in: 0..<4, using: &random)
                    let value =
                        groups[Int.random(in: 0..<groups.count, using: &random)][column].randomElement(using: &random)
                        ?? .null
                    let comparison =
                        [
                            ParquetFilter.Comparison.equal, .less, .lessOrEqual, .greater, .greaterOrEqual, .notEqual,
                        ].randomElement(using: &random) ?? .equal
                    if value == .null { continue }
                    let kept = try reader.rowGroups(where: .compare(reader.schema.names[column], comparison, value))
                    skipped += groups.count - kept.count
                    for (index, group) in groups.enumerated() where !kept.contains(index) {
                        #expect(
                            !group[column].contains { holds($0, comparison, value) }, "\(name) \(comparison) \(value)")
                    }
                }
            }
            #expect(skipped > 1000)
        }
    }

    private func holds(_ left: ParquetValue, _ comparison: ParquetFilter.Comparison, _ right: ParquetValue) -> Bool {
        func compare<Number: Comparable>(_ one: Number, _ two: Number) -> Bool {
            switch comparison {
            case .equal: one == two
            case .notEqual: one != two
            case .less: one < two
            case .lessOrEqual: one <= two
            case .greater: one > two
            case .greaterOrEqual: one >= two
            }
        }
        switch (left, right) {
        case (.int(let one), .int(let two)): return compare(one, two)
        case (.double(let one), .double(let two)): return compare(one, two)
        case (.string(let one), .string(let two)):
            return compare(digits(one), digits(two))
        default: return false
        }
    }

    /// Text in an order that is that of its bytes.
    private func digits(_ text: String) -> String { text.utf8.map { String(Int($0) + 256, radix: 16) }.joined() }
}
