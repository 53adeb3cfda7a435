import Foundation

/// A Python with the modules that tests compare against.
enum Python {
    /// `python3` with PyYAML; nil where there is none.
    static let withYAML = find(["DISTILABEL_PYTHON"], importing: "yaml") ?? find([], importing: "yaml")
    /// A Python with pyarrow, duckdb and datasets, named by `DISTILABEL_PYTHON`; nil where there is none.
    static let withDatasets = find(["DISTILABEL_PYTHON"], importing: "pyarrow, duckdb, datasets")

    static var hasYAML: Bool { withYAML != nil }
    static var hasDatasets: Bool { withDatasets != nil }

    /// Runs a script with `input` on its standard input and returns what it prints.
    static func run(_ python: String?, _ script: String, input: String = "", arguments: [String] = []) throws -> String
    {
        guard let python else { throw Failure(text: "there is no Python") }
        let folder = try TemporaryFolder()
        // Files rather than pipes, so that neither side waits for the other.
        let source = folder.path("script.py")
        try Data(script.utf8).write(to: URL(fileURLWithPath: source))
        try Data(input.utf8).write(to: URL(fileURLWithPath: folder.path("input")))
        for name in ["output", "errors"] { try Data().write(to: URL(fileURLWithPath: folder.path(name))) }

        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [source] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging([
            "HF_HUB_OFFLINE": "1", "HF_HOME": folder.path("home"), "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
            "PYTHONIOENCODING": "utf-8",
        ]) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder.path("input")))
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path("output")))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path("errors")))
        try process.run()
        process.waitUntilExit()
        let output = try String(contentsOfFile: folder.path("output"), encoding: .utf8)
        guard process.terminationStatus == 0 else {
            throw Failure(text: try String(contentsOfFile: folder.path("errors"), encoding: .utf8))
        }
        return output
    }

    struct Failure: Error, CustomStringConvertible {
        var text: String
        var description: String { text }
    }

    private static func find(_ variables: [String], importing modules: String) -> String? {
        let environment = ProcessInfo.processInfo.environment
        let named = variables.compactMap { environment[$0] }
        let candidates =
            variables.isEmpty
            ? (environment["PATH"] ?? "").split(separator: ":").map { $0 + "/python3" } : named
        return candidates.first { path in
            guard FileManager.default.isExecutableFile(atPath: path) else { return false }
            let process = Process()
            process.executableURL = URL(fileURLWithPath: path)
            process.arguments = ["-c", "import \(modules)"]
            process.standardError = FileHandle.nullDevice
            guard (try? process.run()) != nil else { return false }
            process.waitUntilExit()
            return process.terminationStatus == 0
        }
    }
}
