public import DistilabelValues

/// Which files of a repository, or of a folder like one, are which split of which configuration.
///
/// The rules are those of the `datasets` library: what the card (`README.md`) lists under `configs`, else what names of folders and files say. Beyond them a folder
/// that is no split is a configuration of its name, so that what was written without a card is found too.
///
/// Source: https://huggingface.co/docs/hub/datasets-data-files-configuration
public struct DatasetLayout: Hashable, Sendable {
    /// The files of each split, under its name.
    public typealias Splits = OrderedDictionary<String, [String]>

    /// The splits of each configuration, under its name; only those that have files.
    public var configurations: OrderedDictionary<String, Splits>
    /// The configuration that is meant where none is named; nil where there are several and none is marked.
    public var defaultConfiguration: String?

    /// Finds out what some files are.
    ///
    /// - Parameters:
    ///   - paths: All files, relative to the root, folders divided by slashes.
    ///   - card: The text of `README.md`, where there is one.
    /// - Throws: `YAMLError` where the front matter of the card cannot be read.
    public init(paths: [String], card: String? = nil) throws {
        let files = paths.filter(Self.isData).sorted()
        let listed = try card.map { try DatasetCard.parts(of: $0).metadata["configs"]?.arrayValue ?? [] } ?? []
        configurations = [:]
        for entry in listed {
            guard let object = entry.objectValue else { continue }
            let name = object["config_name"]?.stringValue ?? "default"
            let splits = Self.splits(listed: object, in: files)
            if !splits.isEmpty { configurations[name] = splits }
            if object["default"]?.boolValue == true { defaultConfiguration = name }
        }
        if configurations.isEmpty { configurations = Self.configurations(named: files) }
        if defaultConfiguration.map({ configurations[$0] == nil }) ?? true {
            defaultConfiguration = Self.onlyOrDefault(configurations)
        }
    }

    /// The layout of the branch `refs/convert/parquet`, which the Hub makes of every dataset: `CONFIG/SPLIT/0000.parquet`.
    public init(convertedPaths paths: [String]) {
        configurations = [:]
        for path in paths.sorted() {
            let parts = path.split(separator: "/").map(String.init)
            guard parts.count == 3, parts[2].hasSuffix(".parquet") else { continue }
            let split = parts[1].hasPrefix("partial-") ? String(parts[1].dropFirst(8)) : parts[1]
            configurations[parts[0], default: [:]][split, default: []].append(path)
        }
        for name in configurations.keys { configurations[name] = configurations[name].map(Self.ordered) }
        defaultConfiguration = Self.onlyOrDefault(configurations)
    }

    private static func onlyOrDefault(_ configurations: OrderedDictionary<String, Splits>) -> String? {
        configurations["default"] != nil ? "default" : configurations.count == 1 ? configurations.keys.first : nil
    }

    /// The splits of a configuration; of the default one where none is named.
    ///
    /// - Throws: `DatasetError` with what there is.
    public func splits(of configuration: String?) throws -> Splits {
        let known = configurations.keys.joined(separator: ", ")
        guard let name = configuration ?? defaultConfiguration else {
            throw DatasetError(.usage, "there are several configurations (\(known)); name one of them")
        }
        guard let splits = configurations[name] else {
            throw DatasetError(
                .notFound,
                known.isEmpty
                    ? "there are no files of rows" : "there is no configuration '\(name)'; there are: \(known)")
        }
        return splits
    }

    /// The files of a split.
    ///
    /// - Throws: `DatasetError` with what there is.
    public func files(configuration: String?, split: String) throws -> [String] {
        let splits = try splits(of: configuration)
        guard let files = splits[split] else {
            throw DatasetError(
                .notFound, "there is no split '\(split)'; there are: \(splits.keys.joined(separator: ", "))")
        }
        return files
    }

    // MARK: - What is listed

