internal import NIOCore
internal import Synchronization

/// Sends requests over HTTP/1.1 without TLS, on kept connections of its own: what a model server in the same network wants.
///
/// A call through AsyncHTTPClient costs more than the rest of the pipeline's work on a row; here SwiftNIO's parser and one handler a
/// connection do, and the request hops to the event loop once.
final class PlainHTTPClient: Sendable {
    private let loop: any EventLoop
    private let pool: NIOLoopBoundBox<PlainPool>
    private let count = Atomic(0)
    /// A loop that has ended drops what it is given, so nothing is given to it once this is set.
    private let isShutDown = Mutex(false)

    /// Makes a client; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - loop: Where all connections live.
    ///   - capacity: How many requests may be under way at once; others wait for their turn.
    ///   - connectTimeout: How long a connection may take.
    ///   - idleTimeout: How long an unused connection is kept.
    init(loop: any EventLoop, capacity: Int, connectTimeout: TimeAmount, idleTimeout: TimeAmount) {
        self.loop = loop
        pool = .makeBoxSendingValue(
            PlainPool(loop: loop, capacity: capacity, connectTimeout: connectTimeout, idleTimeout: idleTimeout),
            eventLoop: loop)
    }

    /// Sends a request and gathers the response.
    ///
    /// - Throws: `PlainFailure`.
    func send(_ request: HTTPRequest, to address: PlainAddress) async throws -> HTTPResponse {
        let id = count.add(1, ordering: .relaxed).oldValue
        let cancellation = PlainExchange.Cancellation()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let exchange = PlainExchange(
                    id: id, request: request, address: address, continuation: continuation, cancellation: cancellation)
                isShutDown.withLock { isShutDown in
                    if isShutDown {
                        continuation.resume(throwing: PlainFailure(cause: ChannelError.ioOnClosedChannel))
                    } else {
                        loop.execute { [pool] in pool.value.start(exchange) }
                    }
                }
            }
        } onCancel: {
            cancellation.cancel()
            isShutDown.withLock { isShutDown in
                if !isShutDown { loop.execute { [pool] in pool.value.cancel(id) } }
            }
        }
    }

    /// Ends all connections; requests under way fail, later ones too.
    func shutdown() async {
        let ended = isShutDown.withLock { isShutDown -> EventLoopFuture<Void>? in
            if isShutDown { return nil }
            isShutDown = true
            return loop.submit { [pool] in pool.value.shutDown() }
        }
        // Only a loop that is gone fails it, and its connections with it.
        try? await ended?.get()
    }
}
