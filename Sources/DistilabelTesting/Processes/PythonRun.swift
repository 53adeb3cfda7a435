internal import Foundation

/// A Python with foreign programs to compare with: that of the environment variable `DISTILABEL_PYTHON`.
public enum PythonRun {
    /// The interpreter; nil where none is named.
    public static var interpreter: String? {
        ProcessInfo.processInfo.environment["DISTILABEL_PYTHON"].flatMap {
            FileManager.default.isExecutableFile(atPath: $0) ? $0 : nil
        }
    }

    /// Why a script failed.
    public struct Failure: Error, CustomStringConvertible {
        /// What it wrote on standard error.
        public var text: String
        /// The same.
        public var description: String { text }
    }

    /// Runs a script and gives what it prints.
    ///
    /// - Parameters:
    ///   - script: The program.
    ///   - arguments: What it finds behind its name in `sys.argv`.
    ///   - environment: Variables beside those of this process.
    ///   - folder: Where its files are kept meanwhile.
    /// - Throws: ``Failure`` with what it wrote on standard error.
    public static func output(
        of script: String, arguments: [String] = [], environment: [String: String] = [:], folder: String
    ) async throws -> String {
        guard let interpreter else { throw Failure(text: "there is no Python; set DISTILABEL_PYTHON") }
        // Files rather than pipes, so that neither side waits for the other.
        let base = URL(fileURLWithPath: folder).appending(path: "python-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: base, withIntermediateDirectories: true)
        let source = base.appending(path: "script.py")
        try Data(script.utf8).write(to: source)
        let outputs = ["output", "errors"].map { base.appending(path: $0) }
        for output in outputs { try Data().write(to: output) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: interpreter)
        process.arguments = [source.path] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
            .merging(["PYTHONIOENCODING": "utf-8"]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: outputs[0])
        process.standardError = try FileHandle(forWritingTo: outputs[1])
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        guard process.terminationStatus == 0 else {
            throw Failure(text: try String(contentsOf: outputs[1], encoding: .utf8))
        }
        return try String(contentsOf: outputs[0], encoding: .utf8)
    }
}

extension PythonRun {
    /// The variables with which the libraries of Hugging Face use a stand-in Hub and nothing of the user's.
    public static func variables(hub: MockHub, folder: String, token: String = "hf_write") -> [String: String] {
        [
            "HF_ENDPOINT": hub.endpoint, "HF_TOKEN": token, "HF_HOME": folder + "/hf-home", "HF_HUB_DISABLE_XET": "1",
            "HF_HUB_DISABLE_PROGRESS_BARS": "1", "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
            "HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_OFFLINE": "0",
        ]
    }
}
