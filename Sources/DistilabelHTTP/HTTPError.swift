/// Why there is no whole response.
public struct HTTPError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The address is none that can be asked.
        case invalidURL
        /// The request itself is malformed, a header say.
        case invalidRequest
        /// The host's name is not known.
        case dnsFailure
        /// Nobody listens at that port.
        case connectionRefused
        /// No connection came about for another reason: no route, no answer to the knock in time.
        case connectionFailed
        /// The certificate or the handshake failed.
        case tlsFailure
        /// No whole response in time.
        case timeout
        /// The connection broke.
        case connectionReset
        /// The server closed the connection before it answered.
        case connectionClosed
        /// The connection ended within the body.
        case truncatedBody
        /// The answer is longer than the request allows.
        case responseTooLarge
        /// The answer is no HTTP.
        case invalidResponse
        /// The task was cancelled.
        case cancelled
        /// The transport was shut down.
        case shutDown
        /// A status that is no success, where the caller asked for one.
        case status
        /// Anything else.
        case other
    }

    /// What kind of failure it is.
    public var code: Code
    /// What happened, where, and the mend; keys are starred.
    public var message: String
    /// The status, for `.status`.
    public var status: Int?
    /// The error beneath.
    public var underlying: (any Error)?

    /// Makes an error.
    public init(code: Code, message: String, status: Int? = nil, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.status = status
        self.underlying = underlying
    }

    /// Whether the same request may well succeed a little later.
    public var isRetryable: Bool {
        switch code {
        case .dnsFailure, .connectionRefused, .connectionFailed, .timeout, .connectionReset, .connectionClosed,
            .truncatedBody, .invalidResponse:
            true
        case .status: status.map { RetryPolicy.defaultStatuses.contains($0) } ?? false
        case .invalidURL, .invalidRequest, .tlsFailure, .responseTooLarge, .cancelled, .shutDown, .other: false
        }
    }

    /// Whether the server surely did nothing, since the request never reached it.
    public var isUnsent: Bool {
        switch code {
        case .invalidURL, .invalidRequest, .dnsFailure, .connectionRefused, .connectionFailed, .tlsFailure, .shutDown:
            true
        default: false
        }
    }

    /// The message.
    public var description: String { message }
}
