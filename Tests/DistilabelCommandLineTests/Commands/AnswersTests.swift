import Distilabel
import DistilabelCommandLine
import DistilabelTesting
import Foundation
import Testing

/// The command and the answers of earlier runs.
@Suite(.timeLimit(.minutes(10)))
struct AnswersTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func config(rows: Int, retries: Int = 0, model: String = "m") throws -> String {
        let data = (0..<rows).map { "{text: row \($0)}" }.joined(separator: ", ")
        return try folder.file(
            "pipeline.yaml",
            pipelineYAML(
                [
                    ("load", "type: Rows, data: [\(data)]"),
                    (
                        "ask",
                        "type: Ask, llm: {type: OpenAILLM, model: \(model), max_retries: \(retries), max_concurrent_requests: 8}"
                    ),
                ], ["load -> ask"]))
    }

    private func run(_ server: MockLLMServer, _ rows: Int, _ more: String..., out: String = "out") async throws
        -> CommandRun
    {
        let config = try config(rows: rows)
        return await CommandRun(
            ["pipeline", "run", "-c", config, "-o", folder.path + "/" + out, "--format", "jsonl", "--overwrite"] + more,
            environment: [
                "OPENAI_BASE_URL": server.baseURL, "OPENAI_API_KEY": "sk-planted",
                "DISTILABEL_CACHE_DIR": folder.path + "/answers",
            ])
    }

    /// A server whose answers depend on the request alone.
    private func server() async throws -> MockLLMServer {
        try await MockLLMServer.start { request in
            request.method == "POST" ? .chatCompletion(text: "said \(request.body.count)", model: "m") : .models("m")
        }
    }

    private func calls(_ server: MockLLMServer) -> Int { server.requests.filter { $0.method == "POST" }.count }
    private var rows: String { get throws { try folder.read("out/default/train.jsonl") } }

    @Test func aSecondRunAsksNothingAndAReplayNeedsNobody() async throws {
        let server = try await server()
        #expect(try await run(server, 5).status == .finished)
        let first = try rows
        let again = try await run(server, 5)
        #expect(again.status == .finished && again.output.contains("5 calls from the journal"), "\(again.output)")
        #expect(try await run(server, 6).status == .finished)
        #expect(calls(server) == 6)
        try await server.stop()
        let replay = try await run(server, 5, "--replay")
        #expect(replay.status == .finished, "\(replay.errors)")
        #expect(try rows == first)
        let lacking = try await run(server, 7, "--replay")
        #expect(lacking.status == .invalidInput)
        #expect(lacking.errors.contains("is not in") && lacking.errors.contains("--replay"), "\(lacking.errors)")
    }

    @Test func asksAnewWhenTold() async throws {
        let server = try await server()
        _ = try await run(server, 3)
        #expect(try await run(server, 3, "--ignore-cache").status == .finished)
        #expect(calls(server) == 6)
        try await server.stop()
    }

    @Test func aBudgetStopsItAndTheSameCommandGoesOn() async throws {
        let server = try await server()
        let stopped = try await run(server, 20, "--max-requests", "8")
        #expect(stopped.status == .stopped)
        #expect(
            stopped.errors.contains("--max-requests") && stopped.errors.contains("8 answers kept"), "\(stopped.errors)")
        #expect(!folder.names.contains("out"))
        #expect(try await run(server, 20).status == .finished)
        #expect(calls(server) == 20)
        try await server.stop()
    }

    @Test func aPriceThatNobodyKnowsIsSaidBeforeAnythingIsAsked() async throws {
        let server = try await server()
        let run = try await run(server, 3, "--max-cost", "1")
        #expect(run.status == .misused && run.errors.contains("--prices FILE"), "\(run.errors)")
        #expect(server.requestCount == 0)
        let prices = try folder.file("prices.yaml", "models: [{model: m, input: 1000, output: 1000}]")
        let priced = try await self.run(server, 3, "--max-cost", "100", "--prices", prices)
        #expect(priced.status == .finished && priced.output.contains("$"), "\(priced.errors)")
        try await server.stop()
    }

    @Test func anEstimateCostsNoMoreThanItsSample() async throws {
        let server = try await server()
        let estimate = try await run(server, 40, "--estimate", "--rows", "4")
        #expect(estimate.status == .finished, "\(estimate.errors)")
        #expect(estimate.output.contains("about 40 calls"), "\(estimate.output)")
        #expect(calls(server) == 4)
        _ = try await run(server, 40)
        #expect(calls(server) == 40)
        try await server.stop()
    }

    @Test func strictEndsWithTheFirstFailure() async throws {
        let server = try await MockLLMServer.start { request in
            request.text.contains("row 2") ? .failure(400) : .chatCompletion(text: "yes", model: "m")
        }
        #expect(try await run(server, 5).status == .finishedWithFailedRows)
        let strict = try await run(server, 5, "--strict")
        #expect(strict.status == .failed && strict.errors.contains("a row failed"), "\(strict.errors)")
        try await server.stop()
    }

    @Test func listsShowsResumesAndRemovesRuns() async throws {
        let server = try await server()
        let environment = [
            "OPENAI_BASE_URL": server.baseURL, "DISTILABEL_CACHE_DIR": folder.path + "/answers",
        ]
        func runs(_ arguments: String...) async -> CommandRun {
            await CommandRun(["runs"] + arguments, environment: environment)
        }
        #expect(await runs("list").output.contains("no runs"))
        _ = try await run(server, 20, "--max-requests", "8")
        let list = await runs("list")
        #expect(list.output.contains("small") && list.output.contains("stopped"), "\(list.output)")
        // A price that nobody knows is said, not taken for nothing.
        #expect(list.output.contains("not known") && !list.output.contains("$0"), "\(list.output)")
        let resumed = await runs("resume", "small")
        #expect(resumed.status == .finished, "\(resumed.errors)")
        #expect(calls(server) == 20)
        let show = await runs("show", "small")
        #expect(show.output.contains("finished") && show.output.contains("ask"), "\(show.output)")
        #expect(await runs("show", "other").status == .invalidInput)
        #expect(await runs("rm", "small").status == .misused)
        #expect(await runs("rm", "small", "--yes").status == .finished)
        #expect(await runs("list").output.contains("no runs"))
        try await server.stop()
    }

    @Test func noKeyIsLeftAnywhere() async throws {
        let server = try await MockLLMServer.start { request in
            request.text.contains("row 1") ? .failure(400) : .chatCompletion(text: "yes", model: "m")
        }
        let data = try folder.file(
            "pipeline.yaml",
            pipelineYAML(
                [
                    ("load", "type: Rows, data: [{text: row 0}, {text: row 1}]"),
                    (
                        "ask",
                        "type: Ask, llm: {type: OpenAILLM, model: m, max_retries: 0, api_key: sk-planted-in-file, default_headers: {x-key: planted-header}}"
                    ),
                ], ["load -> ask"]))
        var said = ""
        for more in [[], ["--log-format", "json"], ["--max-requests", "1", "--ignore-cache"]] {
            let run = await CommandRun(
                ["pipeline", "run", "-c", data, "-o", folder.path + "/out", "--overwrite"] + more,
                environment: [
                    "OPENAI_BASE_URL": server.baseURL, "OPENAI_API_KEY": "sk-planted-in-environment",
                    "DISTILABEL_CACHE_DIR": folder.path + "/answers",
                ])
            said += run.output + run.errors
        }
        try await server.stop()
        #expect(!said.contains("planted"))
        try FileManager.default.removeItem(atPath: data)
        let files = FileManager.default.enumerator(atPath: folder.path)?.allObjects.compactMap { $0 as? String } ?? []
        #expect(files.contains { $0.hasSuffix("journal.sqlite") } && files.contains { $0.hasSuffix("pipeline.log") })
        for file in files {
            guard let bytes = FileManager.default.contents(atPath: folder.path + "/" + file) else { continue }
            #expect(bytes.range(of: Data("planted".utf8)) == nil, "a key stands in \(file)")
        }
    }
}
