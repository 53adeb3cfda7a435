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

    private func existing(_ name: String) -> String? {
        path.map { $0 + "/" + name }.flatMap { POSIX.kind($0) == .file ? $0 : nil }
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

    /// Writes all configurations and splits to a folder, which is whole or not there at all.
    ///
    /// - Throws: `DatasetError` where the folder is not empty or cannot be written.
    public func save(
        to path: String, format: DatasetFormat = .parquet, existing: OutputDirectory.Existing = .refuse
    ) throws {
        let output = try OutputDirectory(path, existing: existing)
        for (name, splits) in configurations {
            for (split, dataset) in splits {
                let writer = try output.makeWriter(
                    configuration: name, format: format, split: split, columns: dataset.columnNames)
                var chunks = try dataset.chunks()
                while let rows = try chunks.next() { try writer.write(rows) }
                try writer.finish()
            }
        }
        for source in [pipelinePath, logPath].compactMap({ $0 }) {
            let name = source.split(separator: "/").last.map(String.init) ?? source
            try output.write(String(decoding: try InputFile(path: source).readAll(), as: UTF8.self), to: name)
        }
        try output.commit()
    }
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
