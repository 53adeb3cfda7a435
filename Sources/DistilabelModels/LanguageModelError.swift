/// Why a model gave no answer.
public struct LanguageModelError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Code: String, Sendable, CaseIterable {
        /// The key is missing, wrong or without rights.
        case unauthorized
        /// There is no model of that name.
        case noSuchModel
        /// The provider does not accept the request.
        case invalidRequest
        /// Too many requests or tokens, even after waiting.
        case rateLimited
        /// The account has no money left.
        case quotaExceeded
        /// The server failed, even after retries.
        case serverFailure
        /// No connection, or it broke.
        case connectionFailed
        /// No answer in time.
        case timeout
        /// The prompt does not fit the model.
        case contextTooLong
        /// The provider withheld the answer.
        case contentFilter
        /// The answer is not what the protocol promises.
        case invalidResponse
        /// A model file is missing or broken.
        case modelFile
        /// Something that this model cannot do.
        case unsupported
    }

    /// What kind of failure it is.
    public var code: Code
    /// What happened, where, and the mend.
    public var message: String
    /// Whether it would be the same for every row, so that the run must end.
    public var isForAllRows: Bool
    /// What another try may bring.
    public var recovery: Recovery
    /// What the provider said of its limits along with it.
    public var limits: RateLimits?
    /// The error beneath.
    public var cause: (any Error)?

    /// Makes an error.
    public init(
        code: Code, message: String, isForAllRows: Bool? = nil, recovery: Recovery = .none, limits: RateLimits? = nil,
        cause: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.isForAllRows =
            isForAllRows ?? [.unauthorized, .noSuchModel, .quotaExceeded, .modelFile, .unsupported].contains(code)
        self.recovery = recovery
        self.limits = limits
        self.cause = cause
    }

    /// The message.
    public var description: String { message }
}
