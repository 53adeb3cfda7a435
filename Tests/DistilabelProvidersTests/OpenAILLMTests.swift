import DistilabelHTTP
import DistilabelModels
import DistilabelProviders
import DistilabelTesting
import DistilabelValues
import Testing

/// Asks a model once, with resources of its own.
func ask(
    _ model: some LanguageModel, _ request: GenerationRequest = GenerationRequest(messages: [.user("Hello")]),
    environment: [String: String] = [:]
) async throws -> GenerationResponse {
    let resources = RunResources(environment: environment)
    do {
        let response = try await model.load(resources).generate(request)
        await resources.close()
        return response
    } catch {
        await resources.close()
        throw error
    }
}

/// Starts a server that gives its answer to each chat request, and ends it behind the body.
func withServer<Result>(
    answering answer: @escaping @Sendable (MockRequest) -> MockAnswer,
    _ body: (MockLLMServer) async throws -> Result
) async throws -> Result {
    let server = try await MockLLMServer.start { request in
        request.method == "POST" ? answer(request) : .models("m")
    }
    do {
        let result = try await body(server)
        try await server.stop()
        return result
    } catch {
        try await server.stop()
        throw error
    }
}

@Suite(.timeLimit(.minutes(10)))
struct OpenAILLMTests {
    private func sent(_ server: MockLLMServer) throws -> [Value] {
        try server.requests.filter { $0.method == "POST" }.map { try JSON.parse($0.body) }
    }

