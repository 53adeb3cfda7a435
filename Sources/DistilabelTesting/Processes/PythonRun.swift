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

    /// Whether an interpreter can import some modules: `pyarrow, duckdb`.
    public static func canImport(_ modules: String, _ interpreter: String? = interpreter) -> Bool {
        guard let interpreter, FileManager.default.isExecutableFile(atPath: interpreter) else { return false }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: interpreter)
        process.arguments = ["-c", "import \(modules)"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    /// Runs a script and gives what it prints.
    ///
    /// - Parameters:
    ///   - script: The program.
    ///   - interpreter: Who runs it.
    ///   - input: What it finds on its standard input.
    ///   - arguments: What it finds behind its name in `sys.argv`.
    ///   - environment: Variables beside those of this process.
    /// - Throws: ``Failure`` with what it wrote on standard error.
    public static func run(
        _ script: String, with interpreter: String? = interpreter, input: String = "", arguments: [String] = [],
        environment: [String: String] = [:]
    ) throws -> String {
        let files = try Files(script: script, input: input)
        defer { files.remove() }
        let process = try files.process(interpreter, arguments, environment)
        try process.run()
        process.waitUntilExit()
        return try files.output(of: process)
    }

    /// Runs a script and gives what it prints; other tasks go on meanwhile.
    ///
    /// - Parameters:
    ///   - script: The program.
    ///   - arguments: What it finds behind its name in `sys.argv`.
    ///   - environment: Variables beside those of this process.
    /// - Throws: ``Failure`` with what it wrote on standard error.
    public static func output(
        of script: String, arguments: [String] = [], environment: [String: String] = [:]
    ) async throws -> String {
        let files = try Files(script: script, input: "")
        defer { files.remove() }
        let process = try files.process(interpreter, arguments, environment)
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        return try files.output(of: process)
    }

    /// The script and its streams, as files rather than pipes, so that neither side waits for the other.
    private struct Files {
        let folder = FileManager.default.temporaryDirectory.appending(path: "python-\(UUID().uuidString)")

        init(script: String, input: String) throws {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for (name, text) in [("script.py", script), ("input", input), ("output", ""), ("errors", "")] {
                try Data(text.utf8).write(to: folder.appending(path: name))
            }
        }

        func process(
            _ interpreter: String?, _ arguments: [String], _ environment: [String: String]
        ) throws -> Process {
            guard let interpreter else { throw Failure(text: "there is no Python; set DISTILABEL_PYTHON") }
            let process = Process()
            process.executableURL = URL(fileURLWithPath: interpreter)
            process.arguments = [folder.appending(path: "script.py").path()] + arguments
            process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
                .merging(["PYTHONIOENCODING": "utf-8"]) { $1 }
            process.standardInput = try FileHandle(forReadingFrom: folder.appending(path: "input"))
            process.standardOutput = try FileHandle(forWritingTo: folder.appending(path: "output"))
            process.standardError = try FileHandle(forWritingTo: folder.appending(path: "errors"))
            return process
        }

        func output(of process: Process) throws -> String {
            guard process.terminationStatus == 0 else { throw Failure(text: try text("errors")) }
            return try text("output")
        }

        func remove() { try? FileManager.default.removeItem(at: folder) }

        private func text(_ name: String) throws -> String {
            try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        }
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
