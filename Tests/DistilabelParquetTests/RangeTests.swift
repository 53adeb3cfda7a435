import DistilabelParquet
import DistilabelValues
import Foundation
import Synchronization
import Testing

/// Files far away: only what is needed is fetched.
struct RangeTests {
    /// Bytes that note what is fetched of them.
    final class Far: ParquetRangeSource {
        let name = "https://example.com/f.parquet"
        let all: [UInt8]
        let asked = Mutex<[Range<Int>]>([])
        let isShort: Bool

        init(_ all: [UInt8], isShort: Bool = false) {
            self.all = all
            self.isShort = isShort
        }

        var count: Int { all.count }
        var fetched: Int { asked.withLock { $0.reduce(0) { $0 + $1.count } } }

        func bytes(_ range: Range<Int>) async throws -> [UInt8] {
            asked.withLock { $0.append(range) }
            return Array(all[isShort ? range.lowerBound..<range.upperBound - 1 : range])
        }
    }

    private func file(_ rows: Int, note: Int = 0) throws -> (bytes: [UInt8], columns: [[TestCell]]) {
        let schema = ParquetSchema([.init("a", .int64), .init("b", .list(.string)), .init("c", .double)])
        let columns: [[TestCell]] = [
            (0..<rows).map { .int(Int64($0)) },
            (0..<rows).map { .list([.string("text \($0) " + String(repeating: "\($0 * 7919)", count: 30)), .null]) },
            (0..<rows).map { .double(Double($0) / 3) },
        ]
        return try withTemporaryFolder { folder in
            try write(columns, schema, to: folder + "/f") {
                $0.rowGroupRowLimit = 1024
                $0.keyValues = [ParquetKeyValue("note", String(repeating: "x", count: note))]
            }
            return (Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/f"))), columns)
        }
    }

    private func collect(_ batches: ParquetRangeBatches<TestCell>, _ count: Int) async throws -> [[TestCell]] {
        var batches = batches
        var all: [[TestCell]] = Array(repeating: [], count: count)
        while let batch = try await batches.next() {
            for (index, column) in batch.columns.enumerated() { all[index] += column }
        }
        return all
    }

    @Test(arguments: [0, 1, 3000])
    func allRowsComeThroughRanges(rows: Int) async throws {
        let (bytes, columns) = try file(rows)
        let reader = try await ParquetRangeReader(Far(bytes))
        #expect(reader.file.rowCount == rows)
        #expect(try await collect(try reader.batches(rows: 100), 3) == columns)
    }

    @Test
    func oneColumnOfOneRowGroupFetchesLittle() async throws {
        let (bytes, columns) = try file(8192)
        let source = Far(bytes)
        let reader = try await ParquetRangeReader(source)
        #expect(source.asked.withLock { $0.count } == 1)
        let groups = try reader.file.rowGroups(where: .compare("a", .greaterOrEqual, .int(7168)))
        #expect(groups == [7])
        let footer = source.fetched
        let got = try await collect(try reader.batches(columns: ["c", "a"], rowGroups: groups), 2)
        #expect(got == [Array(columns[2][7168...]), Array(columns[0][7168...])])
        #expect(source.fetched - footer < bytes.count / 8)
        #expect(source.asked.withLock { $0.allSatisfy { $0.upperBound <= bytes.count } })
    }

    @Test
    func aLargeFooterIsFetchedInTwo() async throws {
        let (bytes, columns) = try file(3000, note: 200_000)
        let source = Far(bytes)
        let reader = try await ParquetRangeReader(source)
        #expect(source.asked.withLock { $0.count } == 2)
        #expect(reader.file.keyValues.first?.value.count == 200_000)
        #expect(
            try await collect(try reader.batches(columns: ["a"], rowGroups: [2]), 1) == [Array(columns[0][2048...])])
    }

    @Test
    func aSourceThatGivesTooLittleAndBytesThatAreNoFileAreErrors() async throws {
        let (bytes, _) = try file(10)
        await #expect(throws: ParquetError.self) { try await ParquetRangeReader(Far(bytes, isShort: true)) }
        for garbage in [[], [1, 2, 3], Array(bytes.dropLast()), Array(repeating: 255, count: 4) + Array("PAR1".utf8)] {
            await #expect(throws: ParquetError.self) { try await ParquetRangeReader(Far(garbage)) }
        }
        let reader = try await ParquetRangeReader(Far(bytes))
        #expect(throws: ParquetError.self) { try reader.batches(of: TestCell.self, columns: ["nope"]) }
    }

    /// Any damage gives rows or an error through ranges as well.
    @Test
    func mutatedFilesGiveRowsOrAnError() async throws {
        let (bytes, _) = try file(300)
        var random = SeededRandom(seed: 77)
        for _ in 0..<400 {
            do {
                let reader = try await ParquetRangeReader(Far(mutated(bytes, &random)))
                _ = try await collect(try reader.batches(), 3)
            } catch is ParquetError {}
        }
    }
}
