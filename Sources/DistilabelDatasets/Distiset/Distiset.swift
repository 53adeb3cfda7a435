public import DistilabelValues

/// What a pipeline has made: a configuration for each leaf of its graph, and in each the splits of its rows.
///
///     let distiset = try Distiset.load(from: "out")
///     print(distiset)
///     let rows = try distiset["default"]?["train"]?.head(3)
public struct Distiset: Sendable {
    /// The splits of a configuration, under their names.
    public typealias Splits = OrderedDictionary<String, Dataset>

    /// The configurations, under their names; the only one of a pipeline with one leaf is `default`.
    public var configurations: OrderedDictionary<String, Splits>
    /// The folder that the distiset was read from, where there is one.
    public var path: String?

    /// Makes a distiset of configurations.
    public init(_ configurations: OrderedDictionary<String, Splits> = [:], path: String? = nil) {
        self.configurations = configurations
        self.path = path
    }

    /// The splits of a configuration, or nil when there is none of that name.
    public subscript(configuration: String) -> Splits? {
        get { configurations[configuration] }
        set { configurations[configuration] = newValue }
    }

    /// How many rows there are in all configurations and splits.
    public var rowCount: Int { configurations.values.joined().reduce(0) { $0 + $1.value.count } }

    /// The pipeline that made it, `pipeline.yaml`, where the folder has it.
    public var pipelinePath: String? { existing("pipeline.yaml") }

    /// The log of the run, `pipeline.log`, where the folder has it.
    public var logPath: String? { existing("pipeline.log") }

    /// The dataset card, `README.md`, where the folder has it.
    public var cardPath: String? { existing("README.md") }

    private func existing(_ name: String) -> String? {
        guard let path else { return nil }
        return ["\(path)/\(name)", "\(path)/\(Self.diskFolder)/\(name)"].first { POSIX.kind($0) == .file }
    }

    /// This distiset with the rows of each configuration shared between the splits `train` and `test`.
    ///
    /// - Throws: `DatasetError` where a configuration has other splits than `train`, or too few rows.
    /// - SeeAlso: ``Dataset/trainTestSplit(trainSize:shuffle:seed:)``
    public func trainTestSplit(trainSize: Double, shuffle: Bool = true, seed: UInt64 = 0) throws -> Distiset {
        var result = self
        for (name, splits) in configurations {
            guard splits.count == 1, let dataset = splits.values.first else {
                let names = splits.keys.joined(separator: ", ")
                throw DatasetError(
                    .usage, "configuration '\(name)' is split already (\(names)); split its parts instead")
            }
            do {
                let (train, test) = try dataset.trainTestSplit(trainSize: trainSize, shuffle: shuffle, seed: seed)
                result.configurations[name] = ["train": train, "test": test]
            } catch let error as DatasetError {
                throw DatasetError(error.code, "configuration '\(name)': \(error.message)")
            }
        }
        return result
    }

    /// The rows of several distisets, one after the other: of each configuration and split those of all that have it.
    ///
    /// - SeeAlso: ``Dataset/init(concatenating:)``
    public static func concatenate(_ distisets: [Distiset]) -> Distiset {
        var parts: OrderedDictionary<String, OrderedDictionary<String, [Dataset]>> = [:]
        for distiset in distisets {
            for (name, splits) in distiset.configurations {
                for (split, dataset) in splits { parts[name, default: [:]][split, default: []].append(dataset) }
            }
        }
        return Distiset(
            parts.mapValues { splits in
                splits.mapValues { $0.count == 1 ? $0[0] : Dataset(concatenating: $0) }
            })
    }

    /// Writes all configurations and splits to a folder, which is whole or not there at all, with a dataset card.
    ///
    /// What the folder that it was read from says beside its rows goes along: the page of its card, `pipeline.yaml` and
    /// `pipeline.log`.
    ///
    /// - Throws: `DatasetError` where the folder is not empty or cannot be written.
    public func save(
        to path: String, format: DatasetFormat = .parquet, existing: OutputDirectory.Existing = .refuse
    ) throws {
        let output = try OutputDirectory(path, existing: existing)
        var shown: [DatasetCard.Configuration] = []
        for (name, splits) in configurations {
            var summaries: OrderedDictionary<String, DatasetSummary> = [:]
            for (split, dataset) in splits {
                let writer = try output.makeWriter(
                    configuration: name, format: format, split: split, schema: dataset.schema)
                var chunks = try dataset.chunks()
                while let rows = try chunks.next() { try writer.write(rows) }
                summaries[split] = try writer.finish()
            }
            if let configuration = try output.cardConfiguration(name, splits: summaries) { shown.append(configuration) }
        }
        for source in [pipelinePath, logPath].compactMap({ $0 }) {
            try output.write(try Self.text(of: source), to: Self.lastName(source))
        }
        try output.write(try card(title: Self.lastName(path), configurations: shown), to: "README.md")
        try output.commit()
    }

    /// The text of a card of some configurations: what the card of the folder that this was read from says, brought up to date.
    func card(title: String, configurations: [DatasetCard.Configuration]) throws -> String {
        var card = DatasetCard(title: title, configurations: configurations)
        card.pipeline = try pipelinePath.map(Self.text)
        return try card.text(merging: try cardPath.map(Self.text))
    }

    static func text(of path: String) throws -> String {
        String(decoding: try InputFile(path: path).readAll(), as: UTF8.self)
    }

    static func lastName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}

extension Distiset: CustomStringConvertible {
    /// The configurations, their splits and columns, as Python's distilabel shows them.
    public var description: String {
        let parts = configurations.map { name, splits in
            let inner = splits.map { "    \($0.key): " + Self.indented($0.value.description) }.joined(separator: "\n")
            return "    \(name): DatasetDict({\n"
                + inner.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
                + "\n    })"
        }
        return "Distiset({\n" + parts.joined(separator: "\n") + "\n})"
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n").joined(separator: "\n    ")
    }
}
