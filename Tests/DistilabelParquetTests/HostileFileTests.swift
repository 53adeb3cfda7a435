import DistilabelParquet
import Foundation
import Testing

/// Any bytes give rows or a `ParquetError`, and nothing else.
struct HostileFileTests {
    /// Reads up to some thousand rows; anything but rows and our own error fails the test.
    private func survive(_ bytes: [UInt8], _ label: String) {
        do {
            let reader = try ParquetFileReader(bytes: bytes)
            for name in reader.schema.names {
                do {
                    var batches = try reader.batches(of: TestCell.self, columns: [name], rows: 256)
                    for _ in 0..<8 where try batches.next() == nil { break }
                } catch is ParquetError {}
            }
        } catch is ParquetError {
        } catch {
            Issue.record("\(label): \(error)")
        }
    }

    @Test(arguments: 0..<24 as Range<UInt64>)
    func mutatedFilesOfOursGiveRowsOrAnError(seed: UInt64) throws {
        var data = RandomData(seed: 500 + seed)
        let schema = data.schema(columns: 2)
        let columns = data.columns(schema, rows: 200)
        let bytes = try withTemporaryFolder { folder in
            try write(columns, schema, to: folder + "/f") {
                $0.compression = [.none, .snappy, .zstd()][Int(seed % 3)]
                $0.pageByteLimit = 300
            }
            return Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/f")))
        }
        var random = SeededGenerator(seed: seed)
        for round in 0..<120 { survive(mutated(bytes, &random), "seed \(seed) round \(round)") }
    }

    @Test
    func everyPrefixOfAFileIsRefused() throws {
        let schema = ParquetSchema([.init("a", .list(.string))])
        let bytes = try withTemporaryFolder { folder in
            try write([[.list([.string("x")]), .null]], schema, to: folder + "/f")
            return Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/f")))
        }
        for length in 0..<bytes.count {
            #expect(throws: ParquetError.self) { try ParquetFileReader(bytes: Array(bytes[..<length])) }
        }
    }

    @Test
    func arbitraryBytesBetweenTheMagicsAreRefused() {
        var random = SeededGenerator(seed: 3)
        for length in 0..<300 {
            let middle = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            let size = withUnsafeBytes(of: UInt32(length).littleEndian) { Array($0) }
            survive(Array("PAR1".utf8) + middle + size + Array("PAR1".utf8), "length \(length)")
        }
    }

    @Test(.enabled(if: Oracle.hasCorpus, "DISTILABEL_CORPORA names no corpora"))
    func badFilesOfTheCorpusAndMutationsOfGoodOnesDoNotCrash() throws {
        let corpus = try #require(Oracle.corpus)
        var random = SeededGenerator(seed: 9)
        for folder in ["bad_data", "data"] {
            for name in try FileManager.default.contentsOfDirectory(atPath: "\(corpus)/\(folder)").sorted() {
                let url = URL(fileURLWithPath: "\(corpus)/\(folder)/\(name)")
                guard name.hasSuffix(".parquet"), let data = try? Data(contentsOf: url), data.count < 300_000 else {
                    continue
                }
                let bytes = Array(data)
                survive(bytes, name)
                for round in 0..<25 { survive(mutated(bytes, &random), "\(name) round \(round)") }
            }
        }
    }

    @Test
    func aClaimOfManyElementsIsRefusedBeforeItTakesMemory() throws {
        let schema = ParquetSchema([.init("a", .list(.int64))])
        try withTemporaryFolder { folder in
            let many = TestCell.list(Array(repeating: .null, count: 300_000))
            try write([[many, .list([])]], schema, to: folder + "/f")
            let reader = try ParquetFileReader(path: folder + "/f")
            var tight = try reader.batches(of: TestCell.self, entryLimit: 100_000)
            #expect(throws: ParquetError.self) { try tight.next() }
            var loose = try reader.batches(of: TestCell.self)
            #expect(try loose.next()?.columns[0][0] == many)
        }
    }
}
