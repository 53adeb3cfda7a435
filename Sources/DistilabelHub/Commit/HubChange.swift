/// What a commit changes.
public enum HubChange: Sendable, Hashable {
    /// Puts a file in its place.
    case add(path: String, content: HubContent)
    /// Removes a file that is there.
    case delete(path: String)

    /// The path in the repository.
    public var path: String {
        switch self {
        case .add(let path, _), .delete(let path): path
        }
    }
}

/// What a file is to hold.
public enum HubContent: Sendable, Hashable {
    /// Bytes in memory.
    case bytes([UInt8])
    /// A file on this machine, read as it is sent; it must stay as it is meanwhile.
    case file(String)

    /// A text.
    public static func text(_ text: String) -> HubContent { .bytes(Array(text.utf8)) }
}

/// How a commit is made.
public struct HubCommitOptions: Sendable, Hashable {
    /// The first line of the message.
    public var message: String
    /// The rest of the message.
    public var details: String
    /// The branch, made where it is missing, or `refs/pr/N` for an open pull request.
    public var revision: String
    /// Whether a pull request is opened instead of changing the branch.
    public var opensPullRequest: Bool

    /// Makes options.
    public init(
        message: String, details: String = "", revision: String = "main", opensPullRequest: Bool = false
    ) {
        self.message = message
        self.details = details
        self.revision = revision
        self.opensPullRequest = opensPullRequest
    }
}

/// The state that a commit is made upon.
public struct HubHead: Sendable, Hashable {
    /// The repository.
    public var repository: HubRepository
    /// The commit; what is read of the repository is to be read at it.
    public var commit: String
}

/// What became of a push.
public struct HubCommit: Sendable, Hashable {
    /// The commit; the head that was there before where nothing changed.
    public var commit: String
    /// Its page, or the pull request's; nil where nothing changed.
    public var url: String?
    /// Whether the repository held all of it already, so that no commit was made.
    public var isUnchanged: Bool
    /// The paths that the repository's `.gitignore` keeps out.
    public var ignored: [String]
    /// How many bytes were sent to the large storage.
    public var uploadedBytes: Int
}
