import DistilabelParquet
import Foundation
import Testing

/// The public files of apache/parquet-testing.
@Suite(.enabled(if: Oracle.hasCorpus && Oracle.isPresent, "DISTILABEL_CORPORA or DISTILABEL_PYTHON is not set"))
struct CorpusTests {
    private static let script = """
        import sys, json, glob, os, pyarrow as pa, pyarrow.parquet as pq
        def j(v):
            if isinstance(v, float): return repr(v)
            if isinstance(v, bytes): return v.hex()
            if isinstance(v, tuple): return {'key': j(v[0]), 'value': j(v[1])}
            if isinstance(v, dict): return {k: j(x) for k, x in v.items()}
            if isinstance(v, list): return [j(x) for x in v]
            return v
        for path in glob.glob(sys.argv[1] + '/data/*.parquet'):
            if 'brotli' in path: continue  # values of a gibibyte
            f = None
            try: f = pq.ParquetFile(path)
            except Exception: continue
            cols = {}
            for n in f.schema_arrow.names:
                try: cols[n] = j(f.read(columns=[n]).column(n).to_pylist()); json.dumps(cols[n])
                except Exception: cols.pop(n, None)
            json.dump(cols, open(sys.argv[2] + '/' + os.path.basename(path) + '.json', 'w'))
        """

    @Test
    func everyColumnReadsAsPyarrowReadsItOrIsRefusedByName() throws {
        let corpus = try #require(Oracle.corpus)
        try withTemporaryFolder { folder in
            try Oracle.run(Self.script, corpus, folder)
            var equal = 0
            var refused = 0
            for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
                let file = String(name.dropLast(5))
                let json = try #require(
                    try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
                        as? [String: [Any]])
                let reader = try ParquetFileReader(path: "\(corpus)/data/\(file)")
                for field in reader.schema.fields {
                    do {
                        let got = try readAll(reader, columns: [field.name])[0]
                        guard let column = json[field.name] else { continue }
                        let want = try column.map { try TestCell(json: $0, as: field.type) }
                        #expect(got == want, "\(file) \(field)")
                        equal += 1
                    } catch let error as ParquetError {
                        #expect(error.code == .unsupported, "\(file) \(field): \(error)")
                        #expect(error.message.contains("column \(field.name)"), "\(error)")
                        refused += 1
                    } catch {
                        Issue.record("\(file) \(field): \(error)")
                    }
                }
            }
            #expect(equal >= 150, "equal \(equal), refused \(refused)")
        }
    }

    @Test
    func compressionThatIsNotReadIsNamed() throws {
        let corpus = try #require(Oracle.corpus)
        for (file, name) in [("large_string_map.brotli", "Brotli"), ("lz4_raw_compressed", "LZ4")] {
            let reader = try ParquetFileReader(path: "\(corpus)/data/\(file).parquet")
            let error = #expect(throws: ParquetError.self) { try readAll(reader) }
            #expect(error?.code == .unsupported)
            #expect(error?.message.contains(name) == true)
        }
    }

    @Test
    func encryptedFilesAreRefusedByName() throws {
        let corpus = try #require(Oracle.corpus)
        let error = #expect(throws: ParquetError.self) {
            try ParquetFileReader(path: corpus + "/data/uniform_encryption.parquet.encrypted")
        }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("encrypted") == true)
    }
}
