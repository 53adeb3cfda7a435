/// What is sent to a server.
public struct HTTPRequest: Sendable, Equatable {
    /// What is asked of the resource.
    public var method: HTTPMethod
    /// The whole address: `http://` or `https://`, host, path and query, escaped as it goes over the wire.
    public var url: String
    /// The header fields; `host` and `content-length` are added on the way, and `user-agent` where there is none.
    public var headers: HTTPHeaders
    /// The bytes behind the header; none if empty.
    public var body: [UInt8]
    /// How long one try may take, from sending to the last byte of the answer.
    public var timeout: Duration
    /// The longest answer that is taken, in bytes; a longer one is an error, so that a server cannot fill the memory.
    public var maximumResponseSize: Int
    /// Whether the request may be sent twice where nobody knows whether the first one arrived.
    ///
    /// True for everything that asks a model: a second answer is as good as the first. Where it is false, only failures
    /// in which the server surely did nothing are tried again.
    public var isRepeatable: Bool

    /// What names the program to servers where a request does not; some gateways turn away what does not name itself.
    static let userAgent = "distilabel"
    /// The default of `timeout`: ten minutes, since a long answer of a slow model takes minutes.
    public static let defaultTimeout: Duration = .seconds(600)
    /// The default of `maximumResponseSize`: 64 MiB.
    public static let defaultMaximumResponseSize = 64 << 20

    /// Makes a request.
    public init(
        method: HTTPMethod = .get, url: String, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = [],
        timeout: Duration = HTTPRequest.defaultTimeout,
        maximumResponseSize: Int = HTTPRequest.defaultMaximumResponseSize, isRepeatable: Bool = true
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.maximumResponseSize = maximumResponseSize
        self.isRepeatable = isRepeatable
    }
}

extension HTTPRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Method, address and size; keys in the address and its headers are starred.
    public var description: String {
        let head = "\(method) \(Redaction.url(url))"
        let fields = headers.fields.isEmpty ? "" : " [\(headers)]"
        return body.isEmpty ? head + fields : "\(head)\(fields) (\(body.count) bytes)"
    }
    /// As `description`.
    public var debugDescription: String { description }
    /// What `description` shows.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "method": method, "url": Redaction.url(url), "headers": headers, "bodySize": body.count,
                "timeout": timeout,
            ])
    }
}
