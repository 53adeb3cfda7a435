import DistilabelParquet
import Foundation
import Testing

/// The public files of apache/parquet-testing: what is said of each in Documentation/PARQUET.md must be so.
@Suite(.enabled(if: Oracle.hasCorpus && Oracle.isPresent, "DISTILABEL_CORPORA or DISTILABEL_PYTHON is not set"))
struct CorpusTests {
    private static let script =
        canonicalPython + #"""
            for path in glob.glob(sys.argv[1] + '/**/*.parquet', recursive=True):
                if 'brotli' in path: continue  # two values of a gibibyte each
                cols, f = {}, None
                try:
                    f = pq.ParquetFile(path)
                    for i, n in enumerate(f.schema_arrow.names):
                        # Nanoseconds of 64 bits, pyarrow's default, wrap around in the years that Spark wrote.
                        unit = 'us' if 'int96_from_spark' in path else None
                        try: cols[n] = column(pq.read_table(path, columns=[n], use_threads=False, coerce_int96_timestamp_unit=unit).column(0))
                        except Exception as e: cols[n] = str(e)[:200]
                except Exception as e: cols = str(e)[:200]
                json.dump(cols, open(sys.argv[2] + '/' + os.path.relpath(path, sys.argv[1]).replace('/', '|') + '.json', 'w'))
            """#

    /// What became of one file.
    private struct Outcome {
        var rows = 0
        var equal = 0
        var unlike: [String] = []
        var refused: [String] = []
        /// Columns that pyarrow itself does not read.
        var alone = 0

        var line: String {
            var parts: [String] = []
            if equal > 0 { parts.append(equal == 1 ? "1 column equal" : "\(equal) columns equal") }
            if alone > 0 { parts.append("\(alone) read that pyarrow refuses") }
            parts += unlike.map { "**differs**: \($0)" }
            parts += Array(Set(refused)).sorted().map { "refused: \($0)" }
            return "\(rows) | \(parts.joined(separator: "; "))"
        }
    }

    private func outcome(_ path: String, expected: Any) -> Outcome {
        var outcome = Outcome()
        let theirs = expected as? [String: Any]
        do {
            let reader = try ParquetFileReader(path: path)
            outcome.rows = reader.rowCount
            for field in reader.schema.fields {
                do {
                    let got = try readAll(reader, columns: [field.name])[0]
                    guard let want = theirs?[field.name] as? [Any] else {
                        outcome.alone += 1
                        continue
                    }
                    let cells = try? want.map { try TestCell(json: $0, as: field.type) }
                    if got == cells {
                        outcome.equal += 1
                    } else {
                        outcome.unlike.append("`\(field.name)` \(field.type)")
                    }
                } catch let error as ParquetError {
                    outcome.refused.append(reason(error, path))
                } catch {
                    outcome.unlike.append("`\(field.name)`: \(error)")
                }
            }
        } catch let error as ParquetError {
            outcome.refused.append(reason(error, path))
        } catch {
            outcome.unlike.append("\(error)")
        }
        return outcome
    }

    private func reason(_ error: ParquetError, _ path: String) -> String {
        let text = error.message.replacingOccurrences(of: path + ": ", with: "").replacingOccurrences(
            of: path, with: "it")
        return "\(text) (`\(error.code)`)"
    }

    @Test
    func everyFileIsReadOrRefusedAsTheDocumentationSays() throws {
        let corpus = try #require(Oracle.corpus)
        var lines = ["| file | rows | outcome |", "| --- | --- | --- |"]
        try withTemporaryFolder { folder in
            try Oracle.run(Self.script, corpus, folder)
            let files = try FileManager.default.subpathsOfDirectory(atPath: corpus)
            for file in files.sorted() where file.hasSuffix(".parquet") || file.hasSuffix(".encrypted") {
                let json = "\(folder)/\(file.replacingOccurrences(of: "/", with: "|")).json"
                let data = FileManager.default.contents(atPath: json) ?? Data("null".utf8)
                let expected = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
                let outcome = outcome("\(corpus)/\(file)", expected: expected)
                if file.hasPrefix("bad_data/") {
                    let isEqual = outcome.equal > 0 && outcome.unlike.isEmpty && outcome.alone == 0
                    #expect(!outcome.refused.isEmpty || isEqual, "\(file): \(outcome.line)")
                }
                lines.append("| `\(file)` | \(outcome.line) |")
            }
        }
        try expectSection("corpus", of: "PARQUET.md", toBe: lines.joined(separator: "\n"))
    }

    /// A bomb of four kilobytes: two texts of a gibibyte each.
    @Test
    func aPageThatClaimsAGibibyteIsRefusedUntilAllowed() throws {
        let corpus = try #require(Oracle.corpus)
        let reader = try ParquetFileReader(path: "\(corpus)/data/large_string_map.brotli.parquet")
        let error = #expect(throws: ParquetError.self) { try readAll(reader) }
        #expect(error?.message.contains("pageByteLimit") == true, "\(String(describing: error))")
    }
}

/// Compares a generated part of a page of the documentation with what it should be; with `DISTILABEL_REGENERATE` set,
/// writes it there.
func expectSection(_ name: String, of page: String, toBe text: String) throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../Documentation/\(page)"
    let document = try String(contentsOfFile: path, encoding: .utf8)
    let start = try #require(document.range(of: "<!-- begin \(name) -->\n"))
    let end = try #require(document.range(of: "\n<!-- end \(name) -->"))
    if ProcessInfo.processInfo.environment["DISTILABEL_REGENERATE"] != nil {
        try document.replacingCharacters(in: start.upperBound..<end.lowerBound, with: text)
            .write(toFile: path, atomically: true, encoding: .utf8)
    } else {
        let known = document[start.upperBound..<end.lowerBound].split(separator: "\n")
        let lines = text.split(separator: "\n")
        for (line, old) in zip(lines, known) { #expect(line == old) }
        #expect(lines.count == known.count)
    }
}
