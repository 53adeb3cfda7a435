internal import DistilabelValues

extension Distiset {
    /// The folder in which Python's distilabel keeps what belongs to a saved distiset as a whole.
    static let diskFolder = "distiset_configs"

    /// Writes the distiset as Python's `Distiset.save_to_disk` does, so that `datasets.load_from_disk` and Python's distilabel read it.
    ///
    /// `PATH/CONFIG/SPLIT/` holds Arrow files as the `datasets` library saves them, `PATH/distiset_configs/` the card and what the
    /// folder of this distiset has of `pipeline.yaml` and `pipeline.log`, and `PATH/artifacts/` what it has of artifacts. The folder is
    /// whole or not there at all.
    ///
    /// - Parameters:
    ///   - path: The folder.
    ///   - existing: What to do where it exists and is not empty.
    ///   - maxShardBytes: How many bytes a file has at most, about; 500 MB unless told otherwise.
    ///   - shardCount: How many files each split has; by their size where this is nil.
    ///   - savesCard: Whether `README.md` is written.
    ///   - savesPipeline: Whether `pipeline.yaml` is.
    ///   - savesLog: Whether `pipeline.log` is.
    /// - Throws: `DatasetError` where the folder is not empty or cannot be written.
    public func saveToDisk(
        _ path: String, existing: OutputDirectory.Existing = .refuse, maxShardBytes: Int = 500_000_000,
        shardCount: Int? = nil, savesCard: Bool = true, savesPipeline: Bool = true, savesLog: Bool = true
    ) throws {
        let output = try OutputDirectory(path, existing: existing)
        var shown: [DatasetCard.Configuration] = []
        for (name, splits) in configurations {
            guard name != Self.diskFolder, name != Self.artifactsFolder else {
                throw DatasetError(.usage, "a configuration cannot be called '\(name)'; rename it")
            }
            let folder = try output.makeFolder(name)
            var configuration = DatasetCard.Configuration(
                name: name, schema: DatasetSchema(), splits: [], fileByteCount: 0)
            for (split, dataset) in splits {
                let inner = folder + "/" + split
                try POSIX.makeDirectory(inner)
                let schema = try dataset.completeSchema()
                let rows = shardCount.map { (dataset.count + max(1, $0) - 1) / max(1, $0) }
                var writer = ArrowWriter(
                    folder: inner, split: split, schema: schema, shardBytes: shardCount == nil ? maxShardBytes : .max,
                    shardRows: rows ?? .max)
                var size = ArrowSize()
                var chunks = try dataset.chunks()
                while let rows = try chunks.next() {
                    size.add(rows)
                    try writer.write(rows)
                    if configuration.sample == nil { configuration.sample = rows[0] }
                }
                try writer.finish()
                configuration.schema.formUnion(schema)
                configuration.fileByteCount += writer.byteCount
                configuration.splits.append(
                    DatasetCard.Split(
                        name: split, rowCount: writer.rowCount, arrowByteCount: size.byteCount(of: schema),
                        path: "\(name)/\(split)/data-*"))
            }
            try ArrowFolder.writeSplits(Array(splits.keys), in: folder)
            shown.append(configuration)
        }
        let folder = try output.makeFolder(Self.diskFolder)
        if savesCard {
            try Self.write(try card(title: Self.lastName(path), configurations: shown), to: folder + "/README.md")
        }
        if savesPipeline, let pipelinePath {
            try Self.write(try Self.text(of: pipelinePath), to: folder + "/pipeline.yaml")
        }
        if savesLog, let logPath { try Self.write(try Self.text(of: logPath), to: folder + "/pipeline.log") }
        if let artifactsPath { try POSIX.copyTree(artifactsPath, to: try output.file(Self.artifactsFolder)) }
        try output.commit()
    }

    /// Reads a distiset that Python's distilabel, `datasets.save_to_disk` or ``saveToDisk(_:existing:maxShardBytes:shardCount:savesCard:savesPipeline:savesLog:)``
    /// wrote.
    ///
    /// A folder with the splits of one dataset, or with one dataset, is the configuration `default`. All rows stay on disk.
    ///
    /// - Throws: `DatasetError` where the folder is none of these, or a file is missing or damaged.
    public static func load(fromDisk path: String) throws -> Distiset {
        guard POSIX.kind(path) == .folder else { throw DatasetError(.notFound, "there is no folder \(path)") }
        if ArrowFolder.isOne(path) { return Distiset(["default": try ArrowFolder.splits(in: path)], path: path) }
        var configurations: OrderedDictionary<String, Splits> = [:]
        for name in try folders(in: path) where ArrowFolder.isOne(path + "/" + name) {
            configurations[name] = try ArrowFolder.splits(in: path + "/" + name)
        }
        guard !configurations.isEmpty else {
            throw DatasetError(
                .notFound,
                "\(path) was not saved by save_to_disk: neither it nor a folder in it has a dataset_dict.json "
                    + "or state.json")
        }
        return Distiset(configurations, path: path)
    }

    /// Whether a folder was saved so.
    static func isSaved(_ path: String) -> Bool {
        ArrowFolder.isOne(path) || ((try? folders(in: path)) ?? []).contains { ArrowFolder.isOne(path + "/" + $0) }
    }

    private static let artifactsFolder = "artifacts"

    /// The folder of the files that steps have left, where there is one.
    public var artifactsPath: String? {
        path.map { $0 + "/" + Self.artifactsFolder }.flatMap { POSIX.kind($0) == .folder ? $0 : nil }
    }

    private static func write(_ text: String, to path: String) throws {
        var file = try OutputFile(path: path)
        try file.append { $0 += text.utf8 }
        try file.finish()
    }
}

extension Dataset {
    /// The columns of all rows; of files that do not say themselves what they are, all rows are looked at.
    func completeSchema() throws -> DatasetSchema {
        if isSchemaComplete { return schema }
        var schema = schema
        var chunks = try chunks()
        while let rows = try chunks.next() { schema.widen(by: rows) }
        return schema
    }
}
