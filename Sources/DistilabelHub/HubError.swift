/// Why the Hub did not do what it was asked.
public struct HubError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The name can be none of a repository, or a path none in one.
        case invalidName
        /// The token is not accepted, or there is none and one is needed.
        case unauthorized
        /// The token is accepted but may not do this.
        case forbidden
        /// One must ask for access on the dataset's page first.
        case gated
        /// The repository was disabled by the Hub.
        case disabled
        /// The account has used up what it pays for.
        case paymentRequired
        /// There is no such repository, or the token may not see it.
        case repositoryNotFound
        /// There is no such branch, tag or commit.
        case revisionNotFound
        /// There is no such file or folder.
        case entryNotFound
        /// The name is taken.
        case nameTaken
        /// Somebody else's commit came between, again and again.
        case conflict
        /// The Hub refuses the request as it is.
        case badRequest
        /// Too many requests, for longer than was waited.
        case rateLimited
        /// The Hub itself failed.
        case serverFailure
        /// The Hub was not reached, or its answer did not come whole.
        case network
        /// What the Hub answered makes no sense.
        case malformedAnswer
        /// What came is not what was asked for: size or digest differ.
        case damaged
        /// Requests are turned off and the file is not in the cache.
        case offline
        /// A file on this machine cannot be read or written.
        case localFile
    }

    /// What kind of failure it is.
    public var code: Code
    /// What happened, where, and the mend; never the token.
    public var message: String
    /// The status of the answer, where there was one.
    public var status: Int?
    /// What the Hub's staff can find the request by.
    public var requestID: String?
    /// The error beneath.
    public var cause: (any Error)?

    /// Makes an error.
    public init(
        _ code: Code, _ message: String, status: Int? = nil, requestID: String? = nil, cause: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.status = status
        self.requestID = requestID
        self.cause = cause
    }

    /// The message.
    public var description: String { message }
}
