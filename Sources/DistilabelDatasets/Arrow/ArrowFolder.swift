internal import DistilabelValues

/// A folder as the `datasets` library's `save_to_disk` makes it.
enum ArrowFolder {
    private static let splitsName = "dataset_dict.json"
    static let stateName = "state.json"
    static let infoName = "dataset_info.json"

    /// Whether a folder is one of a dataset, or of one with its splits.
    static func isOne(_ path: String) -> Bool {
        [splitsName, stateName].contains { POSIX.kind(path + "/" + $0) == .file }
    }

    /// The splits of a folder; a dataset without splits is the split that it says it was, else `train`.
    static func splits(in path: String) throws -> Distiset.Splits {
        guard POSIX.kind(path + "/" + splitsName) == .file else {
            let (split, dataset) = try dataset(in: path)
            return [split ?? "train": dataset]
        }
        let description = try json(path + "/" + splitsName)
        guard let names = description["splits"]?.arrayValue?.compactMap(\.stringValue) else {
            throw DatasetError(.malformed, "\(path)/\(splitsName) names no splits")
        }
        var splits = Distiset.Splits()
        for name in names { splits[name] = try dataset(in: path + "/" + (try plain(name, in: splitsName))).dataset }
        return splits
    }

    private static func dataset(in path: String) throws -> (split: String?, dataset: Dataset) {
        let state = try json(path + "/" + stateName)
        guard let files = state["_data_files"]?.arrayValue else {
            throw DatasetError(.malformed, "\(path)/\(stateName) names no files")
        }
        let names = files.compactMap { $0["filename"]?.stringValue }
        let split = state["_split"]?.stringValue
        if names.isEmpty {
            // Without rows the library may write no file; the columns stand beside.
            let columns = try json(path + "/" + infoName)["features"]?.objectValue?.keys
            return (split, Dataset(RowChunk(columns: Columns(columns ?? []))))
        }
        let dataset = try Dataset(
            files: names.map { try DatasetFile(path: path + "/" + (try plain($0, in: stateName)), assuming: .arrow) })
        return (split, dataset)
    }

    /// A name that stays in its folder.
    private static func plain(_ name: String, in file: String) throws -> String {
        guard !name.isEmpty, name != "..", name != ".", !name.contains("/") else {
            throw DatasetError(.malformed, "\(file) names '\(name)', which is no file beside it")
        }
        return name
    }

    private static func json(_ path: String) throws -> Value {
        do {
            return try JSON.parse(try InputFile(path: path).readAll())
        } catch let error as JSONError {
            throw DatasetError(.malformed, "\(path):\(error.line):\(error.column): \(error.message)")
        }
    }

    /// Writes a value as the library does.
    static func write(_ value: Value, to path: String) throws {
        var file = try OutputFile(path: path)
        try file.append { $0 += JSON.string(value, pretty: true).utf8 }
        try file.finish()
    }

    /// Writes the names of the splits that stand beside.
    static func writeSplits(_ names: [String], in path: String) throws {
        try write(["splits": .array(names.map(Value.string))], to: path + "/" + splitsName)
    }
}
