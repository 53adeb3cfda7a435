/// Reads a Parquet file: its schema at once, its rows a batch at a time.
///
/// Whatever the bytes are, reading them gives rows or throws a ``ParquetError``. A reader may be used by many tasks at
/// once.
public final class ParquetFileReader: Sendable {
    /// The columns; those of a type that this module does not read are ``ParquetType/unsupported(_:)``.
    public let schema: ParquetSchema
    /// The rows of the file, by its row groups.
    public let rowCount: Int
    /// The rows of each row group.
    public let rowGroupRowCounts: [Int]
    /// What the footer keeps beside the schema, in order.
    public let keyValues: [ParquetKeyValue]
    /// The program that wrote the file, where it says so.
    public let createdBy: String?
    /// The size of the file in bytes.
    public var byteCount: Int { source.count }

    let source: any ParquetByteSource
    let columns: [ReadNode]
    let leaves: [LeafPlan]
    let rowGroups: [RowGroupMetadata]
    let dataEnd: Int

    /// Opens the file at a path and reads its footer.
    ///
    /// - Throws: ``ParquetError`` where the file cannot be read or is not whole.
    public convenience init(path: String) throws {
        try self.init(source: try FileSource(path: path))
    }

    /// Reads a file that lies in memory.
    ///
    /// - Throws: ``ParquetError`` where the bytes are no whole Parquet file.
    public convenience init(bytes: [UInt8]) throws {
        try self.init(source: MemorySource(bytes: bytes))
    }

    /// Reads a file whose bytes a source hands out.
    ///
    /// - Throws: ``ParquetError`` where the bytes are no whole Parquet file, and what the source throws.
    public init(source: any ParquetByteSource) throws {
        let (footer, start) = try Self.readFooter(source)
        let metadata = try footer.withUnsafeBytes { try FileMetadata(reading: $0) }
        let tree = try ReadTree(metadata.schema)
        self.source = source
        columns = tree.columns
        leaves = tree.leaves
        rowGroups = metadata.rowGroups
        dataEnd = start
        schema = ParquetSchema(tree.columns.map { ParquetField($0.name, $0.type) })
        keyValues = metadata.keyValues.map { ParquetKeyValue($0.key, $0.value) }
        createdBy = metadata.createdBy
        var total = 0
        var counts: [Int] = []
        for group in metadata.rowGroups {
            guard group.rowCount >= 0, group.columns.count == tree.leaves.count else {
                throw ParquetError(.damaged, "\(source.name): a row group does not fit the schema")
            }
            let (sum, overflow) = total.addingReportingOverflow(Int(group.rowCount))
            guard !overflow else { throw ParquetError(.damaged, "\(source.name): its row groups have too many rows") }
            total = sum
            counts.append(Int(group.rowCount))
        }
        // Some writers leave the footer's own count at zero; that of the row groups is what can be read.
        rowCount = total
        rowGroupRowCounts = counts
    }

    /// The same file, whose bytes come from elsewhere.
    init(_ file: ParquetFileReader, source: any ParquetByteSource) {
        self.source = source
        schema = file.schema
        rowCount = file.rowCount
        rowGroupRowCounts = file.rowGroupRowCounts
        keyValues = file.keyValues
        createdBy = file.createdBy
        columns = file.columns
        leaves = file.leaves
        rowGroups = file.rowGroups
        dataEnd = file.dataEnd
    }

    /// The bytes of the footer and where it starts.
    private static func readFooter(_ source: any ParquetByteSource) throws -> ([UInt8], Int) {
        let refusal = ParquetError(
            .notParquet, "\(source.name) is no Parquet file, or its writer did not finish it")
        guard source.count >= 12 else { throw refusal }
        let ending = try bytes(source, source.count - 8, 8)
        let magic = String(decoding: ending[4...], as: UTF8.self)
        if magic == "PARE" {
            throw ParquetError(.unsupported, "\(source.name) is encrypted; write it again without encryption")
        }
        guard magic == "PAR1" else { throw refusal }
        let length = ending[..<4].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= source.count - 12 else {
            throw ParquetError(.damaged, "\(source.name): its footer claims \(length) bytes, more than the file has")
        }
        let start = source.count - 8 - length
        return (try bytes(source, start, length), start)
    }

