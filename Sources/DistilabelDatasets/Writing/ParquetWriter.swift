public import DistilabelValues
internal import Synchronization

/// Writes rows as Parquet files whose schema fits all rows, whatever comes first.
///
/// A Parquet file has one schema, but the first rows of a run need not show it: a column may be null for a while, a
/// field may come late, a number may turn into a text. So the first rows are kept in memory until there are enough to
/// go by (``Options/headRows``, ``Options/headBytes``); their schema is the file's. A row that does not fit ends the
/// file and begins one of the wider schema. In the end the files that are narrower than the last, which are few, are
/// written again. Nothing that a value may be makes this fail; ``ColumnType`` says what becomes of kinds that do not
/// go together.
///
/// What is written depends on the rows alone, not on how they were cut into chunks. Memory holds the first rows, then
/// one row group. The footer has the features that the `datasets` library looks for.
public final class ParquetWriter: DatasetWriter {
    /// How the files are written.
    public struct Options: Sendable, Hashable {
        /// A file ends with the row that brings its values to this many bytes, before compression; 500 MB unless told
        /// otherwise.
        public var shardBytes = 500_000_000
        /// A file ends once it has this many rows; without limit unless told otherwise.
        public var shardRows = Int.max
        /// How many rows are kept in memory before the schema is settled; 1,000 unless told otherwise.
        public var headRows = 1_000
        /// How many bytes they may take; 16 MB unless told otherwise.
        public var headBytes = 16_000_000
        /// How often the schema may widen before rows go to a file without a schema until the end; 8 unless told
        /// otherwise.
        public var widenings = 8
        /// Whether Zstandard is used instead of Snappy: smaller files, where the system has its library; false unless
        /// told otherwise.
        public var usesZstandard = false

        /// Makes the options that hold unless told otherwise.
        public init() {}
    }

    private enum State {
        case open(ShardSeries)
        case closed
    }

    private let state: Mutex<State>

    /// Makes the writer of `FOLDER/SPLIT-00000-of-0000N.parquet`.
    ///
    /// - Throws: `DatasetError` where the folder is missing or has files of the split.
    public convenience init(
        folder: String, split: String = "train", columns: [String] = [], options: Options = Options()
    ) throws {
        try self.init(folder: folder, split: split, schema: DatasetSchema(names: columns), options: options)
    }

    init(folder: String, split: String, schema: DatasetSchema, options: Options) throws {
        let taken = try POSIX.names(in: folder).first { $0.hasPrefix(split + "-") && $0.hasSuffix(".parquet") }
        if let taken {
            throw DatasetError(.notEmpty, "\(folder)/\(taken) exists; remove it or choose another output folder")
        }
        state = Mutex(.open(ShardSeries(folder: folder, split: split, schema: schema, options: options)))
    }

    /// Writes some rows.
    public func write(_ rows: RowChunk) throws {
        try advance { series in
            try series.write(rows)
            return (.open(series), ())
        }
    }

    /// Settles the schema, writes again what is narrower, and gives the files their names.
    @discardableResult
    public func finish() throws -> DatasetSummary {
        try advance { series in (.closed, try series.finish()) }
    }

    /// Lets `body` use the series; after an error the writer is closed.
    private func advance<Result: Sendable>(_ body: (inout ShardSeries) throws -> (State, Result)) throws -> Result {
        try state.withLock { state in
            guard case .open(var series) = state else {
                throw DatasetError(.usage, "the Parquet files are finished, or failed before, and take no more rows")
            }
            state = .closed
            let (next, result) = try body(&series)
            state = next
            return result
        }
    }
}
