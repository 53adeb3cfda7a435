internal import DistilabelValues

extension Distiset {
    /// Reads a distiset: a folder as ``OutputDirectory`` writes it, one that was saved to disk, a folder of files, or a single file.
    ///
    /// In a folder each sub-folder that holds `SPLIT-00000-of-0000N.parquet` or `SPLIT.jsonl` (or `.json`, `.csv` and what else
    /// ``DatasetFile`` reads) is a configuration; files that stand in the folder itself are the configuration `default`, and so is a
    /// sub-folder `data`, as on the Hugging Face Hub. All rows stay on disk.
    ///
    /// - Throws: `DatasetError` where nothing is found, a shard is missing or a file is damaged.
    public static func load(from path: String) throws -> Distiset {
        switch POSIX.kind(path) {
        case nil: throw DatasetError(.notFound, "there is no folder or file \(path)")
        case .file, .other:
            let dataset = try Dataset(files: [try DatasetFile(path: path)])
            return Distiset(["default": ["train": dataset]])
        case .folder: break
        }
        if isSaved(path) { return try load(fromDisk: path) }
        var configurations: OrderedDictionary<String, Splits> = [:]
        if let splits = try splits(in: path) { configurations["default"] = splits }
        for name in try folders(in: path) {
            guard let splits = try splits(in: path + "/" + name) else { continue }
            let configuration = name == "data" && configurations["default"] == nil ? "default" : name
            configurations[configuration] = splits
        }
        guard !configurations.isEmpty else {
            throw DatasetError(
                .notFound,
                "\(path) holds no dataset: neither it nor a folder in it has .parquet, .jsonl, .json, .csv or .arrow files"
            )
        }
        return Distiset(configurations, path: path)
    }

    /// The names of the folders in a folder that are not hidden.
    static func folders(in path: String) throws -> [String] {
        try POSIX.names(in: path).filter { !$0.hasPrefix(".") && POSIX.kind(path + "/" + $0) == .folder }
    }

    /// The splits of which a folder has files; nil where it has none.
    private static func splits(in folder: String) throws -> Splits? {
        var files: OrderedDictionary<String, [(shard: ShardName, file: DatasetFile)]> = [:]
        for name in try POSIX.names(in: folder) where !name.hasPrefix(".") {
            guard let shard = ShardName(name), POSIX.kind(folder + "/" + name) == .file else { continue }
            files[shard.split, default: []].append((shard, try DatasetFile(path: folder + "/" + name)))
        }
        guard !files.isEmpty else { return nil }
        var splits = Splits()
        for split in files.keys.sorted(by: SplitName.precedes) {
            let found = files[split] ?? []
            try ShardName.check(found.map(\.shard), folder: folder)
            splits[split] = try Dataset(files: found.map(\.file))
        }
        return splits
    }
}
