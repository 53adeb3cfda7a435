/// Why an Argilla server did not do what it was asked.
public struct ArgillaError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The address or the key is not given, or cannot be one.
        case misconfigured
        /// Nobody answers at the address.
        case unreachable
        /// The server does not know the key (401).
        case unauthorized
        /// The key's owner may not do this (403).
        case forbidden
        /// There is no such thing (404).
        case notFound
        /// There is such a thing already (409).
        case conflict
        /// The server does not accept what was sent (400, 422).
        case invalid
        /// What was sent is too long for the server, or for what stands before it (413).
        case tooLarge
        /// The server failed, at each of several tries (5xx, 429).
        case serverFailure
        /// The answer is none of Argilla's.
        case notUnderstood
        /// A dataset of this name is there, but it asks or shows other things.
        case mismatch
        /// A list of records does not hold all that it announces.
        case incomplete
    }

    /// What kind of failure it is.
    public var code: Code
    /// What happened, where, and the mend; the key does not show.
    public var message: String
    /// The status of the answer, where there was one.
    public var status: Int?
    /// The error beneath.
    public var cause: (any Error)?

    /// Makes an error.
    public init(code: Code, message: String, status: Int? = nil, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.status = status
        self.cause = cause
    }

    /// The message.
    public var description: String { message }
}
