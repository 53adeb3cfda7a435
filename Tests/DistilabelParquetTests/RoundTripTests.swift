import DistilabelParquet
import Foundation
import Testing

struct RoundTripTests {
    @Test(arguments: 0..<60 as Range<UInt64>)
    func randomColumnsComeBackAsWritten(seed: UInt64) throws {
        var data = RandomData(seed: seed, hasScalars: seed % 2 == 0)
        let schema = data.schema(columns: data.number(1...5))
        let columns = data.columns(schema, rows: [0, 1, 7, 300, 3000][data.number(0...4)])
        try withTemporaryFolder { folder in
            let path = folder + "/file.parquet"
            let summary = try write(columns, schema, to: path) { options in
                options.compression = [.none, .snappy, .zstd(level: 3)][Int(seed % 3)]
                options.pageByteLimit = [1 << 20, 512][Int(seed % 2)]
                options.rowGroupRowLimit = [1_000_000, 1024][Int(seed / 2 % 2)]
            }
            let reader = try ParquetFileReader(path: path)
            #expect(reader.schema == schema)
            #expect(reader.rowCount == columns[0].count)
            #expect(summary.rowCount == columns[0].count)
            #expect(summary.byteCount == reader.byteCount)
            #expect(summary.rowGroupCount == reader.rowGroupRowCounts.count)
            #expect(try readAll(reader, rows: 130) == columns)
        }
    }

    @Test
    func columnsAreReadByNameInTheOrderAskedFor() throws {
        try withTemporaryFolder { folder in
            let schema = ParquetSchema([.init("a", .int64), .init("b", .list(.string)), .init("c", .bool)])
            let path = folder + "/file.parquet"
            let columns: [[TestCell]] = [[.int(1)], [.list([.string("x"), .null])], [.bool(true)]]
            try write(columns, schema, to: path)
            let reader = try ParquetFileReader(path: path)
            #expect(try readAll(reader, columns: ["c", "b"]) == [columns[2], columns[1]])
            #expect(throws: ParquetError.self) { try readAll(reader, columns: ["d"]) }
        }
    }

    @Test
    func rowsAreWrittenWithMissingFieldsAsNulls() throws {
        try withTemporaryFolder { folder in
            let schema = ParquetSchema([.init("a", .int64), .init("s", .structure([.init("x", .string)]))])
            let path = folder + "/file.parquet"
            let writer = try ParquetFileWriter(path: path, schema: schema)
            try writer.append(rows: [
                TestCell.object([("s", .object([])), ("a", .int(1))]), TestCell.object([]),
            ])
            #expect(try writer.finish().rowCount == 2)
            let rows = try readAll(try ParquetFileReader(path: path))
            #expect(rows == [[.int(1), .null], [.object([("x", .null)]), .null]])
        }
    }

    @Test
    func aFileThatWasNotFinishedDoesNotOpen() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/file.parquet"
            try write([[.int(1)]], ParquetSchema([.init("a", .int64)]), to: path)
            var options = ParquetWriteOptions()
            options.rowGroupRowLimit = 1
            let writer = try ParquetFileWriter(
                path: path, schema: ParquetSchema([.init("a", .int64)]), options: options)
            try writer.append(columns: [[TestCell.int(1), .int(2)]])
            let error = #expect(throws: ParquetError.self) { try ParquetFileReader(path: path) }
            #expect(error?.code == .notParquet)
        }
    }

    @Test(arguments: [
        (ParquetType.string, TestCell.int(1)), (.int64, .double(0.5)), (.double, .int(9_007_199_254_740_993)),
        (.int32, .int(1 << 40)), (.list(.int64), .list([.string("x")])), (.null, .bool(false)),
        (.structure([.init("x", .int64)]), .object([("y", .int(1))])),
    ])
    func aCellThatDoesNotFitIsRefusedWithItsRowAndColumn(type: ParquetType, cell: TestCell) throws {
        try withTemporaryFolder { folder in
            let writer = try ParquetFileWriter(path: folder + "/f", schema: ParquetSchema([.init("col", type)]))
            try writer.append(columns: [[TestCell.null, .null]])
            let error = #expect(throws: ParquetError.self) { try writer.append(columns: [[TestCell.null, cell]]) }
            #expect(error?.code == .cell)
            #expect(error?.message.contains("row 3") == true)
            #expect(error?.message.contains("col") == true)
            #expect(throws: ParquetError.self) { try writer.finish() }
        }
    }

    @Test(arguments: [
        ParquetSchema([]), ParquetSchema([.init("a", .int64), .init("a", .bool)]),
        ParquetSchema([.init("a", .structure([]))]), ParquetSchema([.init("a", .unsupported("X"))]),
        ParquetSchema([.init("a", .interval)]),
        ParquetSchema([.init("a", .decimal(precision: 39, scale: 2))]),
    ])
    func aSchemaThatCannotBeWrittenIsRefused(schema: ParquetSchema) throws {
        try withTemporaryFolder { folder in
            let error = #expect(throws: ParquetError.self) {
                try ParquetFileWriter(path: folder + "/f", schema: schema)
            }
            #expect(error?.code == .schema)
        }
    }
}
