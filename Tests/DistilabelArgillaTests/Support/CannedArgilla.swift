import DistilabelArgilla
import DistilabelHTTP
import DistilabelModels
import DistilabelValues
import Synchronization

/// Answers requests from a closure, and remembers them.
final class CannedArgilla: HTTPTransport {
    private let sent = Mutex<[HTTPRequest]>([])
    private let answer: @Sendable (HTTPRequest, Int) -> HTTPResponse

    /// Makes a server.
    ///
    /// - Parameter answer: Is given a request, and how many came before it.
    init(_ answer: @escaping @Sendable (HTTPRequest, Int) -> HTTPResponse) { self.answer = answer }

    /// What came.
    var requests: [HTTPRequest] { sent.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        let index = sent.withLock { sent in
            sent.append(request)
            return sent.count - 1
        }
        return answer(request, index)
    }

    /// A client of it, that does not wait between its tries.
    func client(key: Secret = "key-of-ann", url: String = "http://argilla.test/") throws -> ArgillaClient {
        ArgillaClient(
            try ArgillaServer(url: url, apiKey: key), transport: self,
            retries: RetryPolicy(maximumRetries: 3, baseDelay: .zero))
    }
}

extension HTTPResponse {
    /// An answer of JSON.
    static func json(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, headers: ["content-type": "application/json"], body: Array(text.utf8))
    }
}

extension HTTPRequest {
    /// Method and what stands behind the host.
    var line: String { "\(method) /\(url.split(separator: "/", maxSplits: 2).last ?? "")" }
    /// The body, read.
    var value: Value { (try? JSON.parse(body)) ?? .null }
}

/// A workspace, and a dataset in it.
enum Sample {
    static let workspace = ArgillaWorkspace(id: "w-1", name: "main")
    static let settings = ArgillaDatasetSettings(
        fields: [.text("text")], questions: [.rating("score", title: "How good?", values: [1, 2, 3])])
    static let header =
        #"{"id":"d-1","name":"answers","guidelines":null,"allow_extra_metadata":true,"status":"ready","distribution":{"strategy":"overlap","min_submitted":2},"metadata":null,"workspace_id":"w-1"}"#
    static let field =
        #"{"id":"f-1","name":"text","title":"text","required":true,"settings":{"type":"text","use_markdown":false},"dataset_id":"d-1"}"#
    static let question =
        #"{"id":"q-1","name":"score","title":"How good?","description":null,"required":true,"settings":{"type":"rating","options":[{"value":1},{"value":2},{"value":3}]},"dataset_id":"d-1"}"#

    /// A dataset as `dataset(named:in:)` gives it.
    static func dataset(of server: CannedArgilla) async throws -> ArgillaDataset {
        try await server.client().ensureDataset(named: "answers", in: workspace, settings: settings)
    }

    /// Answers what a server with the dataset answers; nil for what has to do with records.
    static func answer(_ request: HTTPRequest, status: String = "ready") -> HTTPResponse? {
        switch request.line {
        case "GET /api/v1/me/datasets?workspace_id=w-1&name=answers":
            .json(#"{"items":[\#(header.replacing("\"ready\"", with: "\"\(status)\""))]}"#)
        case "GET /api/v1/datasets/d-1/fields": .json(#"{"items":[\#(field)]}"#)
        case "GET /api/v1/datasets/d-1/questions": .json(#"{"items":[\#(question)]}"#)
        case "GET /api/v1/me/datasets/d-1/metadata-properties", "GET /api/v1/datasets/d-1/vectors-settings":
            .json(#"{"items":[]}"#)
        default: nil
        }
    }
}
