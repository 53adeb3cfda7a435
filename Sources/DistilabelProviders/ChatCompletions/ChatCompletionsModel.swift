internal import DistilabelHTTP
internal import DistilabelModels
internal import DistilabelValues

/// A model behind an OpenAI-compatible server, ready to answer.
struct ChatCompletionsModel: LoadedLanguageModel {
    let endpoint: ChatCompletionsEndpoint
    let transport: any HTTPTransport
    /// What requests say.
    let body: ChatCompletionsBody
    /// What the server has answered so far.
    let record: EndpointRecord

    var modelName: String { body.model }
    var concurrency: Int { endpoint.concurrency }

    /// Makes the model ready: sees that somebody listens there.
    ///
    /// - Throws: `LanguageModelError` when nobody does, or the key is refused.
    static func load(
        _ body: ChatCompletionsBody, at endpoint: ChatCompletionsEndpoint, resources: RunResources
    ) async throws -> ChatCompletionsModel {
        let transport = try await resources.httpTransport()
        let record = try await resources.shared("reached \(endpoint.baseURL)") {
            EndpointRecord(isKnown: try await Self.reach(endpoint, over: transport))
        } close: { _ in
        }
        return ChatCompletionsModel(endpoint: endpoint, transport: transport, body: body, record: record)
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
        var http = HTTPRequest(
            method: .post, url: endpoint.baseURL + "/chat/completions", timeout: endpoint.timeout)
        http.headers.append(("content-type", "application/json"))
        Self.authorize(&http, endpoint)
        http.body = try body.bytes(of: request)
        let response: HTTPResponse
        do {
            response = try await transport.send(http)
        } catch {
            throw ChatCompletionsFailure.error(for: error, endpoint: endpoint)
        }
        guard response.status == 200 else {
            var error = ChatCompletionsFailure.error(for: response, endpoint: endpoint, model: modelName)
            // One request may be refused for what is odd about it; several in a row mean the key or the model.
            if error.isForAllRows { error.isForAllRows = record.noteRefusal() }
            error.limits = RateLimitHeaders.limits(in: response.headers) ?? error.limits
            throw error
        }
        record.noteAnswer()
        var answer = try ChatCompletionsAnswer.read(response.body, endpoint: endpoint)
        answer.limits = RateLimitHeaders.limits(in: response.headers)
        return answer
    }
}
