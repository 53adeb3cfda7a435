import DistilabelParquet
import DistilabelValues
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
        var random = SeededRandom(seed: seed)
        for round in 0..<120 { survive(mutated(bytes, &random), "seed \(seed) round \(round)") }
    }

    /// Small files of pyarrow in every encoding, codec, page version and with INT96, each changed many times.
    ///
    /// `DISTILABEL_FUZZ_ROUNDS` sets how many times; 60 unless set, which makes about ten thousand changed files.
    @Test(.enabled(if: Oracle.isPresent, "DISTILABEL_PYTHON names no interpreter"))
    func mutatedFilesOfEveryEncodingAndCodecGiveRowsOrAnError() throws {
        let rounds = ProcessInfo.processInfo.environment["DISTILABEL_FUZZ_ROUNDS"].flatMap { Int($0) } ?? 60
        try withTemporaryFolder { folder in
            try Oracle.run(
                """
                import sys, random, datetime, decimal, itertools, pyarrow as pa, pyarrow.parquet as pq
                r = random.Random(2); n = 60; k = itertools.count()
                text = [r.choice([None, '', 'pre' * r.randint(0, 5) + str(r.random())]) for _ in range(n)]
                base = {'i': pa.array([r.choice([None, r.randint(-9**9, 9**9)]) for _ in range(n)], pa.int64()), 'j': pa.array(range(n), pa.int32()),
                    'f': pa.array([r.random() for _ in range(n)], pa.float32()), 'd': [r.random() for _ in range(n)], 's': text, 'b': [r.random() < .5 for _ in range(n)],
                    'x': pa.array([r.randbytes(4) for _ in range(n)], pa.binary(4)), 't': pa.array(range(n), pa.timestamp('ns')),
                    'p': pa.array([decimal.Decimal(i) for i in range(n)], pa.decimal128(20, 2)), 'l': [[1, None, 2][:i % 4] if i % 5 else None for i in range(n)],
                    'm': pa.array([[('k', [i])] * (i % 3) for i in range(n)], pa.map_(pa.string(), pa.list_(pa.int64()))), 'o': [{'a': i, 'b': [{'c': str(i)}]} for i in range(n)]}
                enc = {'i': 'DELTA_BINARY_PACKED', 'j': 'DELTA_BINARY_PACKED', 's': 'DELTA_BYTE_ARRAY', 'x': 'DELTA_BYTE_ARRAY', 'f': 'BYTE_STREAM_SPLIT', 'd': 'BYTE_STREAM_SPLIT', 'b': 'RLE',
                    'l.list.element': 'DELTA_BINARY_PACKED', 'o.b.list.element.c': 'DELTA_LENGTH_BYTE_ARRAY'}
                def write(cols, **o):
                    pq.write_table(pa.table({c: base[c] for c in cols}), f'{sys.argv[1]}/{next(k)}', data_page_size=200, write_batch_size=20, store_schema=False, **o)
                for codec in ['none', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4']:
                    for pages in ['1.0', '2.0']:
                        for dic in [True, False]:
                            for cols in ['ijs', 'fdb', 'xtp', 'l', 'm', 'o']:
                                e = None if dic else {p: v for p, v in enc.items() if p.split('.')[0] in cols}
                                write(cols, compression=codec, data_page_version=pages, use_dictionary=dic, column_encoding=e or None,
                                    use_deprecated_int96_timestamps=dic, write_statistics=dic)
                """, folder)
            var random = SeededRandom(seed: 31)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            #expect(names.count == 144)
            for name in names {
                let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
                let reader = try ParquetFileReader(bytes: bytes)
                #expect(try readAll(reader).allSatisfy { $0.count == 60 })
                for round in 0..<rounds { survive(mutated(bytes, &random), "\(name) round \(round)") }
            }
        }
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
        var random = SeededRandom(seed: 3)
        for length in 0..<300 {
            let middle = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            let size = withUnsafeBytes(of: UInt32(length).littleEndian) { Array($0) }
            survive(Array("PAR1".utf8) + middle + size + Array("PAR1".utf8), "length \(length)")
        }
    }

    @Test(.enabled(if: Oracle.hasCorpus, "DISTILABEL_CORPORA names no corpora"))
    func badFilesOfTheCorpusAndMutationsOfGoodOnesDoNotCrash() throws {
        let corpus = try #require(Oracle.corpus)
        var random = SeededRandom(seed: 9)
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

    /// Zeros by the hundred megabytes from a file of some kilobytes, which every codec can claim.
    @Test(
        .enabled(if: Oracle.isPresent, "DISTILABEL_PYTHON names no interpreter"), arguments: ["zstd", "brotli", "gzip"])
    func aBombIsRefusedUntilAllowed(codec: String) throws {
        try withTemporaryFolder { folder in
            try Oracle.run(
                """
                import sys, pyarrow as pa, pyarrow.parquet as pq
                pq.write_table(pa.table({f'c{i}': [b'\\0' * 70_000_000] for i in range(5)}), sys.argv[1], compression=sys.argv[2], use_dictionary=False,
                    write_statistics=False)
                """, folder + "/f", codec)
            let reader = try ParquetFileReader(path: folder + "/f")
            #expect(reader.byteCount < 1 << 20)
            let error = #expect(throws: ParquetError.self) { try readAll(reader) }
            #expect(error?.message.contains("pageByteLimit") == true, "\(String(describing: error))")
            var allowed = try reader.batches(of: TestCell.self, columns: ["c4"])
            #expect(try allowed.next()?.rowCount == 1)
        }
    }
}
