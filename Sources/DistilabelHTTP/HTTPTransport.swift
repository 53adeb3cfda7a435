/// Sends HTTP requests: the one seam between the project and the network.
///
/// `AsyncHTTPTransport` is the real one and `RetryingTransport` wraps any other. A double for tests is a few lines:
///
///     struct CannedTransport: HTTPTransport {
///         var response: HTTPResponse
///         func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse { response }
///     }
///
/// The error type is closed on purpose: whoever decides about retries must see every kind of failure.
public protocol HTTPTransport: Sendable {
    /// Sends a request and waits for the whole response.
    ///
    /// An answer with any status is a response, a 404 or 500 too. Cancelling the task ends the request at once.
    ///
    /// - Parameter request: What to send.
    /// - Returns: The response, body included.
    /// - Throws: `HTTPError` when there is no whole response.
    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse
}
