import DistilabelValues
import Foundation
import Testing

/// Where the suite lies, under the folder that DISTILABEL_CORPORA names.
private enum JSONTestSuite {
    static let folder = ProcessInfo.processInfo.environment["DISTILABEL_CORPORA"].map {
        URL(filePath: $0).appending(path: "json-test-suite/test_parsing")
    }

    static let files: [URL] = {
        guard let folder else { return [] }
        let found = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return (found ?? []).filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
    }()
}

/// The public suite of Nicolas Seriot: `y_` documents are JSON, `n_` documents are not, `i_` documents may be either.
@Suite(.enabled(if: JSONTestSuite.folder != nil, "DISTILABEL_CORPORA is not set"))
struct JSONTestSuiteTests {
    @Test func theSuiteIsThere() { #expect(JSONTestSuite.files.count > 300) }

    @Test(arguments: JSONTestSuite.files)
    func readsWhatIsJSONAndNothingElse(file: URL) throws {
        let bytes = [UInt8](try Data(contentsOf: file))
        switch file.lastPathComponent.prefix(2) {
        case "y_":
            let value = try JSON.parse(bytes)
            #expect(try JSON.parse(JSON.string(value)) == value)
        case "n_": #expect(throws: JSONError.self) { try JSON.parse(bytes) }
        default: _ = try? JSON.parse(bytes)
        }
    }

    @Test(arguments: JSONTestSuite.files)
    func givesTheSameAnswerForALineInPieces(file: URL) throws {
        let bytes = [UInt8](try Data(contentsOf: file))
        guard !bytes.contains(UInt8(ascii: "\n")), !bytes.isEmpty else { return }
        var reader = JSONLinesReader()
        let inPieces = Result {
            var values: [Value] = []
            for byte in bytes { values += try reader.append(CollectionOfOne(byte)) }
            return values + (try reader.finish())
        }
        switch Result(catching: { try JSON.parse(bytes) }) {
        case .success(let value): #expect(try inPieces.get() == [value])
        case .failure where bytes.allSatisfy { $0 == 0x20 }: #expect(try inPieces.get().isEmpty)
        case .failure: #expect(throws: JSONError.self) { try inPieces.get() }
        }
    }
}
