/// What the name of a file says: `train-00000-of-00002.parquet`, the same with a digest of the file behind the numbers, `train.jsonl`.
struct ShardName {
    /// The split.
    var split: String
    /// Which of how many files of the split it is; nil where it is the only one.
    var number: (index: Int, total: Int)?

    /// Reads a name; nil where it is of no kind of file that is read.
    init?(_ name: String) {
        guard DatasetFile.Kind(nameOf: name) != nil else { return nil }
        var stem = name[...]
        // The kind, and how it is compressed.
        while let dot = stem.lastIndex(of: "."), dot > stem.startIndex, Self.isEnding(stem[dot...]) {
            stem = stem[..<dot]
        }
        let parts = stem.split(separator: "-", omittingEmptySubsequences: false)
        if let of = parts.lastIndex(of: "of"), of >= 2,
            parts.count - of == 2 || (parts.count - of == 3 && parts[of + 1].count == 5),
            let index = Int(parts[of - 1]), let total = Int(parts[of + 1])
        {
            split = parts[..<(of - 1)].joined(separator: "-")
            number = (index, total)
        } else {
            split = String(stem)
        }
    }

    private static func isEnding(_ text: Substring) -> Bool {
        let name = text.dropFirst().lowercased()
        return FileCompression.endings.contains(name)
            || DatasetFile.Kind.allCases.contains { $0.endings.contains(name) }
    }

    /// Throws where one of the files of a split is missing.
    static func check(_ names: [ShardName], folder: String) throws {
        let numbers = Set(names.compactMap { $0.number?.index })
        for total in Set(names.compactMap { $0.number?.total }) {
            if let missing = (0..<min(total, names.count + 1)).first(where: { !numbers.contains($0) }) {
                throw DatasetError(
                    .notFound, "\(folder): shard \(missing) of \(total) of the split '\(names[0].split)' is missing")
            }
        }
    }

    /// A number in five digits at least.
    static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }
}
