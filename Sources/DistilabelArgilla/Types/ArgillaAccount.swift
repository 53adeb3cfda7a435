/// A user of an Argilla server; the key that the server sends along is not kept.
public struct ArgillaUser: Sendable, Hashable, Codable {
    /// The server's id.
    public let id: String
    /// The name to log in with.
    public let username: String
    /// `owner`, `admin` or `annotator`.
    public let role: String

    /// Makes the description of a user.
    public init(id: String, username: String, role: String) {
        self.id = id
        self.username = username
        self.role = role
    }
}

/// A workspace: datasets, and the users who may see them.
public struct ArgillaWorkspace: Sendable, Hashable, Codable {
    /// The server's id.
    public let id: String
    /// The name, unique on the server.
    public let name: String

    /// Makes the description of a workspace.
    public init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}
