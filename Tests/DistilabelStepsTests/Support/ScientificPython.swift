import DistilabelValues
import Foundation

/// Python with numpy, scikit-learn and datasketch, which tests ask what they make of the same numbers.
enum ScientificPython {
    /// The program, named by `DISTILABEL_PYTHON`; nil where it is not there or lacks the packages.
    static let program: String? = {
        guard let path = ProcessInfo.processInfo.environment["DISTILABEL_PYTHON"],
            let process = try? start(path, ["-c", "import numpy, sklearn, datasketch"])
        else { return nil }
        process.waitUntilExit()
        return process.terminationStatus == 0 ? path : nil
    }()

    static var isAvailable: Bool { program != nil }

    struct Failure: Error { var text: String }

    /// Runs a script that finds `given` and leaves `answer`.
    static func ask(_ script: String, _ given: Value) throws -> Value {
        guard let program else { throw Failure(text: "there is no Python with scikit-learn and datasketch") }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("steps-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ["given", "answer", "errors"].map { folder.appendingPathComponent($0) }
        try Data(JSON.string(given).utf8).write(to: files[0])
        try Data().write(to: files[2])
        let whole = """
            import json, sys
            given = json.load(open(sys.argv[1], encoding="utf-8"))
            \(script)
            json.dump(answer, open(sys.argv[2], "w"))
            """
        let process = try start(program, ["-c", whole, files[0].path, files[1].path], errors: files[2])
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(text: try String(contentsOf: files[2], encoding: .utf8))
        }
        return try JSON.parse(try String(contentsOf: files[1], encoding: .utf8))
    }

    private static func start(_ path: String, _ arguments: [String], errors: URL? = nil) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardError = try errors.map { try FileHandle(forWritingTo: $0) } ?? .nullDevice
        try process.run()
        return process
    }
}
