public import DistilabelHTTP
internal import DistilabelModels
internal import DistilabelValues

/// Talks to an Argilla server 2.x over its REST API (`/api/v1`).
///
///     let client = ArgillaClient(try ArgillaServer(environment: environment), transport: transport)
///     let workspace = try await client.workspace(named: "reviews")
///     let dataset = try await client.dataset(named: "answers", in: workspace)
///
/// A request that a passing fault hinders is sent again; one that creates something only where the server surely did nothing.
///
/// API: https://docs.argilla.io/latest/
public struct ArgillaClient: Sendable {
    /// The server.
    public let server: ArgillaServer
    private let transport: any HTTPTransport

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - server: The server.
    ///   - transport: What sends.
    ///   - retries: When and how often a request is sent again.
    public init(_ server: ArgillaServer, transport: some HTTPTransport, retries: RetryPolicy = RetryPolicy()) {
        self.server = server
        self.transport = RetryingTransport(transport, policy: retries)
    }

    /// Sends a request and reads the answer.
    ///
    /// - Parameters:
    ///   - method: What is asked of the resource.
    ///   - path: Behind `/api/v1/`; made of words of ours and the server's own ids, so that nothing need be escaped.
    ///   - query: Names and values behind the question mark, as they are.
    ///   - body: What goes along, as JSON.
    ///   - isRepeatable: Whether a second time does no harm; true but for `POST`, which creates something, where not said.
    /// - Throws: `ArgillaError`, and `CancellationError`.
    func send(
        _ method: HTTPMethod, _ path: String, query: [(String, String)] = [], body: Value? = nil,
        isRepeatable: Bool? = nil
    ) async throws -> Value {
        var url = "\(server.url)/api/v1/\(path)"
        if !query.isEmpty {
            url += "?" + query.map { "\($0)=\(Self.escaped($1))" }.joined(separator: "&")
        }
        var request = HTTPRequest(
            method: method, url: url, timeout: .seconds(60), isRepeatable: isRepeatable ?? (method != .post))
        request.headers.append(("x-argilla-api-key", server.apiKey.exposed))
        if server.isSpace, let token = server.hubToken {
            request.headers.append(("authorization", "Bearer \(token.exposed)"))
        }
        if let body {
            request.headers.append(("content-type", "application/json"))
            request.body = Array(JSON.string(body).utf8)
        }
        let response: HTTPResponse
        do {
            response = try await transport.send(request)
        } catch {
            if error.code == .cancelled { throw CancellationError() }
            throw ArgillaFailure.error(for: error, at: server)
        }
        guard response.isSuccess else {
            throw ArgillaFailure.error(for: response, to: "\(method) /api/v1/\(path)", at: server)
        }
        do {
            return try JSON.parse(response.body)
        } catch {
            throw ArgillaFailure.misunderstanding("no JSON: \(error)", path: path, at: server, cause: error)
        }
    }

    /// The items of a list, `{"items": […]}`.
    func items(_ path: String, query: [(String, String)] = []) async throws -> [Value] {
        let value = try await send(.get, path, query: query)
        guard let items = value["items"]?.arrayValue else {
            throw ArgillaFailure.misunderstanding("no `items`", path: path, at: server)
        }
        return items
    }

    /// Reads a value that the server sent; what a later server adds is passed over.
    func read<T: Decodable>(_ type: T.Type = T.self, from value: Value, path: String) throws -> T {
        do {
            return try ValueDecoder(keyStyle: .snakeCase, unknownKeys: .allow).decode(type, from: value)
        } catch {
            throw ArgillaFailure.misunderstanding("\(error)", path: path, at: server, cause: error)
        }
    }

    /// What is sent of a value: what is nil is left out.
    func body(of instance: some Encodable) throws -> Value {
        try ValueEncoder(keyStyle: .snakeCase, writesNulls: false).encode(instance)
    }

    /// A text as it stands in a query (RFC 3986, section 2.3).
    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var escaped: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95, 126: escaped.append(byte)
            default: escaped += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}
