internal import DistilabelDatasets
internal import DistilabelHub
public import DistilabelPipeline
public import DistilabelValues

/// Makes the rows of a dataset on the Hugging Face Hub.
///
/// Parquet, JSON Lines, JSON, CSV, text and Arrow are read; of a repository of other files, what the Hub made of them
/// (`refs/convert/parquet`). Files are downloaded as they are wanted, into the cache that Python's `huggingface_hub` uses, and read some rows at a time.
public struct LoadDataFromHub: GeneratorStep {
    /// The dataset's repository: `owner/name`.
    public var repoId: String
    /// The split.
    public var split: String? = "train"
    /// The configuration; nil for the default one, or the only one.
    public var config: String?
    /// A branch, a tag or a commit; nil for `main`.
    public var revision: String?
    /// Whether only what is wanted is fetched, and nothing kept on disk.
    public var streaming: Bool? = false
    /// How many rows at most; nil for all.
    public var numExamples: Int?
    /// What Python's hands on to its file system; of no effect.
    public var storageOptions: [String: Value]?
    /// How many rows Python's makes at a time; of no effect, since rows flow one by one.
    public var batchSize = 50

    /// Makes the step.
    ///
    /// - Parameters:
    ///   - repoId: The dataset's repository: `owner/name`.
    ///   - split: The split.
    ///   - config: The configuration; nil for the default one, or the only one.
    ///   - revision: A branch, a tag or a commit; nil for `main`.
    ///   - streaming: Whether only what is wanted is fetched, and nothing kept on disk.
    ///   - numExamples: How many rows at most; nil for all.
    public init(
        repoId: String, split: String? = "train", config: String? = nil, revision: String? = nil,
        streaming: Bool? = false, numExamples: Int? = nil
    ) {
        self.repoId = repoId
        self.split = split
        self.config = config
        self.revision = revision
        self.streaming = streaming
        self.numExamples = numExamples
    }

    /// None that is known before the Hub is asked.
    public var outputs: [String] { [] }
    /// Whatever the dataset has.
    public func columns(after available: ColumnSet) -> ColumnSet { ColumnSet([], isOpen: true) }

    /// A name that no repository has, a part of a split, a number of rows below one.
    public func problems() -> [String] {
        var found: [String] = []
        do { _ = try HubRepository(repoId) } catch { found.append("`repo_id`: \(error)") }
        if split?.contains("[") == true {
            found.append("`split` names a part of a split, which is not read: name the split and set `num_examples`")
        }
        if let numExamples, numExamples < 1 { found.append("`num_examples` is \(numExamples): it must be at least 1") }
        return found
    }

    /// Makes the rows, in the order of the files.
    public func generate(in context: StepContext, emit: (Row) async throws -> Void) async throws {
        let dataset = try await HubDataset(
            HubRepository(repoId), revision: revision ?? "main", client: try await context.hub())
        var left = numExamples ?? .max
        for path in try dataset.files(configuration: config, split: split ?? "train") {
            let wantsMore = try await dataset.rows(of: path, isStreaming: streaming ?? false) { row in
                try await emit(row)
                left -= 1
                return left > 0
            }
            if !wantsMore { return }
        }
    }

    /// No dataset yet; it must be given.
    public static var defaults: LoadDataFromHub { LoadDataFromHub(repoId: "") }
    /// The repository.
    public static var requiredKeys: [String] { ["repo_id"] }
    /// What it was called before distilabel 1.3.
    public static var aliases: [String] { ["LoadHubDataset"] }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.generators.huggingface" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Makes the rows of a dataset on the Hugging Face Hub.",
            discussion: """
                Parquet, JSON Lines, JSON, CSV, text and Arrow files are read; of a repository of other files, what the Hub made of them. The token \
                comes from HF_TOKEN or from where `hf auth login` puts it; HF_ENDPOINT names a mirror, HF_HUB_OFFLINE=1 uses the cache alone.
                """,
            parameters: [
                "repo_id": "the dataset's repository: owner/name",
                "split": "the split",
                "config": "the configuration; null for the default one, or the only one",
                "revision": "a branch, a tag or a commit; null for main",
                "streaming": "whether only what is wanted is fetched, and nothing kept on disk",
                "num_examples": "how many rows at most; null for all",
                "storage_options": "what Python's hands on to its file system; of no effect",
                "batch_size": "how many rows Python's makes at a time; of no effect, since rows flow one by one",
            ], source: "https://huggingface.co/docs/hub/datasets")
    }
}
