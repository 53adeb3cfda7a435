import DistilabelParquet
import Testing

/// Dates, times and numbers as text and back.
struct ScalarTests {
    @Test(
        arguments: [
            (.date(days: 0), "1970-01-01", .date), (.date(days: -719_528), "0000-01-01", .date),
            (.date(days: 11_016), "2000-02-29", .date), (.date(days: 2_932_897), "+10000-01-01", .date),
            (.date(days: -719_529), "-0001-12-31", .date),
            (.time(86_399_999, .milliseconds), "23:59:59.999", .time(.milliseconds, isUTC: false)),
            (.time(1_500_000, .microseconds), "00:00:01.5", .time(.microseconds, isUTC: false)),
            (
                .timestamp(-1, .nanoseconds, isUTC: true), "1969-12-31T23:59:59.999999999Z",
                .timestamp(.nanoseconds, isUTC: true)
            ),
            (
                .timestamp(951_782_400_000, .milliseconds, isUTC: false), "2000-02-29T00:00:00",
                .timestamp(.milliseconds, isUTC: false)
            ),
            (.decimal(ParquetDecimal(unscaled: -5, scale: 2)), "-0.05", .decimal(precision: 5, scale: 2)),
            (.decimal(ParquetDecimal(unscaled: 12_300, scale: 2)), "123.00", .decimal(precision: 5, scale: 2)),
            (.decimal(ParquetDecimal(unscaled: 7, scale: 0)), "7", .decimal(precision: 5, scale: 0)),
            (.uuid(0x0102_0304_0506_0708, 9), "01020304-0506-0708-0000-000000000009", .uuid),
        ] as [(ParquetScalar, String, ParquetType)])
    func textAndBack(scalar: ParquetScalar, text: String, type: ParquetType) {
        #expect(scalar.description == text)
        #expect(ParquetScalar(parsing: text, as: type) == scalar)
    }

    @Test(
        arguments: [
            ("2024-02-30", .date), ("2023-02-29", .date), ("2024-1-01", .date), ("", .date), ("2024-01-01x", .date),
            ("24:00", .time(.milliseconds, isUTC: false)), ("10:00:00.0001", .time(.milliseconds, isUTC: false)),
            ("2024-01-01T10", .timestamp(.milliseconds, isUTC: true)),
            ("9999-01-01", .timestamp(.nanoseconds, isUTC: true)), ("1.234", .decimal(precision: 9, scale: 2)),
            (".", .decimal(precision: 9, scale: 2)), ("1e5", .decimal(precision: 9, scale: 2)),
            (String(repeating: "9", count: 60), .decimal(precision: 38, scale: 2)), ("01020304", .uuid), ("x", .string),
        ] as [(String, ParquetType)])
    func textThatSpellsNothingIsRefused(text: String, type: ParquetType) {
        #expect(ParquetScalar(parsing: text, as: type) == nil)
    }

    @Test
    func offsetsAndShortFormsAreRead() {
        let type = ParquetType.timestamp(.milliseconds, isUTC: true)
        let noon = ParquetScalar(parsing: "2024-05-01T12:00:00Z", as: type)
        for text in ["2024-05-01 14:00+02:00", "2024-05-01T07:30:00.000-0430", "2024-05-01T12:00"] {
            #expect(ParquetScalar(parsing: text, as: type) == noon, "\(text)")
        }
        #expect(ParquetScalar(parsing: "1.50", as: .decimal(precision: 4, scale: 1))?.description == "1.5")
    }

    @Test
    func scalarsAreWrittenInTheUnitOfTheirColumnOrRefused() throws {
        try withTemporaryFolder { folder in
            let schema = ParquetSchema([
                .init("t", .timestamp(.milliseconds, isUTC: true)), .init("d", .decimal(precision: 4, scale: 2)),
                .init("m", .map(key: .string, value: .int64)),
            ])
            let good: [[ParquetValue]] = [
                [.scalar(.timestamp(5_000_000, .nanoseconds, isUTC: true))],
                [.scalar(.decimal(ParquetDecimal(unscaled: 15, scale: 1)))], [.structure(["a": .int(1), "b": .null])],
            ]
            let writer = try ParquetFileWriter(path: folder + "/f", schema: schema)
            try writer.append(columns: good)
            try writer.finish()
            var batches = try ParquetFileReader(path: folder + "/f").batches(of: ParquetValue.self)
            let row = try #require(try batches.next()?.rows.first)
            #expect(row["t"] == .scalar(.timestamp(5, .milliseconds, isUTC: true)))
            #expect(row["d"] == .scalar(.decimal(ParquetDecimal(unscaled: 150, scale: 2))))
            #expect(row["m"]?[1] == .structure(["key": .string("b"), "value": .null]))
            let bad: [(Int, ParquetValue)] = [
                (0, .scalar(.timestamp(5_000_001, .nanoseconds, isUTC: true))),
                (0, .scalar(.timestamp(5, .milliseconds, isUTC: false))), (0, .string("soon")),
                (1, .scalar(.decimal(ParquetDecimal(unscaled: 1, scale: 3)))), (1, .int(100)),
                (1, .string("123.45")), (2, .list([.structure(["key": .null, "value": .int(1)])])),
                (2, .list([.null])), (2, .list([.structure(["value": .int(1)])])),
            ]
            for (column, value) in bad {
                let writer = try ParquetFileWriter(path: folder + "/f", schema: schema)
                var cells: [[ParquetValue]] = [[.null], [.null], [.null]]
                cells[column] = [value]
                let error = #expect(throws: ParquetError.self) { try writer.append(columns: cells) }
                #expect(error?.code == .cell, "\(value)")
            }
        }
    }
}
