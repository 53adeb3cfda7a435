internal import NIOCore
internal import Synchronization

/// One connection to a `MockLLMServer`: takes requests one after the other, also those sent ahead.
final class MockConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let record: ServerRecord
    private let answerer: MockLLMServer.Answerer
    private let idleTimeout: TimeAmount?
    private var pending = ByteBuffer()
    private var isAnswering = false
    private var mayContinue = false
    /// Whether the request under way asks for the head alone.
    private var isHead = false
    private var number = 0
    private var requestCount = 0
    private var idle: Scheduled<Void>?

    init(record: ServerRecord, answerer: MockLLMServer.Answerer, idleTimeout: TimeAmount?) {
        self.record = record
        self.answerer = answerer
        self.idleTimeout = idleTimeout
    }

    func channelActive(context: ChannelHandlerContext) {
        number = record.connections.add(1, ordering: .relaxed).oldValue
        record.open.add(1, ordering: .relaxed)
        watchIdle(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        idle?.cancel()
        record.open.subtract(1, ordering: .relaxed)
        if isAnswering { record.end() }
        isAnswering = false
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        idle?.cancel()
        if pending.readableBytes == 0 { pending = bytes } else { pending.writeBuffer(&bytes) }
        takeRequest(context)
    }

    /// Takes the next request, if it is whole and none is being answered.
    private func takeRequest(_ context: ChannelHandlerContext) {
        guard !isAnswering, pending.readableBytes > 0 else { return }
        let parsed = pending.withUnsafeReadableBytes { bytes in RequestParser.next(in: bytes) }
        switch parsed {
        case .incomplete(let awaitsContinue):
            guard awaitsContinue, !mayContinue else { return }
            mayContinue = true
            write(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n"), context)
        case .request(let parts, let length):
            pending.moveReaderIndex(forwardBy: length)
            mayContinue = false
            isAnswering = true
            isHead = parts.method == "HEAD"
            let request = MockRequest(
                method: parts.method, path: parts.path, body: parts.body, index: record.begin(),
                connection: number, indexOnConnection: requestCount, headerLines: parts.headerLines)
            requestCount += 1
            record.keep(request)
            answer(request, closes: parts.closes, context)
        }
    }

    private func answer(_ request: MockRequest, closes: Bool, _ context: ChannelHandlerContext) {
        switch answerer {
        case .now(let answer): deliver(answer(request), closes: closes, context)
        case .later(let answer):
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            let loop = context.eventLoop
            Task {
                let result = await answer(request)
                loop.execute {
                    let (connection, context) = bound.value
                    connection.deliver(result, closes: closes, context)
                }
            }
        }
    }

    private func deliver(_ answer: MockAnswer, closes: Bool, _ context: ChannelHandlerContext) {
        guard answer.delay > .zero else { return send(answer, closes: closes, context) }
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.amount(answer.delay)) {
            self.send(answer, closes: closes, context)
        }
    }

    private func send(_ answer: MockAnswer, closes: Bool, _ context: ChannelHandlerContext) {
        // The client may have gone while the answer waited.
        guard isAnswering, context.channel.isActive else { return }
        switch answer.fault {
        case .hang: return
        case .close: context.close(promise: nil)
        case .reset:
            if let options = context.channel as? any SocketOptionProvider {
                // A `struct linger` that is on with no time: closing throws the connection away, and the other side sees a reset.
                options.unsafeSetSocketOption(level: .socket, name: .so_linger, value: (CInt(1), CInt(0)))
                    .assumeIsolated().whenComplete { _ in context.close(promise: nil) }
            } else {
                context.close(promise: nil)
            }
        case .truncate(let length):
            write(AnswerWriting.whole(answer, cutTo: length, closes: closes), context)
            context.close(promise: nil)
        case .closeAfterwards, nil:
            let ends = closes || answer.fault == .closeAfterwards
            if let chunks = answer.chunks {
                write(AnswerWriting.head(answer, length: nil, closes: closes, capacity: 256), context)
                sendChunks(chunks[...], every: Self.amount(answer.chunkDelay), ends: ends, context)
            } else {
                write(AnswerWriting.whole(answer, cutTo: isHead ? 0 : .max, closes: closes), context)
                finish(ends: ends, context)
            }
        }
    }

    private func sendChunks(
        _ chunks: ArraySlice<[UInt8]>, every delay: TimeAmount, ends: Bool, _ context: ChannelHandlerContext
    ) {
        guard isAnswering, context.channel.isActive else { return }
        guard let chunk = chunks.first else {
            write(ByteBuffer(string: "0\r\n\r\n"), context)
            return finish(ends: ends, context)
        }
        write(AnswerWriting.chunk(chunk), context)
        let rest = chunks.dropFirst()
        guard delay > .zero, !rest.isEmpty else { return sendChunks(rest, every: delay, ends: ends, context) }
        context.eventLoop.assumeIsolated().scheduleTask(in: delay) {
            self.sendChunks(rest, every: delay, ends: ends, context)
        }
    }

    private func finish(ends: Bool, _ context: ChannelHandlerContext) {
        isAnswering = false
        record.end()
        if ends { return context.close(promise: nil) }
        watchIdle(context)
        takeRequest(context)
    }

    private func watchIdle(_ context: ChannelHandlerContext) {
        guard let idleTimeout else { return }
        idle?.cancel()
        idle = context.eventLoop.assumeIsolated().scheduleTask(in: idleTimeout) { context.close(promise: nil) }
    }

    private func write(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    }

    private static func amount(_ duration: Duration) -> TimeAmount {
        .nanoseconds(Int64(duration / .nanoseconds(1)))
    }
}
