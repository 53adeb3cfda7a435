import DistilabelParquet
import Foundation
import Testing

struct TypedTests {
    enum Split: String, Codable, CaseIterable { case train, test }

    struct Message: Codable, Equatable {
        var role: String
        var content: String?
    }

    struct Row: Codable, Equatable {
        var id: Int
        var small: UInt8 = 7
        var score: Double?
        var ratio: Float = 0.5
        var ok = true
        var split = Split.test
        var messages: [Message?] = []
        var grid: [[Int]] = []
        var counts: [String: Int] = [:]
        var byNumber: [Int: String] = [:]
        var raw: [UInt8] = []
        var data = Data()
        var when = Date(timeIntervalSince1970: 0)
        var key = UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16))
        var price = Decimal(0)
        var nested: Message?
    }

    private var rows: [Row] {
        var full = Row(id: 1)
        full.score = 1.5
        full.split = .train
        full.messages = [Message(role: "user", content: nil), nil, Message(role: "é", content: "🦜")]
        full.grid = [[1], [], [2, 3]]
        full.counts = ["a": 1]
        full.byNumber = [7: "seven"]
        full.raw = [0, 255]
        full.data = Data([1, 2])
        full.when = Date(timeIntervalSince1970: 1_700_000_000.25)
        full.price = Decimal(string: "-12.345") ?? 0
        full.nested = Message(role: "system", content: "x")
        return [full, Row(id: -2)]
    }

    @Test
    func theSchemaIsToldFromTheType() throws {
        let schema = try ParquetSchema(of: Row.self)
        let message = ParquetType.structure([.init("role", .string), .init("content", .string)])
        let expected: [(String, ParquetType)] = [
            ("id", .int64), ("small", .int32), ("score", .double), ("ratio", .float), ("ok", .bool),
            ("split", .string), ("messages", .list(message)), ("grid", .list(.list(.int64))),
            ("counts", .map(key: .string, value: .int64)), ("byNumber", .map(key: .string, value: .string)),
            ("raw", .bytes), ("data", .bytes), ("when", .timestamp(.microseconds, isUTC: true)), ("key", .uuid),
            ("price", .decimal(precision: 38, scale: 18)), ("nested", message),
        ]
        #expect(schema == ParquetSchema(expected.map { ParquetField($0.0, $0.1) }))
    }

    @Test
    func rowsComeBackEqual() throws {
        try withTemporaryFolder { folder in
            let writer = try ParquetRowWriter<Row>(path: folder + "/f.parquet")
            try writer.append(contentsOf: rows)
            #expect(try writer.finish().rowCount == 2)
            var back = try ParquetFileReader(path: folder + "/f.parquet").rows(of: Row.self)
            #expect(try back.collect() == rows)
        }
    }

    @Test
    func aTypeReadsOnlyTheColumnsThatItHas() throws {
        struct Part: Codable, Equatable {
            var score: Double?
            var id: Int32
            var absent: String?
        }
        try withTemporaryFolder { folder in
            let writer = try ParquetRowWriter<Row>(path: folder + "/f.parquet")
            try writer.append(contentsOf: rows)
            try writer.finish()
            var parts = try ParquetFileReader(path: folder + "/f.parquet").rows(of: Part.self)
            #expect(try parts.collect() == [Part(score: 1.5, id: 1), Part(score: nil, id: -2)])
        }
    }

    @Test
    func whatDoesNotFitNamesItsPlace() throws {
        struct Wrong: Codable { var messages: [[String: Int]] }
        try withTemporaryFolder { folder in
            let writer = try ParquetRowWriter<Row>(path: folder + "/f.parquet")
            try writer.append(contentsOf: rows)
            try writer.finish()
            var wrong = try ParquetFileReader(path: folder + "/f.parquet").rows(of: Wrong.self)
            let error = #expect(throws: DecodingError.self) { try wrong.next() }
            #expect("\(String(describing: error))".contains("role"))
        }
    }

    @Test
    func aTypeWithoutATellableSchemaIsRefusedWithTheMend() throws {
        struct Tree: Codable { var children: [Tree] }
        enum Odd: String, Codable { case one }
        struct Holder: Codable { var odd: Odd }
        for error in [
            #expect(throws: ParquetError.self) { try ParquetSchema(of: Tree.self) },
            #expect(throws: ParquetError.self) { try ParquetSchema(of: Holder.self) },
            #expect(throws: ParquetError.self) { try ParquetSchema(of: Int.self) },
        ] { #expect(error?.code == .schema) }
        try withTemporaryFolder { folder in
            let writer = try ParquetRowWriter<Holder>(
                path: folder + "/f", schema: ParquetSchema([.init("odd", .string)]))
            try writer.append(Holder(odd: .one))
            try writer.finish()
            var rows = try ParquetFileReader(path: folder + "/f").rows(of: Holder.self)
            #expect(try rows.next()?.odd == .one)
        }
    }

    @Test(.enabled(if: Oracle.isPresent, "DISTILABEL_PYTHON names no interpreter"))
    func pyarrowReadsWhatATypeWrote() throws {
        try withTemporaryFolder { folder in
            let writer = try ParquetRowWriter<Row>(path: folder + "/f.parquet")
            try writer.append(contentsOf: rows)
            try writer.finish()
            try Oracle.run(
                """
                import sys, datetime as d, decimal, uuid, pyarrow.parquet as pq
                r = pq.read_table(sys.argv[1]).to_pylist()
                assert r[0] == {'id': 1, 'small': 7, 'score': 1.5, 'ratio': .5, 'ok': True, 'split': 'train', 'messages': [{'role': 'user', 'content': None}, None,
                    {'role': 'é', 'content': '🦜'}], 'grid': [[1], [], [2, 3]], 'counts': [('a', 1)], 'byNumber': [('7', 'seven')], 'raw': bytes([0, 255]), 'data': bytes([1, 2]),
                    'when': d.datetime.fromtimestamp(1700000000.25, d.UTC), 'key': uuid.UUID(bytes=bytes(range(1, 17))), 'price': decimal.Decimal('-12.345'),
                    'nested': {'role': 'system', 'content': 'x'}}, r[0]
                assert r[1]['id'] == -2 and r[1]['nested'] is None and r[1]['counts'] == []
                """, folder + "/f.parquet")
        }
    }
}