    @Test func sendsWhatPythonSends() async throws {
        try await withServer(answering: { _ in
            .chatCompletion(text: "Hi", model: "m", promptTokens: 7, completionTokens: 1)
        }) {
            server in
            var options = OpenAIGenerationOptions(maxNewTokens: 64, temperature: 0.25, topP: 0.9, stop: ["###"])
            options.frequencyPenalty = 0.5
            let response = try await ask(
                OpenAILLM(model: "m", baseURL: server.baseURL, apiKey: "key", generationKwargs: options),
                GenerationRequest(messages: [.system("Be brief."), .user("Hello")]))
            #expect(response.generations.map(\.text) == ["Hi"])
            #expect(response.usage == [Usage(inputTokens: 7, outputTokens: 1)])
            let body = try #require(try sent(server).first)
            #expect(body["model"] == "m")
            #expect(
                body["messages"] == [
                    ["role": "system", "content": "Be brief."], ["role": "user", "content": "Hello"],
                ])
            #expect(body["max_tokens"] == 64)
            #expect(body["temperature"] == 0.25)
            #expect(body["top_p"] == 0.9)
            #expect(body["stop"] == ["###"])
            #expect(body["frequency_penalty"] == 0.5)
            #expect(body["presence_penalty"] == 0.0)
            #expect(body["n"] == 1)
            let request = try #require(server.requests.first { $0.method == "POST" })
            #expect(request.path == "/v1/chat/completions")
            #expect(request.header("authorization") == "Bearer key")
        }
    }

    @Test func takesSeveralAnswersOfOneCall() async throws {
        try await withServer(answering: { _ in .chatCompletion(texts: ["a", nil, "c"], model: "m") }) { server in
            let response = try await ask(
                OpenAILLM(model: "m", baseURL: server.baseURL),
                GenerationRequest(messages: [.user("x")], numberOfGenerations: 3))
            #expect(response.generations.map(\.text) == ["a", nil, "c"])
            #expect(try sent(server).map { $0["n"] } == [3])
        }
    }

    @Test func asksForJSONOfASchema() async throws {
        try await withServer(answering: { _ in .chatCompletion(text: "{}", model: "m") }) { server in
            let schema: Value = ["type": "object"]
            _ = try await ask(
                OpenAILLM(model: "m", baseURL: server.baseURL, structuredOutput: .json(schema)))
            let form = try sent(server).first?["response_format"]
            #expect(form?["type"] == "json_schema")
            #expect(form?["json_schema"]?["schema"] == schema)
        }
    }

    @Test func readsAddressAndKeyFromTheEnvironment() async throws {
        try await withServer(answering: { _ in .chatCompletion(text: "Hi", model: "m") }) { server in
            _ = try await ask(
                OpenAILLM(model: "m"),
                environment: ["OPENAI_BASE_URL": server.baseURL + "/", "OPENAI_API_KEY": "from-environment"])
            #expect(
                server.requests.first { $0.method == "POST" }?.header("authorization") == "Bearer from-environment")
        }
    }

    @Test func wantsAKeyOnlyForOpenAIItself() {
        #expect(OpenAILLM(model: "m").problems(in: [:]).contains { $0.contains("OPENAI_API_KEY") })
        #expect(OpenAILLM(model: "m").problems(in: ["OPENAI_API_KEY": "k"]).isEmpty)
        #expect(OpenAILLM(model: "m", baseURL: "http://127.0.0.1:1/v1").problems(in: [:]).isEmpty)
    }

    @Test(arguments: [
        (401, LanguageModelError.Code.unauthorized, true), (403, .unauthorized, true), (404, .noSuchModel, true),
        (400, .invalidRequest, false), (422, .invalidRequest, false), (402, .quotaExceeded, true),
    ])
    func tellsWhatARefusalMeans(status: Int, code: LanguageModelError.Code, isForAllRows: Bool) async throws {
        let server = try await MockLLMServer.start { $0.method == "POST" ? .failure(status) : .failure(404) }
        do {
            let error = await #expect(throws: LanguageModelError.self) {
                try await ask(OpenAILLM(model: "m", baseURL: server.baseURL))
            }
            try await server.stop()
            #expect(error?.code == code)
            #expect(error?.isForAllRows == isForAllRows)
            #expect(
                error?.message.contains(server.baseURL) == true || code == .invalidRequest || code == .quotaExceeded)
        }
    }

    @Test func doesNotEndTheRunForOneOddRefusal() async throws {
        let answers: @Sendable (MockRequest) -> MockAnswer = { request in
            request.text.contains("odd") ? .failure(401) : .chatCompletion(text: "Hi", model: "m")
        }
        try await withServer(answering: answers) { server in
            let error = await #expect(throws: LanguageModelError.self) {
                try await ask(
                    OpenAILLM(model: "m", baseURL: server.baseURL), GenerationRequest(messages: [.user("odd")]))
            }
            #expect(error?.isForAllRows == false)
        }
    }

    @Test(
        arguments: [
            (MockAnswer.failure(500), Recovery.again), (.failure(502), .again), (.failure(504), .again),
            (.failure(503), .again), (.failure(503).header("retry-after", "7"), .again),
            (.failure(529), .again), (.failure(501), .none), (.failure(408), .again), (.failure(409), .again),
            (.failure(425), .again), (.failure(429), .later(nil)),
            (.failure(429).header("retry-after", "3"), .later(.seconds(3))),
            (.failure(429).header("retry-after-ms", "250"), .later(.milliseconds(250))),
            (.failure(400), .none), (.failure(413), .none), (.failure(422), .none),
            (MockAnswer(fault: .close), .again), (MockAnswer(fault: .reset), .again),
            (.chatCompletion(text: "Hi", model: "m").failing(.truncate(after: 12)), .again),
            (.text("no JSON"), .again), (.text(#"{"choices": []}"#), .again),
            (.text(#"{"error": {"message": "upstream is down"}}"#), .again),
        ] as [(MockAnswer, Recovery)])
    func saysWhatAnotherTryMayBring(_ answer: MockAnswer, _ recovery: Recovery) async throws {
        try await withServer(answering: { _ in answer }) { server in
            let error = await #expect(throws: LanguageModelError.self) {
                try await ask(OpenAILLM(model: "m", baseURL: server.baseURL))
            }
            #expect(error?.recovery == recovery, "\(String(describing: error))")
            #expect(error?.isForAllRows == false)
        }
    }

    @Test func aServerThatSpeaksNoTLSEndsTheRun() async throws {
        // As a server without TLS answers what it cannot read.
        let server = try await MockLLMServer.start { _ in .failure(400) }
        let error = await #expect(throws: LanguageModelError.self) {
            try await ask(OpenAILLM(model: "m", baseURL: "https://127.0.0.1:\(server.port)/v1", apiKey: "k"))
        }
        try await server.stop()
        #expect(error?.isForAllRows == true, "\(String(describing: error))")
        #expect(error?.message.contains("https://127.0.0.1:\(server.port)") == true)
    }

    @Test func saysThatNobodyIsThereAnyMore() async throws {
        let server = try await MockLLMServer.start { _ in .models("m") }
        let resources = RunResources(environment: [:])
        let model = try await OpenAILLM(model: "m", baseURL: server.baseURL).load(resources)
        try await server.stop()
        let error = await #expect(throws: LanguageModelError.self) {
            try await model.generate(GenerationRequest(messages: [.user("x")]))
        }
        await resources.close()
        #expect(error?.recovery == .whenReachable)
    }

    @Test(
        arguments: [
            (
                [("x-ratelimit-remaining-requests", "0"), ("x-ratelimit-reset-requests", "6m0s")],
                RateLimits(requests: .init(remaining: 0, reset: .seconds(360)))
            ),
            (
                [("X-RateLimit-Remaining-Tokens", "149984"), ("x-ratelimit-reset-tokens", "120ms")],
                RateLimits(tokens: .init(remaining: 149_984, reset: .milliseconds(120)))
            ),
            (
                [("x-ratelimit-limit-req-minute", "60"), ("x-ratelimit-remaining-req-minute", "59")],
                RateLimits(requests: .init(limit: 60, remaining: 59))
            ),
            // A limit of which nobody says for how long it holds.
            ([("x-ratelimit-limit-requests", "14400")], nil), ([("x-ratelimit-reset-requests", "soon")], nil),
            ([], nil),
        ] as [([(String, String)], RateLimits?)])
    func readsLimitsFromTheHeaders(_ headers: [(String, String)], _ limits: RateLimits?) async throws {
        try await withServer(answering: { _ in
            headers.reduce(MockAnswer.chatCompletion(text: "Hi", model: "m")) { $0.header($1.0, $1.1) }
        }) { server in
            let response = try await ask(OpenAILLM(model: "m", baseURL: server.baseURL))
            #expect(response.limits == limits)
        }
    }

    @Test(arguments: [MockAnswer.text("upstream hiccup"), .text(#"{"choices": []}"#), .text("{}")])
    func tellsAnAnswerThatIsNone(answer: MockAnswer) async throws {
        try await withServer(answering: { _ in answer }) { server in
            let error = await #expect(throws: LanguageModelError.self) {
                try await ask(OpenAILLM(model: "m", baseURL: server.baseURL))
            }
            #expect(error?.code == .invalidResponse)
        }
    }

    @Test func saysAtOnceThatNobodyListens() async throws {
        let server = try await MockLLMServer.start { _ in .failure(404) }
        let url = server.baseURL
        try await server.stop()
        let error = await #expect(throws: LanguageModelError.self) {
            try await ask(OpenAILLM(model: "m", baseURL: url))
        }
        // Not after a time-out, which would be said as such.
        #expect((error?.cause as? HTTPError)?.code == .connectionRefused)
        #expect(error?.code == .connectionFailed)
        #expect(error?.isForAllRows == true)
        #expect(error?.message.contains("127.0.0.1") == true)
    }

    @Test func givesTheTopTokensOfEachPlace() async throws {
        let body = #"""
            {"choices": [{"message": {"content": "Hi"}, "finish_reason": "stop", "logprobs": {"content": [
              {"token": "Hi", "logprob": -0.5, "top_logprobs": [{"token": "Hi", "logprob": -0.5}, {"token": "Ho", "logprob": -2.0}]},
              {"token": "!", "logprob": -1.0, "top_logprobs": []}]}}]}
            """#
        try await withServer(answering: { _ in .text(body) }) { server in
            let response = try await ask(OpenAILLM(model: "m", baseURL: server.baseURL))
            let expected: Value = [
                [["token": "Hi", "logprob": -0.5], ["token": "Ho", "logprob": -2.0]],
                [["token": "!", "logprob": -1.0]],
            ]
            #expect(response.generations.first?.logprobs == expected)
            #expect(response.generations.first?.finishReason == .stop)
        }
    }

    @Test func neverWritesOrPrintsItsKey() throws {
        var model = OpenAILLM(model: "m", apiKey: "planted-key")
        model.defaultHeaders = ["x-key": "planted-header"]
        let written = try JSON.string(.object(ComponentCoding.encode(model)))
        for text in [written, "\(model)", String(reflecting: model)] { #expect(!text.contains("planted")) }
    }
}

@Suite(.timeLimit(.minutes(10)))
struct MistralLLMTests {
    @Test func wantsOneAnswerACall() async throws {
        #expect(!MistralLLM(model: "m").makesSeveral && OpenAILLM(model: "m").makesSeveral)
        try await withServer(answering: { _ in .chatCompletion(text: "Hi", model: "m") }) { server in
            _ = try await ask(MistralLLM(model: "m", endpoint: server.origin, apiKey: "key"))
            let bodies = try server.requests.filter { $0.method == "POST" }.map { try JSON.parse($0.body) }
            #expect(bodies.count == 1)
            #expect(bodies.allSatisfy { $0["n"] == nil && $0["temperature"] == nil })
        }
    }

    @Test func wantsItsKey() {
        #expect(MistralLLM(model: "m").problems(in: [:]).contains { $0.contains("MISTRAL_API_KEY") })
        #expect(MistralLLM(model: "m").problems(in: ["MISTRAL_API_KEY": "k"]).isEmpty)
    }
}

extension MockAnswer {
    /// The answer with one more header.
    fileprivate func header(_ name: String, _ value: String) -> MockAnswer {
        var answer = self
        answer.headers.append((name: name, value: value))
        return answer
    }
}
