import DistilabelValues
import Foundation

/// A real Argilla server in a process of its own, with a database of its own, that ends with the test.
final class ArgillaTestServer: Sendable {
    /// A Python with `argilla-server` and `argilla`; nil where there is none.
    static let python = ProcessInfo.processInfo.environment["DISTILABEL_ARGILLA_PYTHON"].flatMap { path in
        FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }

    let url: String
    private let server: Child
    private let client: Child
    private let home: String

    /// The variables with which a run finds the server, as its owner.
    var environment: [String: String] { ["ARGILLA_API_URL": url, "ARGILLA_API_KEY": "owner.key"] }

    /// Starts a server with an owner and two annotators, `NAME.key` their keys, in the workspace `main`.
    init() throws {
        var script = URL(filePath: #filePath)
        for _ in 0..<4 { script.deleteLastPathComponent() }
        home = FileManager.default.temporaryDirectory.appending(path: "argilla-\(UUID().uuidString)").path
        let users = ["owner:owner", "ann:annotator", "ben:annotator"].map {
            "\($0):\($0.prefix { $0 != ":" }).key:main"
        }
        server = try Child(
            [script.appending(path: "Scripts/argilla-server.py").path, "--home", home]
                + users.flatMap { ["--user", $0] })
        var said = ""
        while true {
            let data = server.output.fileHandleForReading.availableData
            said += String(decoding: data, as: UTF8.self)
            if let start = said.firstRange(of: "listening on "),
                let end = said[start.upperBound...].firstIndex(of: "\n")
            {
                url = String(said[start.upperBound..<end])
                break
            }
            if data.isEmpty { throw Failure(text: "the server ended before it listened: \(said)") }
        }
        client = try Child(["-c", Self.worker, url])
    }

    deinit {
        client.end()
        server.end()
        try? FileManager.default.removeItem(atPath: home)
    }

    struct Failure: Error, CustomStringConvertible {
        var text: String
        var description: String { text }
    }

    /// Runs a script with the real client, to which it finds `rg` and, as the server's owner, `client`; it prints JSON.
    func python(_ script: String) throws -> Value {
        try client.input.fileHandleForWriting.write(contentsOf: Data((JSON.string(.string(script)) + "\n").utf8))
        var line: [UInt8] = []
        while true {
            let data = client.output.fileHandleForReading.availableData
            line += data
            if data.isEmpty || line.last == UInt8(ascii: "\n") { break }
        }
        let answer = try JSON.parse(line)
        if let failure = answer["failed"]?.stringValue { throw Failure(text: failure) }
        return try JSON.parse(answer["said"]?.stringValue ?? "")
    }

    /// Reads scripts, one a line, and answers each with a line: what it printed, or how it failed.
    ///
    /// One process for all of them, since the client takes seconds to import.
    private static let worker = """
        import contextlib, io, json, logging, sys, traceback, warnings
        warnings.simplefilter("ignore")
        logging.disable(logging.CRITICAL)
        answers = sys.stdout
        sys.stdout = sys.stderr
        import argilla as rg
        client = rg.Argilla(api_url=sys.argv[1], api_key="owner.key")
        for line in sys.stdin:
            said = io.StringIO()
            try:
                with contextlib.redirect_stdout(said):
                    exec(json.loads(line), {"rg": rg, "client": client, "json": json})
                answer = {"said": said.getvalue().splitlines()[-1]}
            except Exception:
                answer = {"failed": traceback.format_exc()}
            print(json.dumps(answer), file=answers, flush=True)
        """
}

/// A process that ends when its input does.
private struct Child: Sendable {
    let process = Process()
    let input = Pipe()
    let output = Pipe()

    init(_ arguments: [String]) throws {
        process.executableURL = URL(filePath: ArgillaTestServer.python ?? "")
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["HF_HUB_OFFLINE": "1"]) { $1 }
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    func end() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
