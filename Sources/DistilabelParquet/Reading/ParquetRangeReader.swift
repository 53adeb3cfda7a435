/// Reads a Parquet file far away: the footer first, then the chunks of the columns that are asked for, and nothing else.
public struct ParquetRangeReader: Sendable {
    /// The file's schema, row groups and key-values.
    public let file: ParquetFileReader
    private let source: any ParquetRangeSource

    /// The bytes fetched from the end of a file at first; most footers lie in them.
    private static let tail = 1 << 16
    /// Ranges that lie no further apart than this are fetched as one.
    private static let gap = 1 << 16

    /// Fetches the footer, in one request, or in two where it is larger than 64 KiB.
    ///
    /// - Throws: ``ParquetError`` where the bytes are no whole Parquet file, and what the source throws.
    public init(_ source: any ParquetRangeSource) async throws {
        self.source = source
        var start = max(0, source.count - Self.tail)
        var tail = try await Self.fetch(source, start..<source.count)
        if tail.count >= 8 {
            let length = tail[(tail.count - 8)..<(tail.count - 4)].reversed().reduce(0) { $0 << 8 | Int($1) }
            // A length that makes no sense is for the reader of the footer to refuse.
            if length + 8 > tail.count, length <= source.count - 12 {
                let first = source.count - 8 - length
                tail = try await Self.fetch(source, first..<start) + tail
                start = first
            }
        }
        file = try ParquetFileReader(
            source: FetchedRanges(name: source.name, count: source.count, ranges: [(start, tail)]))
    }

    private static func fetch(_ source: any ParquetRangeSource, _ range: Range<Int>) async throws -> [UInt8] {
        if range.isEmpty { return [] }
        let bytes = try await source.bytes(range)
        guard bytes.count == range.count else {
            throw ParquetError(.io, "\(source.name) gave \(bytes.count) bytes of the \(range.count) asked for")
        }
        return bytes
    }

    /// The rows of some columns, a batch at a time; the chunks of a row group are fetched when its first batch is.
    ///
    /// - Parameters:
    ///   - cell: the type of the cells to make.
    ///   - columns: the columns to read, in the order wanted; nil reads all.
    ///   - rowGroups: the row groups to read, such as those that ``ParquetFileReader/rowGroups(where:)`` names; nil reads all.
    ///   - rows: the most rows a batch may have.
    /// - Throws: ``ParquetError`` where there is no such column or row group.
    public func batches<Cell: ParquetCell>(
        of cell: Cell.Type = Cell.self, columns: [String]? = nil, rowGroups: [Int]? = nil, rows: Int = 1024
    ) throws -> ParquetRangeBatches<Cell> {
        // Asking the file itself finds what is wrong with the request before anything is fetched.
        _ = try file.batches(of: cell, columns: columns, rowGroups: rowGroups, rows: rows)
        return ParquetRangeBatches(
            reader: self, columns: columns, groups: rowGroups ?? Array(file.rowGroupRowCounts.indices), rows: rows)
    }

    /// The file with the bytes of some columns of one row group.
    func fetched(_ group: Int, columns: [String]?) async throws -> ParquetFileReader {
        var fetched = FetchedRanges(name: source.name, count: source.count)
        for range in try file.byteRanges(group, columns: columns, gap: Self.gap) {
            fetched.ranges.append((range.lowerBound, try await Self.fetch(source, range)))
        }
        return ParquetFileReader(file, source: fetched)
    }
}

/// The rows of a file far away, handed out in batches; it keeps the chunks of one row group in memory and no more.
public struct ParquetRangeBatches<Cell: ParquetCell> {
    @usableFromInline let reader: ParquetRangeReader
    @usableFromInline let columns: [String]?
    @usableFromInline var groups: ArraySlice<Int>
    @usableFromInline let rows: Int
    @usableFromInline var current: ParquetBatches<Cell>?

    init(reader: ParquetRangeReader, columns: [String]?, groups: [Int], rows: Int) {
        self.reader = reader
        self.columns = columns
        self.groups = groups[...]
        self.rows = rows
    }

    /// The next rows, or nil after the last.
    ///
    /// - Throws: ``ParquetError`` as ``ParquetBatches/next()`` does, and what the source throws.
    @inlinable
    public mutating func next() async throws -> ParquetBatch<Cell>? {
        while true {
            if let batch = try current?.next() { return batch }
            current = nil
            guard let group = groups.popFirst() else { return nil }
            current = try await open(group)
        }
    }

    @usableFromInline
    func open(_ group: Int) async throws -> ParquetBatches<Cell> {
        try await reader.fetched(group, columns: columns).batches(columns: columns, rowGroups: [group], rows: rows)
    }
}

extension ParquetFileReader {
    /// Where the chunks of some columns of a row group lie, those near one another in one.
    fileprivate func byteRanges(_ group: Int, columns names: [String]?, gap: Int) throws -> [Range<Int>] {
        let selected = try names?.map(column) ?? columns
        var ranges: [Range<Int>] = []
        for index in Set(selected.flatMap(\.leaves)).sorted() {
            let chunk = rowGroups[group].columns[index]
            guard let start = Int(exactly: chunk.start), let size = Int(exactly: chunk.compressedSize), start >= 4,
                size >= 0, start <= dataEnd
            else {
                throw ParquetError(
                    .damaged, "\(source.name): column \(leaves[index].name): the chunk lies outside the file")
            }
            ranges.append(start..<start + min(size, dataEnd - start))
        }
        var joined: [Range<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, range.lowerBound - last.upperBound <= gap {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        return joined
    }
}
