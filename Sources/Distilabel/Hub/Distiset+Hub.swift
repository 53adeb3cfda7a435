public import DistilabelDatasets
public import DistilabelHub
internal import DistilabelPipeline
internal import DistilabelSteps
internal import DistilabelValues

/// A dataset that was pushed.
public struct HubUpload: Sendable {
    /// The repository's full name.
    public var repository: HubRepository
    /// The commit, or the head that was there where nothing changed.
    public var commit: HubCommit
    /// The dataset's page.
    public var page: String
}

extension Distiset {
    /// Pushes all configurations to a dataset on the Hugging Face Hub, in one commit.
    ///
    /// `default` goes to the folder `data`, others to one of their name, as `{split}-00000-of-0000N.parquet`; beside them the card
    /// (`README.md`), and `pipeline.yaml`, `pipeline.log` and `artifacts/` where the distiset's folder has them. Shards of the same splits that
    /// an earlier push left are removed; what else the repository holds stays. What is there already is not sent again.
    ///
    ///     try await distiset.pushToHub("owner/name", client: client)
    ///
    /// - Parameters:
    ///   - id: The repository: `owner/name`, or `name` for the token's own account; made where it is missing.
    ///   - client: Speaks with the Hub; ``HubSession`` makes one.
    ///   - options: The message, the branch, and whether a pull request is opened.
    ///   - isPrivate: Whether a repository that is made is seen by its owner only; nil leaves it to the account's setting.
    ///   - card: What the card says of how the dataset was made; nil for what can be said of the rows alone.
    /// - Throws: `HubError`, and `DatasetError` where the rows cannot be read or written.
    @discardableResult
    public func pushToHub(
        _ id: String, client: HubClient, options: HubCommitOptions = HubCommitOptions(message: "Upload dataset"),
        isPrivate: Bool? = nil, card: DatasetCard? = nil
    ) async throws -> HubUpload {
        var push = HubDatasetPush(
            client: client, repository: try HubRepository(id), options: options, isPrivate: isPrivate, card: card)
        push.attachments = artifacts
        let (repository, commit) = try await push.push(self)
        return HubUpload(
            repository: repository, commit: commit, page: "\(client.settings.endpoint)/datasets/\(repository)")
    }

    /// Reads a dataset on the Hugging Face Hub; its files are downloaded into the cache and its rows read from there.
    ///
    /// - Parameters:
    ///   - id: The repository: `owner/name`.
    ///   - client: Speaks with the Hub; ``HubSession`` makes one, which need not live as long as the rows are read.
    ///   - revision: A branch, a tag or a commit.
    ///   - configuration: Only this one; nil for all.
    ///   - split: Only this one; nil for all.
    /// - Throws: `HubError`, and `DatasetError` where there are no files of rows or one is damaged.
    public static func load(
        fromHub id: String, client: HubClient, revision: String = "main", configuration: String? = nil,
        split: String? = nil
    ) async throws -> Distiset {
        let dataset = try await HubDataset(HubRepository(id), revision: revision, client: client)
        var distiset = Distiset()
        for name in configuration.map({ [$0] }) ?? Array(dataset.layout.configurations.keys) {
            for (found, paths) in try dataset.splits(of: name) where split == nil || found == split {
                let files = try await concurrently(paths, width: 4) { try await dataset.local($0) }
                distiset.configurations[name, default: [:]][found] = try Dataset(files: files)
            }
        }
        if let split, distiset.configurations.isEmpty {
            _ = try dataset.files(configuration: configuration, split: split)
        }
        distiset.path = try await dataset.downloadCompanions()
        return distiset
    }

    /// The files below `artifacts` in the distiset's folder.
    private var artifacts: [String: HubContent] {
        guard let path else { return [:] }
        let names = FolderListing.files(below: path + "/artifacts")
        return Dictionary(
            uniqueKeysWithValues: names.map { ("artifacts/\($0)", .file("\(path)/artifacts/\($0)")) })
    }
}

extension RunResult {
    /// Pushes what the run made, with a card that says what the run did.
    ///
    /// - SeeAlso: `Distiset.pushToHub(_:client:options:isPrivate:card:)`
    /// - Throws: As that does.
    @discardableResult
    public func pushToHub(
        _ id: String, client: HubClient, options: HubCommitOptions = HubCommitOptions(message: "Upload dataset"),
        isPrivate: Bool? = nil, environment: [String: String]
    ) async throws -> HubUpload {
        // The card that lies with the rows says the same already.
        var card: DatasetCard?
        if distiset.cardPath == nil {
            let description = PipelineFile.text(
                of: try PipelineDescription(pipeline, placeholders: true), format: .yaml)
            card = DatasetCard(
                of: pipeline, description: description, summary: summary, configurations: [],
                environment: environment)
        }
        return try await distiset.pushToHub(
            id, client: client, options: options, isPrivate: isPrivate, card: card)
    }
}
