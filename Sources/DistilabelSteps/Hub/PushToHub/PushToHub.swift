internal import DistilabelDatasets
internal import DistilabelHub
public import DistilabelModels
public import DistilabelPipeline
public import DistilabelValues

/// Pushes all rows that come to it as a split of a dataset on the Hugging Face Hub, and passes them on unchanged.
public struct PushToHub: GlobalStep {
    /// The dataset's repository: `owner/name`; made where it is missing.
    public var repoId: String
    /// The split.
    public var split: String? = "train"
    /// Whether a dataset that is made is seen by its owner only.
    public var `private`: Bool? = false
    /// Who pushes; nil takes HF_TOKEN, or what `hf auth login` keeps.
    public var token: Secret?

    /// Makes the step.
    ///
    /// - Parameters:
    ///   - repoId: The dataset's repository: `owner/name`; made where it is missing.
    ///   - split: The split.
    ///   - isPrivate: Whether a dataset that is made is seen by its owner only.
    ///   - token: Who pushes; nil takes HF_TOKEN, or what `hf auth login` keeps.
    public init(repoId: String, split: String? = "train", isPrivate: Bool? = false, token: Secret? = nil) {
        self.repoId = repoId
        self.split = split
        self.private = isPrivate
        self.token = token
    }

    /// None in particular.
    public var inputs: [InputColumn] { [] }
    /// None of its own.
    public var outputs: [String] { [] }

    /// A name that no repository has.
    public func problems() -> [String] {
        do { _ = try HubRepository(repoId) } catch { return ["`repo_id`: \(error)"] }
        return []
    }

    /// Sees that the token is somebody's and may write, before rows are made that cost something.
    public func prepare(in context: StepContext) async throws {
        guard !context.isTrial else { return }
        let account = try await context.hub(token: token).whoami()
        if account.tokenRole == "read" {
            throw HubError(
                .forbidden,
                "the token of \(account.name) may only read; give one that may write with `token` or HF_TOKEN")
        }
    }

    /// Pushes the rows, but in a trial; those with different columns have nulls where one lacks a column.
    public func process(_ rows: [Row], in context: StepContext) async throws -> [Row] {
        guard !rows.isEmpty, !context.isTrial else { return rows }
        let push = HubDatasetPush(
            client: try await context.hub(token: token), repository: try HubRepository(repoId),
            options: HubCommitOptions(message: "Upload dataset"), isPrivate: self.private)
        _ = try await push.push(Distiset(["default": [split ?? "train": Dataset(rows)]]))
        return rows
    }

    /// No repository yet; it must be given.
    public static var defaults: PushToHub { PushToHub(repoId: "") }
    /// The repository.
    public static var requiredKeys: [String] { ["repo_id"] }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.globals.huggingface" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Pushes all rows as a split of a dataset on the Hugging Face Hub, and passes them on.",
            discussion: """
                The rows, the dataset card and the removal of what an earlier push left of the split are one commit. The token is never written into a \
                file or a log.
                """,
            parameters: [
                "repo_id": "the dataset's repository: owner/name; made where it is missing",
                "split": "the split",
                "private": "whether a dataset that is made is seen by its owner only",
                "token": "who pushes; null takes HF_TOKEN, or what `hf auth login` keeps",
            ], source: "https://huggingface.co/docs/hub/datasets-adding")
    }
}