    private static func splits(listed object: Value.Object, in files: [String]) -> Splits {
        let folder = object["data_dir"]?.stringValue.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? ""
        func matching(_ value: Value?) -> [String] {
            let patterns = value?.arrayValue?.compactMap(\.stringValue) ?? [value?.stringValue].compactMap { $0 }
            var seen = Set<String>()
            return patterns.flatMap { pattern in
                let wanted = PathPattern(folder + pattern)
                return files.filter(wanted.matches)
            }.filter { seen.insert($0).inserted }
        }
        var splits = Splits()
        switch object["data_files"] {
        case .array(let entries)? where entries.contains { $0.objectValue != nil }:
            for entry in entries {
                splits[entry["split"]?.stringValue ?? "train", default: []] += matching(entry["path"])
            }
        case .object(let named)?: for (split, patterns) in named { splits[split] = matching(patterns) }
        case .some(let patterns): splits["train"] = matching(patterns)
        case nil: splits = named(files.filter { $0.hasPrefix(folder) }, below: folder)
        }
        return splits.filter { !$0.value.isEmpty }
    }

    // MARK: - What names say

    private static func configurations(named files: [String]) -> OrderedDictionary<String, Splits> {
        var folders: OrderedDictionary<String, [String]> = [:]
        var plain: [String] = []
        for path in files {
            let first = path.split(separator: "/").first.map(String.init) ?? ""
            if !path.contains("/") || first == "data" || SplitName.known(first) != nil {
                plain.append(path)
            } else {
                folders[first, default: []].append(path)
            }
        }
        var found: OrderedDictionary<String, Splits> = [:]
        if !plain.isEmpty {
            found["default"] = named(plain, below: plain.allSatisfy { $0.hasPrefix("data/") } ? "data/" : "")
        }
        for (name, files) in folders { found[name] = named(files, below: name + "/") }
        return found
    }

    /// The splits that the names of files say, below a folder; all of `train` where none says any.
    private static func named(_ files: [String], below folder: String) -> Splits {
        // Of several formats one is the dataset, and the others say the same or something else.
        let kinds = files.map { DatasetFile.Kind(nameOf: $0) }
        let kind = [.parquet, .jsonLines].first { kinds.contains($0) } ?? kinds.first ?? nil
        var splits = Splits()
        var unknown: [String] = []
        for path in files where DatasetFile.Kind(nameOf: path) == kind {
            let name = path.dropFirst(path.hasPrefix(folder) ? folder.count : 0)
            if let split = split(ofShard: name) ?? split(ofPath: name) {
                splits[split, default: []].append(path)
            } else {
                unknown.append(path)
            }
        }
        if splits.isEmpty, !unknown.isEmpty { splits["train"] = unknown }
        return ordered(splits)
    }

    /// `train` first, then `validation` and `test`, then others by their names.
    private static func ordered(_ splits: Splits) -> Splits {
        func rank(_ name: String) -> Int { ["train", "validation", "test"].firstIndex(of: name) ?? 3 }
        return Splits(
            uniqueKeysWithValues: splits.sorted { (rank($0.key), $0.key) < (rank($1.key), $1.key) }.map {
                ($0.key, $0.value)
            })
    }

    /// `mine-00000-of-00002.parquet` is of the split `mine`.
    private static func split(ofShard path: some StringProtocol) -> String? {
        guard !path.contains("/"), let shard = ShardName(String(path)), shard.number != nil else { return nil }
        return shard.split
    }

    /// A word between signs in the name of the file, or else a folder's.
    private static func split(ofPath path: some StringProtocol) -> String? {
        let parts = path.split(separator: "/")
        let words = (parts.last ?? "").split { !$0.isLetter && !$0.isNumber }
        return words.lazy.compactMap { SplitName.known($0) }.first
            ?? parts.dropLast().lazy.flatMap { $0.split { !$0.isLetter && !$0.isNumber } }
            .compactMap { SplitName.known($0) }.first
    }

    /// Whether a file may hold rows: neither hidden nor one of those that describe a dataset.
    private static func isData(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        guard let name = parts.last, DatasetFile.Kind(nameOf: path) != nil,
            !parts.contains(where: { $0.hasPrefix(".") || $0.hasPrefix("__") }), parts.first != "artifacts"
        else { return false }
        return ![
            "dataset_info.json", "dataset_infos.json", "dataset_dict.json", "state.json", "config.json",
            "requirements.txt", "pipeline.json", "LICENSE.txt",
        ].contains(String(name))
    }
}
