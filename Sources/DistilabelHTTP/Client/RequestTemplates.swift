internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Parsed addresses, kept, since a run sends thousands of requests to few of them.
final class RequestTemplates: Sendable {
    private struct Key: Hashable {
        let method: HTTPMethod
        let url: String
    }

    /// More addresses than the models of a run have; a crawl over many is forgotten as a whole.
    private static let limit = 256
    private let known = Mutex<[Key: HTTPClient.Request]>([:])

    /// The request in AsyncHTTPClient's form.
    ///
    /// - Throws: `HTTPClientError` for an address that cannot be asked.
    func request(for request: HTTPRequest) throws -> HTTPClient.Request {
        let key = Key(method: request.method, url: request.url)
        var prepared: HTTPClient.Request
        if let template = known.withLock({ $0[key] }) {
            prepared = template
        } else {
            let template = try HTTPClient.Request(
                url: request.url, method: NIOHTTP1.HTTPMethod(rawValue: request.method.rawValue))
            known.withLock { known in
                if known.count >= Self.limit { known.removeAll() }
                known[key] = template
            }
            prepared = template
        }
        prepared.headers = NIOHTTP1.HTTPHeaders(request.headers.fields.map { ($0.name, $0.value) })
        if request.headers["user-agent"] == nil {
            prepared.headers.add(name: "user-agent", value: HTTPRequest.userAgent)
        }
        if !request.body.isEmpty { prepared.body = .byteBuffer(ByteBuffer(bytes: request.body)) }
        return prepared
    }
}
