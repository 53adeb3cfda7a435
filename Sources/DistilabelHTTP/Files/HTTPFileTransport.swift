/// Sends and receives bodies of any size, a piece at a time.
///
/// `HTTPTransport` holds a body as a whole, which suits a model's answer; a dataset's file needs memory that does not grow with it.
public protocol HTTPFileTransport: HTTPTransport {
    /// Sends a part of a file as the body of a request, and waits for the whole response.
    ///
    /// - Parameters:
    ///   - request: What to send; its own `body` is not looked at.
    ///   - slice: The bytes to send in its place.
    /// - Returns: The response, whatever its status.
    /// - Throws: `HTTPError` when there is no whole response, or the file is not what it was when the slice was made.
    func send(_ request: HTTPRequest, body slice: FileSlice) async throws(HTTPError) -> HTTPResponse

    /// Sends a request and hands the body of its answer over as it comes.
    ///
    /// - Parameters:
    ///   - request: What to send; `maximumResponseSize` bounds only the body of an answer that is no success.
    ///   - receive: Takes the status and the headers of a success, and some bytes of its body; not called for an empty body. What it
    ///     throws ends the request and is thrown on.
    /// - Returns: The response; the body is empty where its bytes went to `receive`, and whole where the status is no success.
    /// - Throws: `HTTPError` when there is no whole response, or what `receive` throws.
    func stream(
        _ request: HTTPRequest, receive: (_ head: HTTPResponse, _ bytes: UnsafeRawBufferPointer) throws -> Void
    ) async throws -> HTTPResponse
}

/// Some neighbouring bytes of a file.
public struct FileSlice: Sendable, Hashable {
    /// Where the file lies.
    public var path: String
    /// Where in the file the bytes begin.
    public var offset: Int
    /// How many bytes there are.
    public var count: Int

    /// Names some bytes of a file.
    public init(path: String, offset: Int = 0, count: Int) {
        self.path = path
        self.offset = offset
        self.count = count
    }
}
