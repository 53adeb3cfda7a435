package import DistilabelDatasets
package import DistilabelHub
internal import DistilabelValues

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Pushes a distiset: all configurations, the card and what made it, in one commit.
package struct HubDatasetPush: Sendable {
    /// What is asked.
    package var client: HubClient
    /// The repository; made where it is missing.
    package var repository: HubRepository
    /// The message, the branch, and whether a pull request is opened.
    package var options: HubCommitOptions
    /// Whether a repository that is made is seen by its owner only; nil leaves it to the account's setting.
    package var isPrivate: Bool?
    /// What the card says; nil for what can be said of the rows alone.
    package var card: DatasetCard?
    /// Further files, under their paths in the repository.
    package var attachments: [String: HubContent] = [:]

    /// Makes a push.
    package init(
        client: HubClient, repository: HubRepository, options: HubCommitOptions, isPrivate: Bool? = nil,
        card: DatasetCard? = nil
    ) {
        self.client = client
        self.repository = repository
        self.options = options
        self.isPrivate = isPrivate
        self.card = card
    }

    /// Pushes.
    ///
    /// The rows are written into a folder beside the distiset's own first, or in the cache. Shards of the same splits that an earlier push left and that this one
    /// does not write are removed in the same commit; other files, splits and configurations stay.
    ///
    /// - Returns: The full name of the repository and what became of the push.
    package func push(_ distiset: Distiset) async throws -> (repository: HubRepository, commit: HubCommit) {
        let output = try Self.staging(distiset, client: client)
        defer { output.discard() }
        let files = try distiset.writeRepositoryFiles(to: output)
        let repository = try await client.create(repository, isPrivate: isPrivate)
        var own = card ?? DatasetCard(title: repository.name, configurations: [])
        own.configurations = files.configurations
        own.repository = repository.id
        if own.pipeline == nil { own.pipeline = try distiset.pipelinePath.map(Self.text) }
        let localCard = try distiset.cardPath.map(Self.text)
        let shown = own
        let commit = try await client.push(to: repository, options) { head in
            let paths = try await client.tree(of: repository, revision: head.commit)
                .filter { !$0.isFolder }.map(\.path)
            var before: String?
            if paths.contains("README.md") {
                let bytes = try await client.contents(of: "README.md", of: repository, revision: head.commit)
                before = String(decoding: bytes, as: UTF8.self)
            }
            var changes = files.stale(among: paths).map { HubChange.delete(path: $0) }
            changes += files.files.map { .add(path: $0.key, content: .file($0.value)) }
            changes.append(.add(path: "README.md", content: .text(try shown.text(merging: before, pageOf: localCard))))
            for (name, path) in [("pipeline.yaml", distiset.pipelinePath), ("pipeline.log", distiset.logPath)] {
                if let path { changes.append(.add(path: name, content: .file(path))) }
            }
            changes += attachments.sorted { $0.key < $1.key }.map { .add(path: $0.key, content: $0.value) }
            return changes
        }
        return (repository, commit)
    }

    /// A folder for the files, on the disk of the distiset where that can be written.
    private static func staging(_ distiset: Distiset, client: HubClient) throws -> OutputDirectory {
        if let path = distiset.path, let output = try? OutputDirectory(path + ".push") { return output }
        return try OutputDirectory(client.settings.cacheDirectory + "/distilabel-push")
    }

    private static func text(_ path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw DatasetError(.io, "cannot read \(path)")
        }
        return String(decoding: data, as: UTF8.self)
    }
}
