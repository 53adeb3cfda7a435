internal import NIOCore
internal import NIOHTTP1

/// One kept connection: sends a request, gathers its answer, and tells the pool.
///
/// Lives on the pool's event loop.
final class PlainConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    let origin: PlainAddress.Origin
    private let pool: PlainPool
    private var context: ChannelHandlerContext?
    private var exchange: PlainExchange?
    private var response: HTTPResponse?
    private var keepsAlive = true
    private var failure: (any Error)?
    private var isUsed = false

    init(origin: PlainAddress.Origin, pool: PlainPool) {
        self.origin = origin
        self.pool = pool
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    /// Whether a request can be sent.
    var isOpen: Bool { context?.channel.isActive ?? false }

    /// Sends a request; its answer goes to the pool.
    func send(_ exchange: PlainExchange) {
        guard let context else { return pool.ended(self, exchange, .failure(PlainFailure(cause: ChannelError.eof))) }
        self.exchange = exchange
        let request = exchange.request
        var headers = NIOHTTP1.HTTPHeaders()
        headers.reserveCapacity(request.headers.fields.count + 3)
        headers.add(name: "host", value: exchange.address.hostField)
        var namesItself = false
        for field in request.headers.fields {
            headers.add(name: field.name, value: field.value)
            namesItself = namesItself || HTTPHeaders.isSame(field.name, "user-agent")
        }
        if !namesItself { headers.add(name: "user-agent", value: HTTPRequest.userAgent) }
        if !request.body.isEmpty || request.method == .post || request.method == .put {
            headers.add(name: "content-length", value: String(request.body.count))
        }
        let head = HTTPRequestHead(
            version: .http1_1, method: NIOHTTP1.HTTPMethod(rawValue: request.method.rawValue),
            uri: exchange.address.path, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if !request.body.isEmpty {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: request.body)))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let exchange else { return close() }
        switch unwrapInboundIn(data) {
        case .head(let head):
            let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
            keepsAlive = head.isKeepAlive
            var response = HTTPResponse(
                status: Int(head.status.code),
                headers: HTTPHeaders(head.headers.map { (name: $0.name, value: $0.value) }))
            // Some, not all of what a server may announce and never send.
            response.body.reserveCapacity(min(length, exchange.request.maximumResponseSize, 1 << 20))
            self.response = response
            if length > exchange.request.maximumResponseSize, exchange.request.method != .head { tooLarge() }
        case .body(let bytes):
            let size = (response?.body.count ?? 0) + bytes.readableBytes
            guard size <= exchange.request.maximumResponseSize else { return tooLarge() }
            response?.body.append(contentsOf: bytes.readableBytesView)
        case .end:
            guard let response else { return close() }
            self.exchange = nil
            self.response = nil
            isUsed = true
            if !keepsAlive { close() }
            pool.ended(self, exchange, .success(response))
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if failure == nil { failure = error }
        close()
    }

    func channelInactive(context: ChannelHandlerContext) {
        pool.closed(self)
        guard let exchange else { return }
        self.exchange = nil
        let hasHead = response != nil
        if isUsed, !hasHead, !exchange.isResent, exchange.request.isRepeatable, !(failure is HTTPParserError) {
            // Nothing came: the server had closed the kept connection, so nothing is wrong and a fresh one will do.
            return pool.sendAgain(exchange)
        }
        pool.ended(
            self, exchange, .failure(PlainFailure(cause: failure ?? ChannelError.eof, hasHead: hasHead)))
    }

    /// Ends the request that is under way.
    func fail(_ error: any Error) {
        if failure == nil { failure = error }
        guard let exchange else { return close() }
        self.exchange = nil
        close()
        pool.ended(self, exchange, .failure(PlainFailure(cause: error, hasHead: response != nil)))
    }

    /// Closes the connection.
    func close() { context?.close(promise: nil) }

    private func tooLarge() { fail(ResponseTooLarge()) }
}
