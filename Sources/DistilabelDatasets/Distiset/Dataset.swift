public import DistilabelValues

/// The rows of one split, in memory or in files on disk.
///
/// Rows on disk are read as they are asked for; a dataset of any size takes little memory. The files must stay as they
/// are.
///
///     for try await row in dataset.rows { print(row["generation"]) }
public struct Dataset: Sendable {
    private enum Storage: Sendable {
        case memory(RowChunk)
        case files([DatasetFile])
        case parts([Dataset])
    }

    private let storage: Storage
    private var selection: RowSelection?
    private let total: Int

    /// The columns and their types; of JSON files those of the first thousand rows.
    public let schema: DatasetSchema

    /// Makes a dataset of rows in memory.
    public init(_ rows: RowChunk) {
        storage = .memory(rows)
        total = rows.count
        schema = DatasetSchema(of: rows)
    }

    /// Makes a dataset of rows in memory; a column that a row lacks is null there.
    public init(_ rows: some Collection<Row>) { self.init(RowChunk(rows)) }

    /// Makes a dataset of the rows of some files, in the order of the files.
    ///
    /// - Throws: `DatasetError` where a file cannot be opened or counted.
    public init(files: [DatasetFile]) throws {
        storage = .files(files)
        var total = 0
        var schema = DatasetSchema()
        for file in files {
            let outline = try file.outline()
            total += outline.rowCount
            schema.formUnion(outline.schema)
        }
        self.total = total
        self.schema = schema
    }

    /// Makes a dataset of the rows of several, one after the other; a column that one of them lacks is null in its rows.
    ///
    /// Nothing is copied.
    public init(concatenating datasets: [Dataset]) {
        storage = .parts(datasets)
        total = datasets.reduce(0) { $0 + $1.count }
        var schema = DatasetSchema()
        for dataset in datasets { schema.formUnion(dataset.schema) }
        self.schema = schema
    }

    /// Whether ``schema`` holds for all rows, rather than for the first of files that do not say themselves.
    var isSchemaComplete: Bool {
        switch storage {
        case .memory: true
        case .files(let files): files.allSatisfy(\.hasSchema)
        case .parts(let datasets): datasets.allSatisfy(\.isSchemaComplete)
        }
    }

    /// The names of the columns, in order.
    public var columnNames: [String] { schema.names }

    /// How many rows there are.
    public var count: Int { selection?.count ?? total }

    /// The rows, in order.
    public var rows: Rows { Rows(dataset: self) }

    /// The rows some at a time, in order: the fast way through a dataset.
    public func chunks() throws -> Chunks { try Chunks(self) }

    /// The first rows, at most `count`.
    public func head(_ count: Int = 5) throws -> [Row] {
        var rows: [Row] = []
        var chunks = try chunks()
        while rows.count < count, let chunk = try chunks.next() {
            rows += chunk.slice(0..<min(chunk.count, count - rows.count)).rows
        }
        return rows
    }

    /// All rows in memory.
    public func loaded() throws -> RowChunk {
        if case .memory(let rows) = storage, selection == nil { return rows }
        var all = RowChunk(columns: Columns(columnNames))
        var chunks = try chunks()
        while let chunk = try chunks.next() { all.append(contentsOf: chunk) }
        return all
    }

    /// Two datasets that share the rows between them; each keeps them in their order.
    ///
    /// Which rows go where depends on the seed and the number of rows alone, on every machine. Nothing is copied: a
    /// split of a dataset on disk costs two bits a row.
    ///
    /// - Parameters:
    ///   - trainSize: The part that goes to the first, over 0 and under 1; rows that do not divide go to the second.
    ///   - shuffle: Whether rows are drawn at random; if not, the first ones go to the first.
    ///   - seed: What the draw depends on.
    /// - Throws: `DatasetError` where the size is out of range or one side would be empty.
    public func trainTestSplit(
        trainSize: Double, shuffle: Bool = true, seed: UInt64 = 0
    ) throws -> (train: Dataset, test: Dataset) {
        guard trainSize > 0, trainSize < 1 else {
            throw DatasetError(.usage, "the training part is \(trainSize); it must lie between 0 and 1, such as 0.9")
        }
        // A part such as 0.7 of 10 rows is 7, although the product is a little less.
        let trainCount = Int((Double(count) * trainSize + 1e-9).rounded(.down))
        guard trainCount > 0, trainCount < count else {
            throw DatasetError(
                .usage, "\(trainSize) of \(count) rows leaves one side without rows; use more rows or another size")
        }
        var train = RowSelection(of: total)
        var test = RowSelection(of: total)
        var generator = SeededRandom(seed: seed)
        var wanted = trainCount
        var left = count
        // Selection sampling: each row is taken with the probability that makes all choices equally likely.
        for row in 0..<total where selection?.contains(row) ?? true {
            let takes = shuffle ? generator.number(below: UInt64(left)) < UInt64(wanted) : wanted > 0
            if takes {
                train.insert(row)
                wanted -= 1
            } else {
                test.insert(row)
            }
            left -= 1
        }
        return (selecting(train), selecting(test))
    }

