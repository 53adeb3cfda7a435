internal import DistilabelValues

/// What is in a dataset: columns, lengths, ratings, duplicates, failures.
///
///     let statistics = try DatasetStatistics(of: dataset)
///     print(StatisticsText(width: 100).text(of: statistics))
///
/// The rows are read once, some at a time. Memory does not grow with them: hashes of up to a million different rows are kept
/// (``HashSample``), quantiles are exact for up to 4,096 different numbers and within half a percent beyond (``QuantileSketch``).
public struct DatasetStatistics: Sendable, Hashable {
    /// Repetitions of what one column, or the whole row, holds.
    public struct Duplicates: Sendable, Hashable {
        /// The column; nil for whole rows, `distilabel_metadata` left out.
        public var column: String?
        /// The counts.
        public var count: DuplicateCount
    }

    /// How many rows there are.
    public var rowCount: Int
    /// The columns, in order.
    public var columns: [ColumnStatistics]
    /// Repetitions of rows, and of the prompts of each column that has them: `prompt`, `instruction`, `question`, and what
    /// comes before the last answer in `messages` and `conversations`.
    public var duplicates: [Duplicates]
    /// What preference rows say.
    public var preference: PreferenceStatistics
    /// What the metadata say; nil where there are none.
    public var metadata: MetadataStatistics?

    /// Reads a dataset through.
    ///
    /// - Throws: `DatasetError` where a file cannot be read; `CancellationError` where the task was cancelled.
    public init(of dataset: Dataset) throws {
        var collector = StatisticsCollector(columns: dataset.columnNames)
        var chunks = try dataset.chunks()
        while let rows = try chunks.next() {
            try Task.checkCancellation()
            collector.add(rows)
        }
        self = collector.finished()
    }

    init(
        rowCount: Int, columns: [ColumnStatistics], duplicates: [Duplicates], preference: PreferenceStatistics,
        metadata: MetadataStatistics?
    ) {
        self.rowCount = rowCount
        self.columns = columns
        self.duplicates = duplicates
        self.preference = preference
        self.metadata = metadata
    }
}

/// Gathers statistics, a chunk at a time.
struct StatisticsCollector {
    private static let promptColumns = ["prompt", "instruction", "question", "messages", "conversations"]

    private var rowCount = 0
    private var columns: OrderedDictionary<String, ColumnCollector>
    private var rows = HashSample()
    private var prompts: OrderedDictionary<String, HashSample> = [:]
    private var preference = PreferenceCollector()
    private var metadata = MetadataCollector()

    init(columns: [String]) {
        self.columns = OrderedDictionary(
            columns.map { ($0, ColumnCollector(name: $0)) }, uniquingKeysWith: { first, _ in first })
    }

    mutating func add(_ chunk: RowChunk) {
        var hashes = [UInt64](repeating: 0, count: chunk.count)
        for (name, values) in zip(chunk.columns.names, chunk.values) {
            columns[name, default: ColumnCollector(name: name)].add(values, firstRow: rowCount, rowHashes: &hashes)
        }
        for (position, hash) in hashes.enumerated() { rows.add(hash, row: rowCount + position) }
        for name in Self.promptColumns {
            guard let values = chunk[column: name] else { continue }
            for (position, value) in values.enumerated() {
                guard let hash = Self.promptHash(value) else { continue }
                prompts[name, default: HashSample()].add(hash, row: rowCount + position)
            }
        }
        preference.add(chunk)
        if let values = chunk[column: MetadataCollector.column] { metadata.add(values) }
        rowCount += chunk.count
    }

    /// The hash of a prompt; of a conversation that of the turns before its last answer.
    private static func promptHash(_ value: Value) -> UInt64? {
        switch value {
        case .null: return nil
        case .array(let turns):
            let last = turns.last.flatMap { $0["role"] ?? $0["from"] }?.stringValue
            let isAnswer = last.map { ShareGPT.role(of: $0) == "assistant" } ?? false
            return ContentHash.of(.array(isAnswer ? Array(turns.dropLast()) : turns))
        default: return ContentHash.of(value)
        }
    }

    func finished() -> DatasetStatistics {
        var duplicates = [DatasetStatistics.Duplicates(column: nil, count: rows.duplicates())]
        for (name, sample) in prompts { duplicates.append(.init(column: name, count: sample.duplicates())) }
        return DatasetStatistics(
            rowCount: rowCount, columns: columns.values.map { $0.finished(rowCount: rowCount) },
            duplicates: duplicates, preference: preference.finished(), metadata: metadata.finished())
    }
}
