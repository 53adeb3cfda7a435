import DistilabelParquet
import Testing

struct InferenceTests {
    @Test(
        arguments: [
            ([], .null), ([TestCell.null], .null), ([.null, .int(1)], .int64), ([.int(1), .double(0.5)], .double),
            ([.double(0.5), .int(1)], .double), ([.list([]), .null], .list(.null)),
            ([.list([]), .list([.null, .string("x")])], .list(.string)), ([.object([])], .null),
            (
                [.object([("a", .int(1))]), .object([("b", .list([])), ("a", .double(2))])],
                .structure([.init("a", .double), .init("b", .list(.null))])
            ),
            ([.bytes([1]), .bytes([])], .bytes), ([.bool(true)], .bool),
        ] as [([TestCell], ParquetType)])
    func theNarrowestTypeThatHoldsAllCells(cells: [TestCell], type: ParquetType) throws {
        var inference = ParquetTypeInference()
        for cell in cells { try inference.add(cell) }
        #expect(inference.type == type)
    }

    @Test
    func mixedKindsAreRefusedWithThePlace() {
        let cells: [TestCell] = [.object([("a", .list([.int(1)]))]), .object([("a", .list([.string("x")]))])]
        let error = #expect(throws: ParquetError.self) { try ParquetSchema(inferring: [cells], names: ["col"]) }
        #expect(error?.code == .schema)
        #expect(error?.message.contains("row 1: column col.a.element holds text") == true)
    }

    @Test
    func cellsFitTheTypeThatWasInferredFromThem() throws {
        for seed in 900..<940 as Range<UInt64> {
            var data = RandomData(seed: seed)
            let columns = data.columns(data.schema(columns: 3), rows: 40)
            let schema = try ParquetSchema(inferring: columns, names: ["a", "b", "c"])
            try withTemporaryFolder { folder in
                try write(columns, schema, to: folder + "/f")
                #expect(try ParquetFileReader(path: folder + "/f").rowCount == 40)
            }
        }
    }

    @Test
    func typesUnite() throws {
        #expect(try ParquetType.int32.united(with: .double) == .double)
        #expect(try ParquetType.list(.null).united(with: .list(.string)) == .list(.string))
        let left = ParquetType.structure([.init("a", .int64)])
        let right = ParquetType.structure([.init("b", .bool), .init("a", .null)])
        #expect(try left.united(with: right) == .structure([.init("a", .int64), .init("b", .bool)]))
        #expect(throws: ParquetError.self) { try ParquetType.bool.united(with: .string) }
    }
}
