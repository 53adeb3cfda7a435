import DistilabelTesting
import Foundation
import Synchronization
import Testing

/// The built command, killed while it works.
@Suite(.timeLimit(.minutes(10)))
struct KilledRunTests {
    /// The command beside the tests, where it was built with them.
    private static let command: String? = {
        var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        for _ in 0..<6 {
            let path = folder.appending(path: "distilabel").path
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue { return path }
            folder.deleteLastPathComponent()
        }
        return nil
    }()

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func start(_ server: MockLLMServer, out: String, cache: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: try #require(Self.command))
        process.arguments = [
            "pipeline", "run", "--config", folder.path + "/pipeline.yaml", "--output", folder.path + "/" + out,
            "--format", "jsonl", "--overwrite", "--quiet",
        ]
        process.environment = [
            "OPENAI_BASE_URL": server.baseURL, "OPENAI_API_KEY": "none",
            "DISTILABEL_CACHE_DIR": folder.path + "/" + cache,
        ]
        try process.run()
        return process
    }

    @Test(.enabled(if: command != nil), arguments: [SIGKILL, SIGINT, SIGTERM])
    func losesNothingAndAsksNothingTwice(_ signal: Int32) async throws {
        let rows = 120
        let most = 8
        let data = (0..<rows).map { "{instruction: question \($0)}" }.joined(separator: ", ")
        _ = try folder.file(
            "pipeline.yaml",
            pipelineYAML(
                [
                    ("load", "type: LoadDataFromDicts, data: [\(data)]"),
                    (
                        "first",
                        "type: TextGeneration, llm: {type: OpenAILLM, model: a, max_concurrent_requests: \(most / 2)}, output_mappings: {generation: instruction2}"
                    ),
                    (
                        "second",
                        "type: TextGeneration, llm: {type: OpenAILLM, model: b, max_concurrent_requests: \(most / 2)}, input_mappings: {instruction: instruction2}"
                    ),
                ], ["load -> first", "first -> second"]))
        let asked = Asked()
        let server = try await MockLLMServer.start(keeping: 0) { request in
            guard request.method == "POST" else { return .models("a", "b") }
            asked.add()
            // A number of the request alone, so that every answer has its own.
            let hash = request.body.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
            return .chatCompletion(text: "answer \(hash)", model: "m").delayed(.milliseconds(8))
        }
        let whole = try start(server, out: "whole", cache: "whole-answers")
        whole.waitUntilExit()
        #expect(whole.terminationStatus == 0)
        let needed = asked.count
        #expect(needed == 2 * rows)

        var ends = 0
        while ends < 5 {
            let process = try start(server, out: "out", cache: "answers")
            let target = asked.count + Int.random(in: 1...(2 * rows / 4))
            while process.isRunning, asked.count < target { try await Task.sleep(for: .milliseconds(2)) }
            kill(process.processIdentifier, signal)
            process.waitUntilExit()
            if process.terminationReason == .exit, process.terminationStatus == 0 { break }
            if signal != SIGKILL { #expect(process.terminationStatus == 75) }
            ends += 1
        }
        let last = try start(server, out: "out", cache: "answers")
        last.waitUntilExit()
        #expect(last.terminationStatus == 0)
        #expect(try folder.read("out/default/train.jsonl") == folder.read("whole/default/train.jsonl"))
        let more = asked.count - 2 * needed
        // What is under way is lost to a kill, and to nothing else.
        #expect(more <= (signal == SIGKILL ? ends * most : 0), "\(more) calls more than needed, ended \(ends) times")
        // Nothing half-written stays behind a later run.
        #expect(!folder.names.contains { $0.contains("partial") })
        try await server.stop()
    }

    /// Counts calls.
    private final class Asked: Sendable {
        private let state = Mutex(0)
        var count: Int { state.withLock { $0 } }
        func add() { state.withLock { $0 += 1 } }
    }
}
