public import DistilabelValues

/// The files that some paths name, by the splits to which they belong.
///
/// A path is that of a file, of a folder, or a pattern with `*`, `?`, `[…]` and `**` (any number of folders). A file is of the split
/// `train`, unless it stands in a folder and its name says another: `test.jsonl`, `validation-00000-of-00002.parquet`. Folders in a
/// folder are splits, named after them. Hidden files, and files in a folder that are of no kind that is read, are passed over.
public struct DatasetFiles: Sendable {
    /// The files of each split; `train` first, the others by name.
    public private(set) var splits: OrderedDictionary<String, [DatasetFile]> = [:]

    /// Finds the files.
    ///
    /// - Parameters:
    ///   - paths: Files, folders and patterns.
    ///   - split: The split to which files of their own belong.
    ///   - kind: What the files are, whatever their names say; by name and content where this is nil.
    /// - Throws: `DatasetError` where there is nothing at a path, or a file is of no kind that is read.
    public init(_ paths: [String], split: String = "train", assuming kind: DatasetFile.Kind? = nil) throws {
        for path in paths { try add(path, split: split, kind: kind) }
        sort()
    }

    /// Finds the files of several splits that are named.
    ///
    /// - Throws: As ``init(_:split:assuming:)``.
    public init(
        bySplit paths: OrderedDictionary<String, [String]>, assuming kind: DatasetFile.Kind? = nil
    ) throws {
        for (split, paths) in paths {
            let files = try DatasetFiles(paths, split: split, assuming: kind)
            splits[split] = files.splits.values.flatMap { $0 }
        }
        sort()
    }

    private mutating func sort() {
        splits.sort { SplitName.precedes($0.key, $1.key) }
    }

    private mutating func add(_ path: String, split: String, kind: DatasetFile.Kind?) throws {
        guard !path.isEmpty else { throw DatasetError(.usage, "a path is empty; name a file, a folder or a pattern") }
        switch POSIX.kind(path) {
        case .file, .other: splits[split, default: []].append(try DatasetFile(path: path, assuming: kind))
        case .folder: try addFolder(path, split: split, kind: kind)
        case nil:
            guard FilePattern.isOne(path) else { throw DatasetError(.notFound, "there is no file or folder \(path)") }
            let found = try FilePattern.matches(path)
            guard !found.isEmpty else { throw DatasetError(.notFound, "no file matches \(path)") }
            for file in found { splits[split, default: []].append(try DatasetFile(path: file, assuming: kind)) }
        }
    }

    private mutating func addFolder(_ path: String, split: String, kind: DatasetFile.Kind?) throws {
        let before = splits.values.reduce(0) { $0 + $1.count }
        try addFiles(of: path, split: split, kind: kind)
        for name in try POSIX.names(in: path) where !name.hasPrefix(".") && POSIX.kind("\(path)/\(name)") == .folder {
            try addTree("\(path)/\(name)", split: name, kind: kind)
        }
        guard splits.values.reduce(0, { $0 + $1.count }) > before else {
            throw DatasetError(
                .notFound,
                kind.map { "\(path) has no \($0.rawValue) files" }
                    ?? "\(path) has no files that can be read (\(DatasetFile.Kind.allEndings))")
        }
    }

    private mutating func addTree(_ path: String, split: String, kind: DatasetFile.Kind?) throws {
        try addFiles(of: path, split: split, kind: kind)
        for name in try POSIX.names(in: path) where !name.hasPrefix(".") && POSIX.kind("\(path)/\(name)") == .folder {
            try addTree("\(path)/\(name)", split: split, kind: kind)
        }
    }

    private mutating func addFiles(of folder: String, split: String, kind: DatasetFile.Kind?) throws {
        var shards: [String: [ShardName]] = [:]
        for name in try POSIX.names(in: folder) where !name.hasPrefix(".") {
            guard POSIX.kind("\(folder)/\(name)") == .file, let named = DatasetFile.Kind(nameOf: name),
                kind == nil || kind == named, !Self.companions.contains(name), let shard = ShardName(name)
            else { continue }
            let own = Self.split(of: shard) ?? split
            splits[own, default: []].append(try DatasetFile(path: "\(folder)/\(name)", assuming: kind))
            if shard.number != nil { shards[shard.split, default: []].append(shard) }
        }
        for found in shards.values { try ShardName.check(found, folder: folder) }
    }

    /// What stands beside data and is none.
    private static let companions: Set = ["dataset_dict.json", "dataset_info.json", "dataset_infos.json", "state.json"]

    /// The split that the name of a file says, if it says one: shards always do.
    private static func split(of shard: ShardName) -> String? {
        SplitName.known(shard.split) ?? (shard.number == nil ? nil : shard.split)
    }
}
