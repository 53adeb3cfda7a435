internal import DistilabelHTTP
internal import DistilabelValues

/// What a repository is at a revision.
public struct HubRepositoryInfo: Sendable, Hashable {
    /// Its name, the new one where it was renamed.
    public var repository: HubRepository
    /// The commit that the revision is.
    public var commit: String
    /// Whether only its owner sees it.
    public var isPrivate: Bool
    /// Whether access must be asked for.
    public var isGated: Bool
}

/// A file or folder in a repository.
public struct HubEntry: Sendable, Hashable {
    /// The path in the repository.
    public var path: String
    /// Whether it is a folder.
    public var isFolder: Bool
    /// Its size in bytes; 0 for folders.
    public var size: Int
    /// The SHA-256 of a file in large storage, else Git's own digest.
    public var digest: String
}

/// The branches and tags of a repository.
public struct HubReferences: Sendable, Hashable {
    /// The commit of each branch.
    public var branches: [String: String]
    /// The commit of each tag.
    public var tags: [String: String]
    /// The commits of what the Hub itself made, such as `parquet`.
    public var converts: [String: String]
}

extension HubClient {
    /// The path of a repository's resource in the Hub's interface.
    static func path(_ repository: HubRepository, _ rest: String...) -> String {
        "/api/datasets/" + ([HubPath.escapedPath(repository.id)] + rest).joined(separator: "/")
    }

    /// Makes a dataset's repository.
    ///
    /// - Parameters:
    ///   - repository: Its name; without an owner it goes to the token's own account.
    ///   - isPrivate: Whether only the owner sees it; nil leaves it to the account's or organisation's setting.
    ///   - existing: Whether one that is there already will do.
    /// - Returns: The full name.
    /// - Throws: `HubError`: `.nameTaken`, `.unauthorized`, `.forbidden`, `.paymentRequired`.
    @discardableResult
    public func create(
        _ repository: HubRepository, isPrivate: Bool? = nil, acceptingExisting existing: Bool = true
    ) async throws -> HubRepository {
        var full = repository
        if repository.owner == nil {
            full = HubRepository(unchecked: try await whoami().name + "/" + repository.name)
        }
        let subject = HubSubject(repository: full, action: "create the dataset '\(full)'", writes: true)
        var body: Value.Object = ["name": .string(full.name), "type": "dataset"]
        if let owner = full.owner { body["organization"] = .string(owner) }
        if let isPrivate { body["visibility"] = isPrivate ? "private" : "public" }
        do {
            // Made twice it is there already, which is well only where that will do.
            _ = try await send(.json("/api/repos/create", .object(body), isRepeatable: existing), about: subject)
            return full
        } catch let error as HubError {
            switch error.code {
            case .conflict where existing: return full
            case .conflict:
                throw HubError(
                    .nameTaken, "the dataset '\(full)' is there already; choose another name, or push to it as it is",
                    status: error.status, requestID: error.requestID)
            case .unauthorized, .forbidden, .paymentRequired, .repositoryNotFound:
                // Whoever may not make one may still write to one that is there.
                guard existing, (try? await info(full)) != nil else {
                    throw error.code == .repositoryNotFound
                        ? HubError(
                            .forbidden,
                            "the token may not create the dataset '\(full)'; use one with the role `write`, of '\(full.owner ?? "")' or a member",
                            status: error.status, requestID: error.requestID) : error
                }
                return full
            default: throw error
            }
        }
    }

    /// What a repository is at a revision.
    public func info(_ repository: HubRepository, revision: String = "main") async throws -> HubRepositoryInfo {
        let subject = HubSubject(
            repository: repository, revision: revision, action: "look at the dataset '\(repository)'")
        let path = Self.path(repository, "revision", HubPath.escaped(revision))
        let object = try Self.object(try await send(Call(path: path), about: subject), about: subject)
        guard let commit = object["sha"]?.stringValue else {
            throw HubError(.malformedAnswer, "the Hub does not say at which commit '\(repository)' is")
        }
        var isGated = object["gated"]?.boolValue ?? false
        if object["gated"]?.stringValue != nil { isGated = true }
        return HubRepositoryInfo(
            repository: object["id"]?.stringValue.map { HubRepository(unchecked: $0) } ?? repository, commit: commit,
            isPrivate: object["private"]?.boolValue ?? false, isGated: isGated)
    }

