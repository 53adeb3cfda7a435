import DistilabelModels
import DistilabelProviders
import DistilabelTesting
import DistilabelValues
import Testing

@Suite(.timeLimit(.minutes(10)))
struct OpenAIEmbeddingsTests {
    private func embed(
        _ model: some EmbeddingModel, _ texts: [String], environment: [String: String] = [:]
    ) async throws -> EmbeddingResponse {
        let resources = RunResources(environment: environment)
        do {
            let response = try await model.load(resources).embed(texts)
            await resources.close()
            return response
        } catch {
            await resources.close()
            throw error
        }
    }

    private static func answer(_ json: String) -> MockAnswer { MockAnswer(body: Array(json.utf8)) }

    /// As the API's page shows it; the order of the vectors is that of `index`.
    @Test func putsVectorsInTheOrderOfTheTexts() async throws {
        let json =
            #"{"object": "list", "data": [{"object": "embedding", "index": 1, "embedding": [0.5, -2]}, {"object": "embedding", "index": 0, "embedding": [0.0023, 3]}], "model": "m", "usage": {"prompt_tokens": 8, "total_tokens": 8}}"#
        try await withServer(answering: { _ in Self.answer(json) }) { server in
            var model = OpenAIEmbeddings(model: "m", baseURL: server.baseURL, apiKey: "key", dimensions: 2)
            model.extraBody = ["encoding_format": "float"]
            let response = try await embed(model, ["a", "b"])
            #expect(response.vectors == [[0.0023, 3], [0.5, -2]])
            #expect(response.usage == [Usage(inputTokens: 8, outputTokens: 0)])
            let request = try #require(server.requests.first { $0.method == "POST" })
            #expect(request.path == "/v1/embeddings")
            #expect(request.header("authorization") == "Bearer key")
            #expect(
                try JSON.parse(request.body)
                    == ["model": "m", "input": ["a", "b"], "dimensions": 2, "encoding_format": "float"])
        }
    }

    @Test func bringsVectorsToLengthOne() async throws {
        let json = #"{"data": [{"embedding": [3, 4]}, {"embedding": [0, 0]}]}"#
        try await withServer(answering: { _ in Self.answer(json) }) { server in
            let model = OpenAIEmbeddings(model: "m", baseURL: server.baseURL, normalizeEmbeddings: true)
            let response = try await embed(model, ["a", "b"])
            #expect(response.vectors == [[0.6, 0.8], [0, 0]])
        }
    }

    @Test(arguments: [
        (#"{"data": [{"embedding": [1]}]}"#, "1 vectors for 2 texts"), ("{}", "`data`"), ("nonsense", "no JSON"),
        (#"{"data": [{"embedding": [1]}, {"embedding": ["x"]}]}"#, "at 1"),
        (#"{"data": [{"embedding": [1], "index": 7}, {"embedding": [1]}]}"#, "at 0"),
        (#"{"data": [{"embedding": [1], "index": 0}, {"embedding": [1], "index": 0}]}"#, "at 1"),
        (#"{"error": {"message": "overloaded"}}"#, "overloaded"),
    ]) func saysWhatIsWrongWithAnAnswer(json: String, says: String) async throws {
        try await withServer(answering: { _ in Self.answer(json) }) { server in
            let error = await #expect(throws: LanguageModelError.self) {
                try await embed(OpenAIEmbeddings(model: "m", baseURL: server.baseURL), ["a", "b"])
            }
            #expect(error?.message.contains(says) == true)
            #expect(error?.recovery == .again)
        }
    }

    @Test func wantsAKeyForOpenAIAlone() {
        #expect(OpenAIEmbeddings(model: "m").problems(in: [:]).contains { $0.contains("OPENAI_API_KEY") })
        #expect(OpenAIEmbeddings(model: "m").problems(in: ["OPENAI_API_KEY": "k"]).isEmpty)
        #expect(OpenAIEmbeddings(model: "m", baseURL: "http://localhost:1/v1").problems(in: [:]).isEmpty)
        #expect(
            OpenAIEmbeddings(model: "m", baseURL: "localhost").problems(in: [:]).contains { $0.contains("base_url") })
    }

    @Test func pythonsOwnModelsWantAServer() throws {
        let vllm = VLLMEmbeddings(model: "org/e", baseURL: nil).problems(in: [:])
        #expect(vllm.contains { $0.contains("vllm serve org/e") && $0.contains("`base_url`") })
        let transformer = SentenceTransformerEmbeddings(model: "org/e", baseURL: nil).problems(in: [:])
        #expect(transformer.contains { $0.contains("text-embeddings-inference") })
        // What Python's `Pipeline.save` writes of them.
        var registry = ComponentRegistry()
        registry.register(ProviderModels.all)
        let saved = try JSON.parse(
            #"{"cuda_devices": "auto", "disable_cuda_device_placement": false, "model": "m", "dtype": "auto", "trust_remote_code": false, "quantization": null, "revision": null, "enforce_eager": true, "seed": 0, "extra_kwargs": {}, "type_info": {"module": "distilabel.models.embeddings.vllm", "name": "vLLMEmbeddings"}}"#
        )
        let read = try ComponentCoding.decode(from: try #require(saved.objectValue), registry: registry)
        #expect((read as? VLLMEmbeddings)?.model == "m")
    }

    @Test func putsThePromptBeforeTheTexts() async throws {
        try await withServer(answering: { _ in Self.answer(#"{"data": [{"embedding": [2]}]}"#) }) { server in
            var model = SentenceTransformerEmbeddings(model: "m", baseURL: server.baseURL)
            model.prompts = ["query": "query: "]
            model.defaultPromptName = "query"
            let response = try await embed(model, ["who?"])
            #expect(response.vectors == [[1]])
            let request = try #require(server.requests.first { $0.method == "POST" })
            #expect(try JSON.parse(request.body)["input"] == ["query: who?"])
            model.defaultPromptName = "passage"
            #expect(model.problems(in: [:]).contains { $0.contains("'passage'") })
        }
    }

    @Test func neverWritesTheKey() throws {
        let model = OpenAIEmbeddings(model: "m", apiKey: "sk-secret")
        #expect(!JSON.string(.object(try ComponentCoding.encode(model))).contains("secret"))
    }

    @Test func aServerThatIsNotOpenAIsGetsNoKeyOfTheEnvironment() async throws {
        let json = #"{"data": [{"embedding": [1]}]}"#
        try await withServer(answering: { _ in Self.answer(json) }) { server in
            let environment = ["OPENAI_API_KEY": "secret", "OPENAI_BASE_URL": "http://127.0.0.1:1"]
            _ = try await embed(VLLMEmbeddings(model: "m", baseURL: server.baseURL), ["a"], environment: environment)
            _ = try await embed(
                SentenceTransformerEmbeddings(model: "m", baseURL: server.baseURL), ["a"], environment: environment)
            let asked = server.requests.filter { $0.method == "POST" }
            #expect(asked.count == 2 && server.requests.allSatisfy { $0.header("authorization") == nil })
        }
    }
}
