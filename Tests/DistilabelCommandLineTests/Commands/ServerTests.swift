import Distilabel
import DistilabelCommandLine
import DistilabelTesting
import Testing

/// The command against a server over HTTP.
struct ServerTests {
    private let folder: TemporaryFolder
    private let yaml = pipelineYAML(
        [
            ("load", "type: Rows, data: [{text: one}, {text: two}]"),
            ("ask", "type: Ask, llm: {type: OpenAILLM, model: m, max_retries: 0}"),
        ], ["load -> ask"])

    init() throws { folder = try TemporaryFolder() }

    private func run(_ server: MockLLMServer) async throws -> CommandRun {
        let config = try folder.file("pipeline.yaml", yaml)
        return await CommandRun(
            ["pipeline", "run", "-c", config, "-o", folder.path + "/out", "--format", "jsonl"],
            environment: ["OPENAI_BASE_URL": server.baseURL, "OPENAI_API_KEY": "sk-planted"])
    }

    @Test func asksTheServerOfTheEnvironment() async throws {
        let server = try await MockLLMServer.start { _ in .chatCompletion(text: "Yes.") }
        let run = try await run(server)
        try await server.stop()
        #expect(run.status == .finished, "\(run.errors)")
        #expect(try folder.read("out/default/train.jsonl").contains("\"answer\":\"Yes.\""))
        let card = try folder.read("out/README.md")
        #expect(card.contains("num_examples: 2\n") && card.contains("## Models"))
        let files = try ["out/pipeline.yaml", "out/pipeline.log"].map { try folder.read($0) }
        for text in [run.output, run.errors, card] + files {
            #expect(!text.contains("sk-planted"))
        }
    }

    @Test func aKeyThatIsRefusedEndsTheRun() async throws {
        let server = try await MockLLMServer.start { _ in .failure(401) }
        let run = try await run(server)
        try await server.stop()
        #expect(run.status == .failed)
        let error = try #require(run.errors.split(separator: "\n").last)
        #expect(error.hasPrefix("error: step 'ask': ") && error.contains("OPENAI_API_KEY"), "\(run.errors)")
        #expect(folder.names == ["pipeline.yaml"])
    }

    @Test func nobodyListening() async throws {
        let server = try await MockLLMServer.start { _ in .failure(500) }
        try await server.stop()
        let run = try await run(server)
        #expect(run.status == .failed)
        #expect(run.errors.contains("nothing listens at \(server.origin)"), "\(run.errors)")
        #expect(folder.names == ["pipeline.yaml"])
    }
}