    /// The files and folders below a folder.
    ///
    /// - Parameters:
    ///   - folder: The folder; empty for the whole repository.
    ///   - isRecursive: Whether those in folders below are listed too.
    /// - Throws: `HubError`, with `.entryNotFound` where there is no such folder.
    public func tree(
        of repository: HubRepository, revision: String = "main", folder: String = "", isRecursive: Bool = true
    ) async throws -> [HubEntry] {
        let subject = HubSubject(
            repository: repository, revision: revision, path: folder, action: "list the files of '\(repository)'")
        var path: String? =
            Self.path(repository, "tree", HubPath.escaped(revision)) + (folder.isEmpty ? "" : "/")
            + HubPath.escapedPath(folder) + "?recursive=\(isRecursive)&expand=false"
        var entries: [HubEntry] = []
        while let page = path {
            let answer = try await send(Call(path: page), about: subject)
            guard let list = (try? JSON.parse(answer.body))?.arrayValue else {
                throw HubError(.malformedAnswer, "cannot \(subject.action): the Hub answered no list")
            }
            entries += list.compactMap { HubEntry($0) }
            path = try nextPage(answer, about: subject)
        }
        return entries
    }

    /// The branches and tags.
    public func references(of repository: HubRepository) async throws -> HubReferences {
        let subject = HubSubject(repository: repository, action: "list the branches of '\(repository)'")
        let object = try Self.object(
            try await send(Call(path: Self.path(repository, "refs")), about: subject), about: subject)
        func commits(_ key: String) -> [String: String] {
            let pairs = (object[key]?.arrayValue ?? []).compactMap { entry -> (String, String)? in
                guard let name = entry["name"]?.stringValue else { return nil }
                return (name, entry["targetCommit"]?.stringValue ?? "")
            }
            return Dictionary(pairs) { first, _ in first }
        }
        return HubReferences(branches: commits("branches"), tags: commits("tags"), converts: commits("converts"))
    }

    /// Makes a branch; one that is there already will do.
    public func createBranch(_ name: String, of repository: HubRepository, from revision: String? = nil) async throws {
        let subject = HubSubject(
            repository: repository, revision: revision, action: "make the branch '\(name)' of '\(repository)'",
            writes: true)
        var body = Value.Object()
        if let revision { body["startingPoint"] = .string(revision) }
        do {
            _ = try await send(
                .json(Self.path(repository, "branch", HubPath.escaped(name)), .object(body)), about: subject)
        } catch let error as HubError where error.code == .conflict {
            return
        }
    }

    /// The path of the next page that an answer's `link` names; nil after the last.
    private func nextPage(_ answer: HTTPResponse, about subject: HubSubject) throws -> String? {
        for field in answer.headers.values(of: "link") {
            for link in field.split(separator: ",") where link.contains("rel=\"next\"") {
                guard let start = link.firstIndex(of: "<"), let end = link.firstIndex(of: ">"), start < end else {
                    continue
                }
                let url = String(link[link.index(after: start)..<end])
                if url.hasPrefix("/") { return url }
                guard isHub(url), url.hasPrefix(settings.endpoint) else {
                    throw HubError(
                        .malformedAnswer,
                        "cannot \(subject.action): the next page is on \(Self.host(of: url)), which is not asked")
                }
                return String(url.dropFirst(settings.endpoint.count))
            }
        }
        return nil
    }
}

extension HubEntry {
    /// Reads an entry of a listing.
    init?(_ value: Value) {
        guard let path = value["path"]?.stringValue, let type = value["type"]?.stringValue else { return nil }
        self.init(
            path: path, isFolder: type == "directory",
            size: value["lfs"]?["size"]?.intValue ?? value["size"]?.intValue ?? 0,
            digest: value["lfs"]?["oid"]?.stringValue ?? value["oid"]?.stringValue ?? "")
    }
}
