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
            defaultConfiguration =
                configurations["default"] != nil
                ? "default" : configurations.count == 1 ? configurations.keys.first : nil
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
        defaultConfiguration =
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
                files.filter { PathPattern(folder + pattern).matches($0) }
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
            if !path.contains("/") || first == "data" || split(ofWord: first) != nil {
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
        guard let name = path.split(separator: "/").last, path.split(separator: "/").count == 1 else { return nil }
        let parts = name.prefix { $0 != "." }.split(separator: "-", omittingEmptySubsequences: false)
        // Behind the numbers may stand a digest.
        guard let of = parts.lastIndex(of: "of"), of >= 2, of + 1 < parts.count, parts[of - 1].count == 5,
            parts[of + 1].count == 5, Int(parts[of - 1]) != nil, Int(parts[of + 1]) != nil
        else { return nil }
        return parts[..<(of - 1)].joined(separator: "-")
    }

    /// A word between signs in the name of the file, or else a folder's.
    private static func split(ofPath path: some StringProtocol) -> String? {
        let parts = path.split(separator: "/")
        let words = (parts.last ?? "").split { !$0.isLetter && !$0.isNumber }
        return words.lazy.compactMap { split(ofWord: $0) }.first
            ?? parts.dropLast().lazy.flatMap { $0.split { !$0.isLetter && !$0.isNumber } }
            .compactMap { split(ofWord: $0) }.first
    }

    private static func split(ofWord word: some StringProtocol) -> String? {
        switch word.lowercased() {
        case "train", "training": "train"
        case "validation", "valid", "val", "dev": "validation"
        case "test", "testing", "eval", "evaluation": "test"
        default: nil
        }
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

/// A pattern of paths: `*` and `?` within a folder, `**` over folders, `[abc]`.
struct PathPattern {
    private let parts: [[Character]]

    init(_ pattern: String) { parts = pattern.split(separator: "/").filter { $0 != "." }.map(Array.init) }

    /// Whether a path is meant.
    func matches(_ path: String) -> Bool {
        Self.matches(parts[...], path.split(separator: "/").map(Array.init)[...])
    }

    private static func matches(_ pattern: ArraySlice<[Character]>, _ path: ArraySlice<[Character]>) -> Bool {
        guard let first = pattern.first else { return path.isEmpty }
        if first == ["*", "*"] {
            return matches(pattern.dropFirst(), path) || (!path.isEmpty && matches(pattern, path.dropFirst()))
        }
        guard let name = path.first, matches(word: first[...], name[...]) else { return false }
        return matches(pattern.dropFirst(), path.dropFirst())
    }

    /// One name: after a star that did not fit, the rest is tried one character further on, and no other star need be tried again.
    private static func matches(word pattern: ArraySlice<Character>, _ name: ArraySlice<Character>) -> Bool {
        var pattern = pattern
        var name = name
        var star: (pattern: ArraySlice<Character>, name: ArraySlice<Character>)?
        while true {
            if pattern.first == "*" {
                pattern = pattern.dropFirst()
                star = (pattern, name)
                continue
            }
            if let next = name.first, let rest = step(pattern, over: next) {
                pattern = rest
                name = name.dropFirst()
                continue
            }
            if name.isEmpty, pattern.isEmpty { return true }
            guard let last = star, !last.name.isEmpty else { return false }
            star = (last.pattern, last.name.dropFirst())
            (pattern, name) = (last.pattern, last.name.dropFirst())
        }
    }

    /// The pattern behind what stands for a character; nil where something else stands there.
    private static func step(_ pattern: ArraySlice<Character>, over character: Character) -> ArraySlice<Character>? {
        guard let first = pattern.first else { return nil }
        if first == "[", let end = pattern.dropFirst(2).firstIndex(of: "]") {
            var set = pattern[(pattern.startIndex + 1)..<end]
            let isNegative = set.first == "!" || set.first == "^"
            if isNegative { set = set.dropFirst() }
            return contains(set, character) != isNegative ? pattern[(end + 1)...] : nil
        }
        return first == "?" || first == character ? pattern.dropFirst() : nil
    }

    private static func contains(_ set: ArraySlice<Character>, _ character: Character) -> Bool {
        var rest = set
        while let first = rest.popFirst() {
            if rest.first == "-", let last = rest.dropFirst().first {
                if first <= last, (first...last).contains(character) { return true }
                rest = rest.dropFirst(2)
            } else if first == character {
                return true
            }
        }
        return false
    }
}
