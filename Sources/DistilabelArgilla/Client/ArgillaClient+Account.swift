internal import DistilabelHTTP
internal import DistilabelValues

extension ArgillaClient {
    /// Whose key it is.
    ///
    /// - Throws: `ArgillaError`; `.unauthorized` when the server does not know the key.
    public func me() async throws -> ArgillaUser {
        try read(from: try await send(.get, "me"), path: "me")
    }

    /// The workspaces that the key's owner may see; all of them for an owner of the server.
    public func workspaces() async throws -> [ArgillaWorkspace] {
        try await items("me/workspaces").map { try read(from: $0, path: "me/workspaces") }
    }

    /// The workspace of a name; without one, the first.
    ///
    /// - Throws: `ArgillaError` with `.notFound` and the names that there are.
    public func workspace(named name: String? = nil) async throws -> ArgillaWorkspace {
        let all = try await workspaces()
        if let found = name.map({ name in all.first { $0.name == name } }) ?? all.first { return found }
        let list = all.isEmpty ? "none" : all.map { "'\($0.name)'" }.joined(separator: ", ")
        let missing = name.map { "workspace '\($0)'" } ?? "workspace"
        let nearest = name.flatMap { Nearest.match($0, in: all.map(\.name)) }.map { "; did you mean '\($0)'?" }
        throw ArgillaError(
            code: .notFound,
            message:
                "Argilla at \(server) has no \(missing) that the key's owner may see (there are: \(list))\(nearest ?? "; make one, or add the user to it")"
        )
    }

    /// Makes a workspace; only an owner of the server may.
    ///
    /// - Throws: `ArgillaError`; `.conflict` when there is one of this name.
    public func createWorkspace(named name: String) async throws -> ArgillaWorkspace {
        try read(from: try await send(.post, "workspaces", body: ["name": .string(name)]), path: "workspaces")
    }

    /// The users of a workspace; only owners, and admins of the workspace, may see them.
    public func users(of workspace: ArgillaWorkspace) async throws -> [ArgillaUser] {
        let path = "workspaces/\(workspace.id)/users"
        return try await items(path).map { try read(from: $0, path: path) }
    }
}
