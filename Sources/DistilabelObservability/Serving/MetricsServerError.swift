/// Why the metrics cannot be served.
public struct MetricsServerError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Code: String, Sendable {
        /// Another program has the port.
        case portTaken
        /// The system does not allow the port.
        case notAllowed
        /// Anything else.
        case failed
    }

    /// What kind of failure it is.
    public var code: Code
    /// What happened, where, and the mend.
    public var message: String
    /// The error beneath.
    public var cause: (any Error)?

    /// Makes an error.
    public init(code: Code, message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message.
    public var description: String { message }
}
