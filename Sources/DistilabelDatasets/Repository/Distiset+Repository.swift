public import DistilabelValues

/// A distiset's files as a repository on the Hugging Face Hub holds them.
public struct RepositoryFiles: Sendable {
    /// Where each file lies, under its path in the repository: `data/train-00000-of-00001.parquet`.
    public var files: OrderedDictionary<String, String>
    /// What a card says of the configurations.
    public var configurations: [DatasetCard.Configuration]
    /// Which splits there are in which folder of the repository.
    public var splits: OrderedDictionary<String, [String]>

    /// The files that an earlier push left and that are no part of these splits any more.
    ///
    /// - Parameter paths: The files in the repository.
    public func stale(among paths: [String]) -> [String] {
        // `FOLDER/SPLIT-00000-of-00001.parquet`, or the same with a digest behind the numbers.
        let number = String(repeating: "[0-9]", count: 5)
        let shards = splits.flatMap { folder, names in
            names.map { PathPattern("\(folder)/\($0)-\(number)-of-\(number)*.parquet") }
        }
        return paths.filter { path in files[path] == nil && shards.contains { $0.matches(path) } }
    }
}

extension Distiset {
    /// Writes the rows as Parquet files in the layout of the Hub: the folder `data` for the configuration `default`, else one of its name.
    ///
    /// The bytes depend on the rows alone: what is written twice is the same twice.
    ///
    /// - Parameter output: The folder in which they are written; not committed.
    /// - Throws: `DatasetError` where there are no rows or they cannot be written.
    public func writeRepositoryFiles(to output: OutputDirectory) throws -> RepositoryFiles {
        var result = RepositoryFiles(files: [:], configurations: [], splits: [:])
        for (name, splits) in configurations {
            let folder = name == "default" ? "data" : name
            guard result.splits[folder] == nil else {
                throw DatasetError(
                    .usage, "the configurations 'default' and 'data' would share the folder `data`; rename one of them")
            }
            var summaries: OrderedDictionary<String, DatasetSummary> = [:]
            for (split, dataset) in splits {
                let writer = try output.makeWriter(
                    configuration: folder, format: .parquet, split: split, schema: dataset.schema)
                var chunks = try dataset.chunks()
                while let rows = try chunks.next() { try writer.write(rows) }
                let summary = try writer.finish()
                summaries[split] = summary
                for file in summary.files {
                    result.files["\(folder)/\(file)"] = try output.file(folder) + "/" + file
                }
            }
            result.splits[folder] = Array(splits.keys)
            if var configuration = try output.cardConfiguration(folder, splits: summaries) {
                configuration.name = name
                result.configurations.append(configuration)
            }
        }
        guard !result.files.isEmpty else {
            throw DatasetError(.usage, "the dataset has neither rows nor columns, so there is nothing to push")
        }
        return result
    }
}
