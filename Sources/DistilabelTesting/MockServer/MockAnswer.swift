/// What a `MockLLMServer` answers, and how it misbehaves.
public struct MockAnswer: Sendable {
    /// What goes wrong.
    public enum Fault: Sendable, Hashable {
        /// The connection is closed instead of an answer.
        case close
        /// The connection is reset instead of an answer.
        case reset
        /// The whole length is announced, and the connection closed after this many bytes of the body.
        case truncate(after: Int)
        /// Nothing ever comes.
        case hang
        /// The answer comes whole, and the connection is closed without a word before.
        case closeAfterwards
    }

    /// The status.
    public var status: Int
    /// The header fields beside `content-length`.
    public var headers: [(name: String, value: String)]
    /// The bytes behind the header.
    public var body: [UInt8]
    /// How long the server waits before it answers; no thread waits with it.
    public var delay: Duration
    /// What goes wrong.
    public var fault: Fault?
    /// The body in pieces, sent with chunked encoding in place of `body`.
    public var chunks: [[UInt8]]?
    /// How long the server waits before each chunk but the first.
    public var chunkDelay: Duration

    /// Makes an answer.
    public init(
        status: Int = 200, headers: [(name: String, value: String)] = [("content-type", "application/json")],
        body: [UInt8] = [], delay: Duration = .zero, fault: Fault? = nil, chunks: [[UInt8]]? = nil,
        chunkDelay: Duration = .zero
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.delay = delay
        self.fault = fault
        self.chunks = chunks
        self.chunkDelay = chunkDelay
    }

    /// An answer with a text as its body.
    public static func text(_ text: String, status: Int = 200) -> MockAnswer {
        MockAnswer(status: status, headers: [("content-type", "text/plain")], body: Array(text.utf8))
    }

    /// A refusal as OpenAI words them.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - message: What a person reads.
    ///   - code: What a program reads, such as `insufficient_quota`.
    ///   - retryAfter: The value of the header `retry-after`.
    public static func failure(
        _ status: Int, message: String = "no", code: String? = nil, retryAfter: String? = nil
    ) -> MockAnswer {
        var body = MockJSON()
        body.raw("{\"error\":{\"message\":")
        body.string(message)
        body.raw(",\"type\":\"mock_error\",\"param\":null,\"code\":")
        if let code { body.string(code) } else { body.raw("null") }
        body.raw("}}")
        var answer = MockAnswer(status: status, body: body.bytes)
        if let retryAfter { answer.headers.append(("retry-after", retryAfter)) }
        return answer
    }

    /// The same answer after a wait.
    public func delayed(_ delay: Duration) -> MockAnswer {
        var answer = self
        answer.delay = delay
        return answer
    }

    /// The same answer, gone wrong.
    public func failing(_ fault: Fault) -> MockAnswer {
        var answer = self
        answer.fault = fault
        return answer
    }
}