    private static func bytes(_ source: any ParquetByteSource, _ offset: Int, _ count: Int) throws -> [UInt8] {
        try Array(unsafeUninitializedCapacity: count) { buffer, filled in
            try source.read(at: offset, into: UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count))
            filled = count
        }
    }

    /// The rows of some columns, a batch at a time.
    ///
    /// - Parameters:
    ///   - cell: the type of the cells to make.
    ///   - names: the columns to read, in the order wanted; nil reads all.
    ///   - rowGroups: the row groups to read, such as those that ``rowGroups(where:)`` names; nil reads all.
    ///   - rows: the most rows a batch may have; a batch never spans two row groups.
    ///   - entryLimit: the most values and nulls that a batch may have in one leaf column, so that a few bytes cannot
    ///     claim all memory; nil allows sixteen for each byte of the file, and four million at least.
    ///   - pageByteLimit: the most bytes that the pages at hand may take together, for the same reason; nil allows sixteen
    ///     for each byte of the file, and 256 MiB at least.
    /// - Throws: ``ParquetError`` where there is no such column or row group, or the file cannot be read.
    public func batches<Cell: ParquetCell>(
        of cell: Cell.Type = Cell.self, columns names: [String]? = nil, rowGroups: (some Sequence<Int>)?,
        rows: Int = 1024, entryLimit: Int? = nil, pageByteLimit: Int? = nil
    ) throws -> ParquetBatches<Cell> {
        let selected = try names?.map(column) ?? columns
        for node in selected {
            if let obstacle = node.obstacle {
                throw ParquetError(.unsupported, "column \(obstacle), which is not read; leave the column out")
            }
        }
        let groups = rowGroups.map { Array($0) } ?? Array(self.rowGroups.indices)
        for group in groups where !self.rowGroups.indices.contains(group) {
            throw ParquetError(.usage, "row group \(group) of \(self.rowGroups.count)")
        }
        let generous = source.count > Int.max / 16 ? Int.max : source.count * 16
        return ParquetBatches(
            reader: self, columns: selected, groups: groups, rows: max(1, rows),
            limits: ReadLimits(
                entries: entryLimit ?? max(1 << 22, generous), pageBytes: pageByteLimit ?? max(1 << 28, generous)))
    }

    /// The rows of some columns of the whole file, a batch at a time, as the method of the same name with row groups.
    ///
    /// - Throws: ``ParquetError`` where there is no such column, or the file cannot be read.
    public func batches<Cell: ParquetCell>(
        of cell: Cell.Type = Cell.self, columns names: [String]? = nil, rows: Int = 1024, entryLimit: Int? = nil,
        pageByteLimit: Int? = nil
    ) throws -> ParquetBatches<Cell> {
        try batches(
            of: cell, columns: names, rowGroups: nil as [Int]?, rows: rows, entryLimit: entryLimit,
            pageByteLimit: pageByteLimit)
    }

    func column(_ name: String) throws -> ReadNode {
        guard let found = columns.first(where: { $0.name == name }) else {
            let known = schema.names.joined(separator: ", ")
            throw ParquetError(.schema, "\(source.name) has no column \(name); it has \(known)")
        }
        return found
    }

    /// The cursors over the leaves of a column in a row group.
    func cursors(_ node: ReadNode, rowGroup: Int, budget: MemoryBudget) throws -> [LeafCursor] {
        try node.leaves.map { index in
            let column = rowGroups[rowGroup].columns[index]
            let plan = leaves[index]
            guard !column.isEncrypted, !column.isElsewhere else {
                throw ParquetError(.unsupported, "column \(plan.name) is encrypted or lies in another file")
            }
            guard column.isPresent, column.type == plan.physical.rawValue else {
                throw ParquetError(.damaged, "column \(plan.name): its chunk does not have the type of the schema")
            }
            return try LeafCursor(source, plan: plan, column: column, end: dataEnd, budget: budget)
        }
    }
}

/// What a batch may take at most.
struct ReadLimits {
    var entries: Int
    var pageBytes: Int
}
