internal import DistilabelHTTP
internal import DistilabelModels
internal import DistilabelValues

/// A model behind an OpenAI-compatible server, ready to answer.
struct ChatCompletionsModel: LoadedLanguageModel {
    let modelName: String
    let endpoint: ChatCompletionsEndpoint
    let transport: any HTTPTransport
    /// What every request says beside its messages: `temperature`, `max_tokens`, ….
    let parameters: Value.Object
    /// The form that all answers must have.
    let structuredOutput: StructuredOutput?
    /// Whether the server makes several answers in one call (`n`).
    let makesSeveral: Bool
    /// What the server has answered so far.
    let record: EndpointRecord

    var concurrency: Int { endpoint.concurrency }

    /// Makes the model ready: sees that somebody listens there.
    ///
    /// - Throws: `LanguageModelError` when nobody does, or the key is refused.
    static func load(
        _ name: String, at endpoint: ChatCompletionsEndpoint, parameters: Value.Object,
        structuredOutput: StructuredOutput?, makesSeveral: Bool, resources: RunResources
    ) async throws -> ChatCompletionsModel {
        let plain = try await SharedTransport.get(resources)
        let record = try await resources.shared("reached \(endpoint.baseURL)") {
            EndpointRecord(isKnown: try await Self.reach(endpoint, over: plain))
        } close: { _ in
        }
        let transport = RetryingTransport(plain, policy: RetryPolicy(maximumRetries: endpoint.maximumRetries))
        return ChatCompletionsModel(
            modelName: name, endpoint: endpoint, transport: transport, parameters: parameters,
            structuredOutput: structuredOutput, makesSeveral: makesSeveral, record: record)
    }

    /// Asks the server for its models; whatever it answers, it is there.
    ///
    /// A server that does not know the question is none the worse.
    ///
    /// - Returns: Whether it gave them.
    private static func reach(
        _ endpoint: ChatCompletionsEndpoint, over transport: any HTTPTransport
    ) async throws -> Bool {
        var request = HTTPRequest(method: .get, url: endpoint.baseURL + "/models", timeout: .seconds(10))
        authorize(&request, endpoint)
        do {
            let response = try await transport.send(request)
            if response.status == 401 {
                throw ChatCompletionsFailure.error(for: response, endpoint: endpoint, model: "")
            }
            return response.isSuccess
        } catch let error as HTTPError where error.code == .timeout {
            // A busy server may be slow to answer this and still answer requests.
            return false
        } catch let error as HTTPError {
            throw LanguageModelError(
                code: .connectionFailed, message: error.message, isForAllRows: true, cause: error)
        }
    }

    private static func authorize(_ request: inout HTTPRequest, _ endpoint: ChatCompletionsEndpoint) {
        if let key = endpoint.apiKey { request.headers.append(("authorization", "Bearer \(key.exposed)")) }
        for (name, value) in endpoint.headers { request.headers.append((name, value)) }
    }

    func generate(_ request: GenerationRequest) async throws -> GenerationResponse {
        if makesSeveral || request.numberOfGenerations == 1 { return try await call(request) }
        var one = request
        one.numberOfGenerations = 1
        let single = one
        let responses = try await withThrowingTaskGroup(of: (Int, GenerationResponse).self) { group in
            for index in 0..<request.numberOfGenerations { group.addTask { (index, try await call(single)) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }.sorted { $0.0 < $1.0 }.map(\.1)
        return GenerationResponse(generations: responses.flatMap(\.generations), usage: responses.flatMap(\.usage))
    }

    private func call(_ request: GenerationRequest) async throws -> GenerationResponse {
        var http = HTTPRequest(
            method: .post, url: endpoint.baseURL + "/chat/completions", timeout: endpoint.timeout)
        http.headers.append(("content-type", "application/json"))
        Self.authorize(&http, endpoint)
        http.body = try body(of: request)
        let response: HTTPResponse
        do {
            response = try await transport.send(http)
        } catch {
            throw ChatCompletionsFailure.error(for: error, endpoint: endpoint)
        }
        guard response.status == 200 else {
            var error = ChatCompletionsFailure.error(for: response, endpoint: endpoint, model: modelName)
            if error.isForAllRows { error.isForAllRows = record.noteRefusal() }
            throw error
        }
        record.noteAnswer()
        return try ChatCompletionsAnswer.read(response.body, endpoint: endpoint)
    }

    /// The JSON that asks.
    func body(of request: GenerationRequest) throws -> [UInt8] {
        var body: Value.Object = [
            "model": .string(modelName), "messages": .array(request.messages.map(\.value)),
        ]
        for (key, value) in parameters where !value.isNull { body[key] = value }
        if makesSeveral { body["n"] = .int(request.numberOfGenerations) }
        // OpenAI's vision models refuse stop texts beside pictures.
        if request.messages.contains(where: { if case .parts = $0.content { true } else { false } }) {
            body["stop"] = nil
        }
        if let form = request.structuredOutput ?? structuredOutput {
            for (key, value) in try ChatCompletionsForm.parameters(of: form, provider: endpoint.provider) {
                body[key] = value
            }
        }
        var bytes: [UInt8] = []
        try JSON.write(.object(body), into: &bytes)
        return bytes
    }
}

/// How a form of the answer is asked for.
enum ChatCompletionsForm {
    /// `response_format` with a JSON schema, or vLLM's `guided_regex`.
    static func parameters(of form: StructuredOutput, provider: String) throws -> Value.Object {
        switch form.format ?? .json {
        case .json:
            [
                "response_format": [
                    "type": "json_schema",
                    "json_schema": ["name": "answer", "schema": try schema(of: form), "strict": true],
                ]
            ]
        case .regex: ["guided_regex": form.schema]
        }
    }

    /// The schema as an object, also where it was given as a text.
    private static func schema(of form: StructuredOutput) throws -> Value {
        guard case .string(let text) = form.schema else { return form.schema }
        do {
            return try JSON.parse(text)
        } catch {
            throw LanguageModelError(
                code: .invalidRequest, message: "the schema of `structured_output` is no JSON: \(error)",
                isForAllRows: true, cause: error)
        }
    }
}
