public import DistilabelValues

extension OutputDirectory {
    /// What a card says about a configuration that was written here; nil where no file came of it.
    ///
    /// - Parameters:
    ///   - name: The configuration's name.
    ///   - splits: What the writers of its splits said in the end.
    /// - Throws: `DatasetError` where a file that was just written cannot be read.
    public func cardConfiguration(
        _ name: String, splits: OrderedDictionary<String, DatasetSummary>
    ) throws -> DatasetCard.Configuration? {
        var schema = DatasetSchema()
        var parts: [DatasetCard.Split] = []
        var sample: Row?
        var byteCount = 0
        var isTyped = true
        for (split, summary) in splits {
            guard let first = summary.files.first else { continue }
            let pattern = summary.files.contains { $0.contains("-of-") } ? "\(split)-*" : first
            parts.append(
                DatasetCard.Split(
                    name: split, rowCount: summary.rowCount, arrowByteCount: summary.arrowByteCount,
                    path: "\(name)/\(pattern)"))
            schema.formUnion(summary.schema)
            byteCount += summary.byteCount
            let file = try DatasetFile(path: "\(try self.file(name))/\(first)")
            switch file.kind {
            case .parquet, .arrow: break
            // A reader of CSV finds the types anew.
            case .csv, .tsv, .text: isTyped = false
            case .json, .jsonLines: isTyped = isTyped && summary.schema.columns.values.allSatisfy(\.isSameInJSON)
            }
            if sample == nil {
                var reader = try file.open()
                sample = try reader.next().flatMap { $0.count > 0 ? $0[0] : nil }
            }
        }
        if parts.isEmpty { return nil }
        return DatasetCard.Configuration(
            name: name, schema: schema, splits: parts, fileByteCount: byteCount, sample: sample, listsFeatures: isTyped)
    }
}

extension ColumnType {
    /// Whether a JSON file holds the values of such a column as the feature says; mixed ones stand there as they were.
    fileprivate var isSameInJSON: Bool {
        switch self {
        case .null, .bool, .int, .double, .string: true
        case .mixed: false
        case .list(let element): element.isSameInJSON
        case .object(let fields): !fields.isEmpty && fields.values.allSatisfy(\.isSameInJSON)
        }
    }
}
