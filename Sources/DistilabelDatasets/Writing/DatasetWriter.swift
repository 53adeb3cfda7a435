public import DistilabelValues

/// Writes the rows of one split of one configuration to disk as they come.
///
/// Nothing that is written looks whole before ``finish()`` returns. A writer that is let go before leaves only files
/// whose names begin with a dot; ``OutputDirectory`` removes those too.
public protocol DatasetWriter: Sendable {
    /// Writes some rows; returns when they are on their way to disk and memory is free for more.
    ///
    /// - Throws: `DatasetError`; the writer takes nothing more then.
    func write(_ rows: RowChunk) throws
    /// Writes what is left, waits until it lies on the disk and gives the files their names.
    @discardableResult
    func finish() throws -> DatasetSummary
}

/// What a writer has written.
public struct DatasetSummary: Hashable, Sendable {
    /// The names of the files in the writer's folder, in order; none when there was neither a row nor a column.
    public var files: [String]
    /// How many rows there are.
    public var rowCount: Int
    /// How many bytes the files have.
    public var byteCount: Int
    /// How many bytes the rows take in memory as Arrow arrays: `num_bytes` of a dataset card.
    public var arrowByteCount: Int
    /// The columns and their types.
    public var schema: DatasetSchema
}

/// The formats in which datasets are written.
public enum DatasetFormat: String, Hashable, Sendable, CaseIterable {
    /// Parquet files, in shards: `train-00000-of-00002.parquet`.
    case parquet
    /// One file of JSON Lines: `train.jsonl`.
    case jsonl
    /// One file of CSV: `train.csv`; lists and objects are JSON in it, and types are not kept.
    case csv

    /// Makes a writer of this format.
    ///
    /// - Parameters:
    ///   - folder: An existing folder, without files of this split.
    ///   - split: The split's name, with which the names of the files begin.
    ///   - columns: Columns that are known beforehand; they come first, and are there even when no row comes.
    public func makeWriter(
        folder: String, split: String = "train", columns: [String] = []
    ) throws -> any DatasetWriter {
        try makeWriter(folder: folder, split: split, schema: DatasetSchema(names: columns))
    }

    /// Makes a writer of this format whose columns are known, and maybe what they were in the file that they come from.
    func makeWriter(folder: String, split: String, schema: DatasetSchema) throws -> any DatasetWriter {
        switch self {
        case .parquet: try ParquetWriter(folder: folder, split: split, schema: schema, options: ParquetWriter.Options())
        case .jsonl: try JSONLinesWriter(folder: folder, split: split, schema: schema)
        case .csv: try CSVWriter(folder: folder, split: split, schema: schema)
        }
    }
}
