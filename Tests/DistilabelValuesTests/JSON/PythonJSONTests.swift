import DistilabelTesting
import DistilabelValues
import Foundation
import Testing

/// The interpreter, when there is one.
private enum Python {
    static let path: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { "\($0)/python3" }.first { FileManager.default.isExecutableFile(atPath: $0) }
}

/// Round trips through Python's `json` module, which was written by others.
@Suite(.enabled(if: Python.path != nil, "python3 is not on the PATH"))
struct PythonJSONTests {
    /// Feeds a Python program and returns what it prints.
    private func run(_ program: String, input: [UInt8]) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "json-\(UUID().uuidString)")
        try Data(input).write(to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = Process()
        process.executableURL = URL(filePath: try #require(Python.path))
        process.arguments = ["-c", program, folder.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readWhole()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return [UInt8](data)
    }

    private func lines(seed: UInt64, count: Int) throws -> (values: [Value], bytes: [UInt8]) {
        var random = RandomValues(seed: seed)
        let values = (0..<count).map { _ in random.value() }
        var bytes: [UInt8] = []
        for value in values {
            try JSON.write(value, into: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
        return (values, bytes)
    }

    @Test(arguments: ["True", "False"])
    func survivesPythonsHands(ensuresASCII: String) throws {
        let (values, bytes) = try lines(seed: 11, count: 400)
        let program = """
            import json, sys
            for line in open(sys.argv[1], 'rb').read().split(b'\\n'):
                if line: sys.stdout.buffer.write((json.dumps(json.loads(line), ensure_ascii=\(ensuresASCII)) + '\\n').encode())
            """
        #expect(try JSON.parseLines(try run(program, input: bytes)) == values)
    }

    @Test func writesDoublesAsPythonDoes() throws {
        var random = SeededRandom(seed: 3)
        let doubles = (0..<3000).map { _ in Double(bitPattern: random.next()) }.filter(\.isFinite)
        let bytes = Array(JSON.string(.array(doubles.map { .double($0) })).utf8)
        let program = """
            import json, sys
            doubles = json.load(open(sys.argv[1]))
            sys.stdout.write(json.dumps([[d.hex(), repr(d)] for d in doubles]))
            """
        let pairs = try #require(try JSON.parse(try run(program, input: bytes)).arrayValue)
        #expect(pairs.count == doubles.count)
        for (double, pair) in zip(doubles, pairs) {
            let pair = try #require(pair.arrayValue)
            #expect(Double(try #require(pair[0].stringValue)) == double)
            #expect(pair[1].stringValue == JSON.string(.double(double)))
        }
    }

    @Test func agreesWithPythonOnTheText() throws {
        let (values, bytes) = try lines(seed: 23, count: 200)
        let program = """
            import json, sys
            for line in open(sys.argv[1], 'rb').read().split(b'\\n'):
                if line: print(json.dumps(json.loads(line), indent=2, sort_keys=True), end='\\x1e')
            """
        let output = String(decoding: try run(program, input: bytes), as: UTF8.self)
        let texts = output.split(separator: "\u{1E}", omittingEmptySubsequences: true)
        #expect(texts.count == values.count)
        for (value, text) in zip(values, texts) {
            #expect(try JSON.parse(Array(text.utf8)) == value)
            let ours = JSON.string(value, pretty: true, sortedKeys: true, asciiOnly: true)
            #expect(ours == text.replacingOccurrences(of: "\u{7F}", with: "\\u007f"))
        }
    }
}
