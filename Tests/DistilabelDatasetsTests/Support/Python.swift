import DistilabelTesting
import Foundation

/// A Python with the modules that tests compare against.
enum Python {
    /// A Python with PyYAML: that of `DISTILABEL_PYTHON`, else the `python3` of the path; nil where there is none.
    static let withYAML = candidates.first { PythonRun.canImport("yaml", $0) }
    /// A Python with pyarrow, duckdb and datasets, named by `DISTILABEL_PYTHON`; nil where there is none.
    static let withDatasets = PythonRun.canImport("pyarrow, duckdb, datasets") ? PythonRun.interpreter : nil

    static var hasYAML: Bool { withYAML != nil }
    static var hasDatasets: Bool { withDatasets != nil }

    /// Runs a script with `input` on its standard input and returns what it prints.
    static func run(_ python: String?, _ script: String, input: String = "", arguments: [String] = []) throws -> String
    {
        let folder = try TemporaryFolder()
        return try PythonRun.run(
            script, with: python, input: input, arguments: arguments,
            environment: [
                "HF_HUB_OFFLINE": "1", "HF_HOME": folder.path("home"), "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
            ])
    }

    private static var candidates: [String] {
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/python3" }
        return [PythonRun.interpreter].compactMap(\.self) + path
    }
}
