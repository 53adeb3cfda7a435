internal import DistilabelValues

extension Distiset {
    /// Reads a distiset: a folder as ``OutputDirectory`` writes it, a folder of files, or a single file.
    ///
    /// In a folder each sub-folder that holds `SPLIT-00000-of-0000N.parquet` or `SPLIT.jsonl` is a configuration;
    /// files that stand in the folder itself are the configuration `default`, and so is a sub-folder `data`, as on the
    /// Hugging Face Hub. All rows stay on disk.
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
        var configurations: OrderedDictionary<String, Splits> = [:]
        if let splits = try splits(in: path) { configurations["default"] = splits }
        for name in try POSIX.names(in: path) where !name.hasPrefix(".") && POSIX.kind(path + "/" + name) == .folder {
            guard let splits = try splits(in: path + "/" + name) else { continue }
            let configuration = name == "data" && configurations["default"] == nil ? "default" : name
            configurations[configuration] = splits
        }
        guard !configurations.isEmpty else {
            throw DatasetError(
                .notFound, "\(path) holds no dataset: neither it nor a folder in it has .parquet, .jsonl or .json files"
            )
        }
        return Distiset(configurations, path: path)
    }

    /// The splits of which a folder has files; nil where it has none.
    private static func splits(in folder: String) throws -> Splits? {
        var files: OrderedDictionary<String, [(shard: Shard, file: DatasetFile)]> = [:]
        for name in try POSIX.names(in: folder) where !name.hasPrefix(".") {
            guard let shard = Shard(name), POSIX.kind(folder + "/" + name) == .file else { continue }
            files[shard.split, default: []].append((shard, try DatasetFile(path: folder + "/" + name)))
        }
        guard !files.isEmpty else { return nil }
        var splits = Splits()
        // `train` first, as everybody expects; the others in the order of their names.
        for split in files.keys.sorted(by: { $0 == "train" && $1 != "train" || ($1 != "train" && $0 < $1) }) {
            let found = files[split] ?? []
            for (_, total) in found.compactMap({ $0.shard.number }) {
                let numbers = Set(found.compactMap { $0.shard.number?.index })
                if let missing = (0..<min(total, found.count + 1)).first(where: { !numbers.contains($0) }) {
                    throw DatasetError(
                        .notFound, "\(folder): shard \(missing) of \(total) of the split '\(split)' is missing")
                }
            }
            splits[split] = try Dataset(files: found.map(\.file))
        }
        return splits
    }

    /// What the name of a file says: `train-00000-of-00002.parquet`, `train.jsonl`.
    private struct Shard {
        var split: String
        var number: (index: Int, total: Int)?

        init?(_ name: String) {
            let endings = [".parquet", ".jsonl", ".ndjson", ".json"]
            guard let ending = endings.first(where: { name.hasSuffix($0) }) else { return nil }
            let stem = name.dropLast(ending.count)
            let parts = stem.split(separator: "-", omittingEmptySubsequences: false)
            if parts.count >= 4, parts[parts.count - 2] == "of", let total = Int(parts[parts.count - 1]),
                let index = Int(parts[parts.count - 3])
            {
                split = parts.dropLast(3).joined(separator: "-")
                number = (index, total)
            } else {
                split = String(stem)
            }
        }
    }
}
