internal import DistilabelDatasets
public import DistilabelPipeline
public import DistilabelValues

/// Makes the rows of a dataset that `datasets` or a distiset saved to disk.
///
/// The files are read as rows are wanted, so their size does not matter.
public struct LoadDataFromDisk: GeneratorStep {
    /// The folder.
    public var datasetPath: String
    /// Whether it holds a distiset, with a folder for each configuration, rather than one dataset.
    public var isDistiset: Bool? = false
    /// The configuration of a distiset.
    public var config: String? = "default"
    /// The split; nil takes the only one, or `train` where there are several.
    public var split: String?
    /// Of no effect, since rows are not kept.
    public var keepInMemory: Bool?
    /// How many rows are made at most; nil makes all.
    public var numExamples: Int?
    /// Of no effect, since what is saved has no revisions.
    public var revision: String?
    /// Of no effect, since files are never read as a whole.
    public var streaming: Bool? = false
    /// Options of Python's for remote storage; of no effect on files.
    public var storageOptions: Value?
    /// How many rows Python's makes at a time; of no effect, since rows flow one by one.
    public var batchSize = 50

    /// Makes the step.
    ///
    /// - Parameters:
    ///   - datasetPath: The folder.
    ///   - config: The configuration of a distiset; nil for a folder with one dataset.
    ///   - split: The split; nil takes the only one, or `train`.
    public init(_ datasetPath: String, config: String? = nil, split: String? = nil) {
        self.datasetPath = datasetPath
        isDistiset = config != nil
        self.config = config ?? "default"
        self.split = split
    }

    /// The columns.
    public var outputs: [String] { (try? dataset().columnNames) ?? [] }

    /// The columns, which the files name.
    public func columns(after available: ColumnSet) -> ColumnSet {
        (try? dataset()).map { ColumnSet($0.columnNames) } ?? ColumnSet([], isOpen: true)
    }

    /// A folder that holds no such dataset.
    public func problems() -> [String] {
        do {
            if let numExamples, numExamples < 1 { return ["`num_examples` is \(numExamples); it must be at least 1"] }
            _ = try dataset().head(1)
            return []
        } catch {
            return [String(describing: error)]
        }
    }

    /// Gives the rows.
    public func generate(in context: StepContext, emit: (Row) async throws -> Void) async throws {
        var left = numExamples ?? .max
        var chunks = try dataset().chunks()
        while left > 0, let rows = try chunks.next() {
            for index in 0..<min(left, rows.count) { try await emit(rows[index]) }
            left -= min(left, rows.count)
        }
    }

    private func dataset() throws -> Dataset {
        if datasetPath.contains("://") {
            throw DatasetError(
                .unsupported,
                "\(datasetPath) is on another machine, from which this step does not read; copy it here first")
        }
        let distiset = try Distiset.load(fromDisk: datasetPath)
        let name = isDistiset == true ? config ?? "default" : "default"
        guard let splits = distiset[name] else {
            let names = distiset.configurations.keys.map { "'\($0)'" }.joined(separator: ", ")
            throw DatasetError(
                .notFound,
                isDistiset == true
                    ? "\(datasetPath) has no configuration '\(name)'; it has \(names)"
                    : "\(datasetPath) holds a distiset with the configurations \(names): set `is_distiset` to true and `config` "
                        + "to one of them")
        }
        let wanted = split ?? (splits.count == 1 ? splits.keys[0] : "train")
        guard let dataset = splits[wanted] else {
            let names = splits.keys.map { "'\($0)'" }.joined(separator: ", ")
            throw DatasetError(.notFound, "\(datasetPath) has no split '\(wanted)'; set `split` to one of \(names)")
        }
        return dataset
    }

    /// No folder yet; it must be given.
    public static var defaults: LoadDataFromDisk { LoadDataFromDisk("") }
    /// The folder.
    public static var requiredKeys: [String] { ["dataset_path"] }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.generators.huggingface" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Makes the rows of a dataset that was saved to disk.",
            discussion: "The folder is one that `save_to_disk` of the datasets library or of a distiset has written.",
            parameters: [
                "dataset_path": "the folder",
                "is_distiset": "whether it holds a distiset, with a folder for each configuration",
                "config": "the configuration of a distiset",
                "split": "the split; the only one, or train, unless given",
                "keep_in_memory": "of no effect, since rows are not kept",
                "num_examples": "how many rows are made at most; all unless given",
                "revision": "of no effect, since what is saved has no revisions",
                "streaming": "of no effect, since files are never read as a whole",
                "storage_options": "of no effect on files",
                "batch_size": "how many rows Python's makes at a time; of no effect, since rows flow one by one",
            ])
    }
}
