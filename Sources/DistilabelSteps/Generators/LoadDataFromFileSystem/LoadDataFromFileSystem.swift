internal import DistilabelDatasets
public import DistilabelPipeline
public import DistilabelValues

/// Makes the rows of files: JSON, JSON Lines, CSV, TSV, Parquet, Arrow or plain text.
///
/// Files are read as rows are wanted, so their size does not matter.
public struct LoadDataFromFileSystem: GeneratorStep {
    /// What to read: a path, a list of paths, or an object with the paths of each split.
    ///
    /// A path is that of a file, of a folder, or a pattern such as `data/**/*.jsonl`.
    public var dataFiles: Value
    /// What the files are (`json`, `csv`, `parquet`, `text`, `arrow`), whatever their names say; nil goes by name and content.
    public var filetype: String?
    /// The split whose files are read; nil is `train`.
    public var split: String? = "train"
    /// A folder in the folder that is named, whose files are read; nil reads those of the folder itself.
    public var config: String?
    /// Of no effect, since files have no revisions.
    public var revision: String?
    /// Of no effect, since files are never read as a whole.
    public var streaming: Bool? = false
    /// How many rows are made at most; nil makes all.
    public var numExamples: Int?
    /// Options of Python's for remote storage; of no effect on files.
    public var storageOptions: Value?
    /// How many rows Python's makes at a time; of no effect, since rows flow one by one.
    public var batchSize = 50

    /// Makes the step.
    ///
    /// - Parameters:
    ///   - dataFiles: Files, folders and patterns.
    ///   - split: The split whose files are read.
    ///   - numExamples: How many rows are made at most.
    ///   - filetype: What the files are; nil goes by name and content.
    public init(_ dataFiles: String..., split: String = "train", numExamples: Int? = nil, filetype: String? = nil) {
        self.dataFiles =
            dataFiles.count == 1 ? .string(dataFiles[0]) : .array(dataFiles.map(Value.string))
        self.split = split
        self.numExamples = numExamples
        self.filetype = filetype
    }

    /// The columns of the first file, as far as its first rows tell.
    public var outputs: [String] { (try? files().first?.schema(rows: 100).names) ?? [] }

    /// The columns of the first file; others, and rows further down, may have more.
    public func columns(after available: ColumnSet) -> ColumnSet {
        guard let files = try? files(), let first = files.first, let schema = try? first.schema(rows: 100) else {
            return ColumnSet([], isOpen: true)
        }
        return ColumnSet(schema.names, isOpen: files.count > 1 || !first.namesColumns)
    }

    /// Files that are not there or cannot be read, and a split that none of them is of.
    public func problems() -> [String] {
        do {
            if let numExamples, numExamples < 1 { return ["`num_examples` is \(numExamples); it must be at least 1"] }
            guard let first = try files().first else { return ["`data_files` names no file"] }
            _ = try first.schema(rows: 1)
            return []
        } catch {
            return [String(describing: error)]
        }
    }

    /// Gives the rows, file by file.
    public func generate(in context: StepContext, emit: (Row) async throws -> Void) async throws {
        var left = numExamples ?? .max
        for file in try files() where left > 0 {
            var reader = try file.open()
            while left > 0, let rows = try reader.next() {
                for index in 0..<min(left, rows.count) { try await emit(rows[index]) }
                left -= min(left, rows.count)
            }
        }
    }

    /// The files of the split.
    private func files() throws -> [DatasetFile] {
        let kind = try kind()
        let found: DatasetFiles
        switch dataFiles {
        case .object(let splits):
            var paths: OrderedDictionary<String, [String]> = [:]
            for (split, value) in splits {
                paths[split] = try Self.paths(value, of: "data_files.\(split)", config: config)
            }
            found = try DatasetFiles(bySplit: paths, assuming: kind)
        default: found = try DatasetFiles(Self.paths(dataFiles, of: "data_files", config: config), assuming: kind)
        }
        if found.splits.isEmpty {
            throw DatasetError(.usage, "`data_files` names no file; name a file, a folder or a pattern")
        }
        let wanted = split ?? "train"
        guard let files = found.splits[wanted] else {
            let names = found.splits.keys.map { "'\($0)'" }.joined(separator: ", ")
            throw DatasetError(
                .notFound,
                "the files are of the split \(names), and none is of '\(wanted)'; set `split` to one that is there")
        }
        return files
    }

    private func kind() throws -> DatasetFile.Kind? {
        switch filetype {
        case nil: nil
        // Python's has one name for both, which tells them apart by their content.
        case "json": nil
        case "jsonl": .jsonLines
        case "csv": .csv
        case "tsv": .tsv
        case "parquet": .parquet
        case "text", "txt": .text
        case "arrow": .arrow
        case .some(let other):
            throw DatasetError(
                .unsupported, "`filetype` is '\(other)'; it may be json, jsonl, csv, tsv, parquet, text or arrow")
        }
    }

    private static func paths(_ value: Value, of name: String, config: String?) throws -> [String] {
        let values = value.arrayValue ?? [value]
        return try values.map { value in
            guard let text = value.stringValue else {
                throw DatasetError(
                    .usage, "`\(name)` holds a \(value.kindName); it should be a path, or a list of paths")
            }
            let path = text.hasPrefix("file://") ? String(text.dropFirst(7)) : text
            if path.contains("://") {
                throw DatasetError(
                    .unsupported,
                    "\(text) is on another machine, from which this step does not read; copy it here first")
            }
            return config.map { path + "/" + $0 } ?? path
        }
    }

    /// No files yet; they must be given.
    public static var defaults: LoadDataFromFileSystem { LoadDataFromFileSystem() }
    /// The files.
    public static var requiredKeys: [String] { ["data_files"] }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.generators.huggingface" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Makes the rows of files: JSON, JSON Lines, CSV, TSV, Parquet, Arrow or plain text.",
            discussion: """
                Text formats may be compressed with gzip or Zstandard. Files in a folder are of the split that their names say, \
                else `train`; folders in it are splits. Files are read piece by piece.
                """,
            parameters: [
                "data_files":
                    "a file, a folder, a pattern such as data/*.jsonl, a list of these, or an object with those of each split",
                "filetype": "json, jsonl, csv, tsv, parquet, text or arrow; by name and content unless given",
                "split": "the split whose files are read",
                "config": "a folder in the folder that is named, whose files are read",
                "revision": "of no effect, since files have no revisions",
                "streaming": "of no effect, since files are never read as a whole",
                "num_examples": "how many rows are made at most; all unless given",
                "storage_options": "of no effect on files",
                "batch_size": "how many rows Python's makes at a time; of no effect, since rows flow one by one",
            ])
    }
}
