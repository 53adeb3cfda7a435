public import DistilabelValues

/// What `README.md` beside a dataset says: for machines its configurations, splits, features and sizes, for people what is in it and
/// how it was made.
///
/// The front matter is what the `datasets` library goes by when it loads the folder, and what the Hugging Face Hub shows.
///
///     var card = DatasetCard(title: "math", configurations: [configuration])
///     card.pipeline = yaml
///     try output.write(card.text(), to: "README.md")
///
/// Format: https://huggingface.co/docs/hub/datasets-cards
public struct DatasetCard: Sendable, Hashable {
    /// A split of a configuration.
    public struct Split: Sendable, Hashable {
        /// Its name, such as `train`.
        public var name: String
        /// How many rows it has; `datasets` refuses to load files with another number.
        public var rowCount: Int
        /// How many bytes the rows take in memory as Arrow arrays.
        public var arrowByteCount: Int
        /// Its files, relative to the card, as a pattern: `default/train-*`.
        public var path: String

        /// Makes a split.
        public init(name: String, rowCount: Int, arrowByteCount: Int, path: String) {
            self.name = name
            self.rowCount = rowCount
            self.arrowByteCount = arrowByteCount
            self.path = path
        }
    }

    /// A configuration: a set of splits that share their columns.
    public struct Configuration: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// The columns.
        public var schema: DatasetSchema
        /// The splits, in the order in which they are shown.
        public var splits: [Split]
        /// How many bytes its files have together.
        public var fileByteCount: Int
        /// A row to show; nil shows none.
        public var sample: Row?
        /// Whether the files hold the columns in the types of the schema; JSON need not, where values are of mixed kinds.
        public var listsFeatures: Bool

        /// Makes a configuration.
        public init(
            name: String, schema: DatasetSchema, splits: [Split], fileByteCount: Int, sample: Row? = nil,
            listsFeatures: Bool = true
        ) {
            self.name = name
            self.schema = schema
            self.splits = splits
            self.fileByteCount = fileByteCount
            self.sample = sample
            self.listsFeatures = listsFeatures
        }

        /// How many rows all splits have.
        public var rowCount: Int { splits.reduce(0) { $0 + $1.rowCount } }
    }

    /// What a step of the run that made the dataset did.
    public struct Step: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Rows in and out.
        public var rowsIn: Int, rowsOut: Int
        /// Answers of its model, and the tokens of questions and answers.
        public var calls: Int, inputTokens: Int, outputTokens: Int
        /// What the answers cost, as text; nil where no model was asked.
        public var cost: String?
        /// How many rows failed, by reason.
        public var failures: [String: Int]

        /// Makes a step's figures.
        public init(
            name: String, rowsIn: Int, rowsOut: Int, calls: Int = 0, inputTokens: Int = 0, outputTokens: Int = 0,
            cost: String? = nil, failures: [String: Int] = [:]
        ) {
            self.name = name
            self.rowsIn = rowsIn
            self.rowsOut = rowsOut
            self.calls = calls
            self.inputTokens = inputTokens
            self.outputTokens = outputTokens
            self.cost = cost
            self.failures = failures
        }
    }

    /// A model that answered.
    public struct Model: Sendable, Hashable {
        /// The step that asked it.
        public var step: String
        /// How it is called, without its key: `gpt-4o-mini at https://api.openai.com/v1`.
        public var name: String

        /// Makes a model.
        public init(step: String, name: String) {
            self.step = step
            self.name = name
        }
    }

    /// What the page is headed with.
    public var title: String
    /// What the dataset is, in a sentence or two; nil says nothing.
    public var about: String?
    /// The configurations, in the order in which they are shown.
    public var configurations: [Configuration]
    /// What the Hub finds the dataset by.
    public var tags = ["synthetic", "distilabel", "rlaif", "distilabel-swift"]
    /// The name at the Hub, `owner/name`, for the examples; nil shows how to load a folder.
    public var repository: String?
    /// The pipeline's graph in Mermaid's language; nil shows none.
    public var graph: String?
    /// The text of `pipeline.yaml`, without secrets; nil for a dataset that no pipeline made.
    public var pipeline: String?
    /// What the run did, step by step.
    public var steps: [Step] = []
    /// What all answers cost, as text; nil says nothing.
    public var cost: String?
    /// The models that answered.
    public var models: [Model] = []
    /// What whoever uses the dataset should cite.
    public var citations: [Citation] = []

    /// Makes a card that says nothing of how the dataset was made.
    public init(title: String, configurations: [Configuration]) {
        self.title = title
        self.configurations = configurations
    }

    /// How many rows there are in all.
    public var rowCount: Int { configurations.reduce(0) { $0 + $1.rowCount } }

    /// The Hub's class of a number of rows: `1K<n<10K`.
    public static func sizeCategory(rows: Int) -> String {
        if rows < 1000 { return "n<1K" }
        let names = ["1K", "10K", "100K", "1M", "10M", "100M", "1B", "10B", "100B", "1T"]
        var limit = 10_000
        for (lower, upper) in zip(names, names.dropFirst()) {
            if rows < limit { return "\(lower)<n<\(upper)" }
            limit *= 10
        }
        return "n>1T"
    }
}

// MARK: - For machines

extension DatasetCard {
    /// The front matter.
    public var metadata: Value.Object {
        var metadata: Value.Object = [
            "size_categories": [.string(Self.sizeCategory(rows: rowCount))],
            "tags": .array(tags.map(Value.string)),
        ]
        let infos = configurations.map(Self.info)
        if !infos.isEmpty {
            // A lone default configuration has no list around it.
            let isLone = infos.count == 1 && infos[0]["config_name"] == "default"
            metadata["dataset_info"] =
                isLone ? .object(infos[0].filter { $0.key != "config_name" }) : .array(infos.map(Value.object))
            metadata["configs"] = .array(configurations.map(Self.files))
        }
        return metadata
    }

    private static func info(_ configuration: Configuration) -> Value.Object {
        var info: Value.Object = ["config_name": .string(configuration.name)]
        if configuration.listsFeatures {
            info["features"] = .array(
                DatasetFeature.yaml(of: configuration.schema.columnFeatures.mapValues(\.inParquet)))
        }
        info["splits"] = .array(
            configuration.splits.map {
                [
                    "name": .string($0.name), "num_bytes": .int($0.arrowByteCount), "num_examples": .int($0.rowCount),
                ]
            })
        info["download_size"] = .int(configuration.fileByteCount)
        info["dataset_size"] = .int(configuration.splits.reduce(0) { $0 + $1.arrowByteCount })
        return info
    }

    private static func files(_ configuration: Configuration) -> Value {
        [
            "config_name": .string(configuration.name),
            "data_files": .array(
                configuration.splits.map { ["split": .string($0.name), "path": .string($0.path)] }),
        ]
    }
}
