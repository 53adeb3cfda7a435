internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Gathers one response on the connection's event loop, so that the waiting task is woken once.
final class ResponseCollector: HTTPClientResponseDelegate {
    typealias Response = HTTPResponse

    private struct State {
        var response: HTTPResponse?
    }

    private let maximumSize: Int
    private let state = Mutex(State())

    init(maximumSize: Int) { self.maximumSize = maximumSize }

    /// Whether the head of the response has come.
    var hasHead: Bool { state.withLock { $0.response != nil } }

    func didReceiveHead(task: HTTPClient.Task<HTTPResponse>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        state.withLock { state in
            var response = HTTPResponse(
                status: Int(head.status.code),
                headers: HTTPHeaders(head.headers.map { (name: $0.name, value: $0.value) }))
            // Some, not all of what a server may announce and never send.
            response.body.reserveCapacity(min(length, maximumSize, 1 << 20))
            state.response = response
        }
        return length > maximumSize ? tooLarge(task) : task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<HTTPResponse>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        let fits = state.withLock { state in
            guard (state.response?.body.count ?? 0) + buffer.readableBytes <= maximumSize else { return false }
            state.response?.body.append(contentsOf: buffer.readableBytesView)
            return true
        }
        return fits ? task.eventLoop.makeSucceededVoidFuture() : tooLarge(task)
    }

    func didFinishRequest(task: HTTPClient.Task<HTTPResponse>) throws -> HTTPResponse {
        let response = state.withLock { $0.response.take() }
        guard let response else { throw HTTPClientError.remoteConnectionClosed }
        return response
    }

    private func tooLarge(_ task: HTTPClient.Task<HTTPResponse>) -> EventLoopFuture<Void> {
        task.eventLoop.makeFailedFuture(ResponseTooLarge())
    }
}

/// The answer is longer than the request allows.
struct ResponseTooLarge: Error {}