    private func selecting(_ rows: RowSelection) -> Dataset {
        var copy = self
        copy.selection = rows
        return copy
    }
}

extension Dataset {
    /// The rows of a dataset some at a time.
    public struct Chunks {
        private var files: [DatasetFile] = []
        private var parts: [Dataset] = []
        /// The rows of the part that is being read; a list, since nothing can hold itself.
        private var part: [Chunks] = []
        private var memory: RowChunk?
        private var reader: DatasetFileReader?
        private let selection: RowSelection?
        private let columns: Columns
        private var position = 0

        init(_ dataset: Dataset) throws {
            selection = dataset.selection
            columns = Columns(dataset.columnNames)
            switch dataset.storage {
            case .memory(let rows): memory = rows.count > 0 ? rows : nil
            case .files(let files): self.files = files
            case .parts(let parts): self.parts = parts
            }
        }

        /// The next rows, never none of them, with all columns of the dataset; nil after the last.
        ///
        /// - Throws: `DatasetError` where a file cannot be read.
        public mutating func next() throws -> RowChunk? {
            while let chunk = try nextUnselected() {
                let start = position
                position += chunk.count
                guard let selection else {
                    if chunk.count > 0 { return completed(chunk) }
                    continue
                }
                let kept = (0..<chunk.count).filter { selection.contains(start + $0) }
                if !kept.isEmpty { return completed(chunk.selecting(kept)) }
            }
            return nil
        }

        private mutating func nextUnselected() throws -> RowChunk? {
            if let rows = memory.take() { return rows }
            while true {
                if let chunk = try reader?.next() { return chunk }
                if !part.isEmpty, let chunk = try part[0].next() { return chunk }
                if !files.isEmpty {
                    reader = try files.removeFirst().open()
                } else if !parts.isEmpty {
                    part = [try parts.removeFirst().chunks()]
                } else {
                    return nil
                }
            }
        }

        private func completed(_ chunk: RowChunk) -> RowChunk {
            if chunk.columns == columns { return chunk }
            var all = RowChunk(columns: columns)
            all.append(contentsOf: chunk)
            return all
        }
    }

    /// The rows of a dataset, one after the other.
    public struct Rows: AsyncSequence, Sendable {
        let dataset: Dataset

        /// Starts at the first row.
        public func makeAsyncIterator() -> Iterator { Iterator(dataset: dataset) }

        /// Where one stands in the rows; `next()` can be called without `await` too.
        public struct Iterator: AsyncIteratorProtocol {
            private let dataset: Dataset
            private var chunks: Chunks?
            private var chunk = RowChunk()
            private var position = 0

            init(dataset: Dataset) { self.dataset = dataset }

            /// The next row, or nil after the last.
            ///
            /// - Throws: `DatasetError` where a file cannot be read.
            public mutating func next() throws -> Row? {
                if position == chunk.count {
                    var chunks = try self.chunks ?? dataset.chunks()
                    let next = try chunks.next()
                    self.chunks = chunks
                    guard let next else { return nil }
                    chunk = next
                    position = 0
                }
                position += 1
                return chunk[position - 1]
            }
        }
    }
}

extension Dataset: CustomStringConvertible {
    /// The columns and the number of rows, as Python's `datasets` shows them.
    public var description: String {
        let names = columnNames.map { "'\($0)'" }.joined(separator: ", ")
        return "Dataset({\n    features: [\(names)],\n    num_rows: \(count)\n})"
    }
}
