internal import DistilabelHTTP
internal import DistilabelModels

/// A connection to an OpenAI-compatible server, for one model of it.
struct ChatCompletionsClient: Sendable {
    let endpoint: ChatCompletionsEndpoint
    private let transport: any HTTPTransport
    /// What the server has answered so far.
    private let record: EndpointRecord

    /// Connects: sees that somebody listens there.
    ///
    /// - Throws: `LanguageModelError` when nobody does, or the key is refused.
    init(_ endpoint: ChatCompletionsEndpoint, resources: RunResources) async throws {
        let transport = try await resources.httpTransport()
        record = try await resources.shared("reached \(endpoint.baseURL)") {
            EndpointRecord(isKnown: try await Self.reach(endpoint, over: transport))
        } close: { _ in
        }
        self.endpoint = endpoint
        self.transport = transport
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

    /// Sends JSON to a path, in one try, and gives the answer when it is one.
    ///
    /// - Parameters:
    ///   - path: The path behind `/v1`.
    ///   - body: The JSON.
    ///   - model: The model's name, for messages.
    /// - Throws: `LanguageModelError`, or `CancellationError` when the task was cancelled.
    func post(_ path: String, _ body: [UInt8], model: String) async throws -> HTTPResponse {
        var http = HTTPRequest(method: .post, url: endpoint.baseURL + path, timeout: endpoint.timeout)
        http.headers.append(("content-type", "application/json"))
        Self.authorize(&http, endpoint)
        http.body = body
        let response: HTTPResponse
        do {
            response = try await transport.send(http)
        } catch {
            throw ChatCompletionsFailure.error(for: error, endpoint: endpoint)
        }
        guard response.status == 200 else {
            var error = ChatCompletionsFailure.error(for: response, endpoint: endpoint, model: model)
            // One request may be refused for what is odd about it; several in a row mean the key or the model.
            if error.isForAllRows { error.isForAllRows = record.noteRefusal() }
            error.limits = RateLimitHeaders.limits(in: response.headers) ?? error.limits
            throw error
        }
        record.noteAnswer()
        return response
    }
}
