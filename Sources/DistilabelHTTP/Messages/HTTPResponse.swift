#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// What a server answered, whole.
public struct HTTPResponse: Sendable, Equatable {
    /// The status: 200 is success, 4xx the fault of the request, 5xx of the server.
    public var status: Int
    /// The header fields.
    public var headers: HTTPHeaders
    /// The bytes behind the header.
    public var body: [UInt8]

    /// Makes a response.
    public init(status: Int, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Whether the status is 2xx.
    public var isSuccess: Bool { (200..<300).contains(status) }

    /// How long the server asks to wait, with `retry-after-ms`, or `retry-after` in seconds or as a date; nil where it asks for nothing.
    public var retryAfter: Duration? { RetryAfter.delay(in: headers) { Int(time(nil)) } }

    /// The body as text; bytes that are no UTF-8 become replacement characters.
    public var text: String { String(decoding: body, as: UTF8.self) }

    /// Hands the body's memory to a closure, without a copy.
    public func withUnsafeBytes<Result, Failure: Error>(
        _ read: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let outcome = body.withUnsafeBytes { bytes -> Swift.Result<Result, Failure> in
            do throws(Failure) { return .success(try read(bytes)) } catch { return .failure(error) }
        }
        return try outcome.get()
    }

    /// The response itself where the status is 2xx.
    ///
    /// - Parameter request: What was asked, for the message.
    /// - Throws: `HTTPError` with `.status` otherwise; the message quotes the first line of the body.
    public func requiringSuccess(of request: HTTPRequest) throws(HTTPError) -> HTTPResponse {
        if isSuccess { return self }
        let line = String(decoding: body.prefix(400).prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
        let said = line.isEmpty ? "" : ": \(line)"
        throw HTTPError(
            code: .status, message: "\(request.method) \(Redaction.url(request.url)) answered \(status)\(said)",
            status: status)
    }
}
