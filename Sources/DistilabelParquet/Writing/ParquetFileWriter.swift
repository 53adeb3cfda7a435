/// How a file is written.
public struct ParquetWriteOptions: Hashable, Sendable {
    /// How pages are compressed; Snappy unless told otherwise.
    public var compression: ParquetCompression = .snappy
    /// A row group is written once its values take this many bytes before compression; 64 MiB unless told otherwise.
    public var rowGroupByteLimit = 64 << 20
    /// A row group is written once it has this many rows; a million unless told otherwise.
    public var rowGroupRowLimit = 1_000_000
    /// A page ends with the row that brings its values to this many bytes; 1 MiB unless told otherwise.
    public var pageByteLimit = 1 << 20
    /// What the footer keeps beside the schema, in order, such as the features that the `datasets` library looks for.
    public var keyValues: [ParquetKeyValue] = []
    /// Whether finishing waits until the file lies on the disk; true unless told otherwise.
    public var isDurable = true

    /// Makes the options that hold unless told otherwise.
    public init() {}
}

/// A text that the footer of a file keeps under a name.
public struct ParquetKeyValue: Hashable, Sendable {
    /// The name.
    public var key: String
    /// The text.
    public var value: String

    /// Makes a pair of a name and a text.
    public init(_ key: String, _ value: String) {
        self.key = key
        self.value = value
    }
}

/// What a finished file holds.
public struct ParquetFileSummary: Hashable, Sendable {
    /// The rows in the file.
    public var rowCount: Int
    /// The size of the file in bytes.
    public var byteCount: Int
    /// The row groups in the file.
    public var rowGroupCount: Int
}

/// Writes a Parquet file, a row group at a time, in bounded memory.
///
/// The file is whole only after ``finish()``: until then it lacks the footer without which no reader opens it. After an
/// error the writer takes nothing more, and the file stays unreadable.
///
/// One writer belongs to one task at a time.
public final class ParquetFileWriter {
    /// The columns of the file.
    public let schema: ParquetSchema
    /// The rows appended so far.
    public private(set) var rowCount = 0

    @usableFromInline let columns: [WriteNode]
    private let leaves: [LeafWriter]
    private let options: ParquetWriteOptions
    private let output: FileOutput
    private var metadata = FileMetadata()
    private var groupRowCount = 0
    private var state = State.open

    private enum State { case open, failed, finished }

    /// Makes or empties the file at a path.
    ///
    /// - Parameters:
    ///   - path: where the file is written.
    ///   - schema: its columns; each may hold nulls.
    ///   - options: compression, sizes, and what the footer keeps.
    /// - Throws: ``ParquetError`` where the schema cannot be written, the compression is not to be had or the file
    ///   cannot be made.
    public init(path: String, schema: ParquetSchema, options: ParquetWriteOptions = ParquetWriteOptions()) throws {
        self.schema = schema
        self.options = options
        let compressor = try PageCompressor(options.compression)
        let tree = try WriteTree(schema, pageLimit: max(1, options.pageByteLimit), compressor: compressor)
        columns = tree.columns
        leaves = tree.leaves
        metadata.schema = tree.elements
        metadata.keyValues = options.keyValues.map { ($0.key, $0.value) }
        metadata.createdBy = "distilabel-swift"
        output = try FileOutput(path: path)
        try output.write(Array("PAR1".utf8))
    }

    /// The rows that are taken in before the size of the row group is looked at again.
    @usableFromInline static let stride = 1024

    /// Appends rows that are given column by column.
    ///
    /// - Parameter cells: one array a column, in the order of the schema, all of one length.
    /// - Throws: ``ParquetError`` of the code `cell` where a cell does not fit its column, naming the column and
    ///   the row.
    @inlinable
    public func append<Cell: ParquetCell>(columns cells: [[Cell]]) throws {
        let count = cells.first?.count ?? 0
        guard cells.count == columns.count, cells.allSatisfy({ $0.count == count }) else {
            throw ParquetError(
                .usage, "\(cells.count) columns of cells for \(columns.count) of the file, or of different lengths")
        }
        var start = 0
        while start < count {
            let end = min(count, start + Self.stride)
            try begin()
            for (column, node) in zip(cells, columns) {
                var row = start
                do {
                    while row < end {
                        try Shredder.append(column[row], to: node, repetition: 0, parent: 0)
                        row += 1
                    }
                } catch {
                    throw fail(error, row: rowCount + row - start)
                }
            }
            try commit(end - start)
            start = end
        }
    }

    /// Appends rows, each a cell that holds a struct with the columns as its fields; a field that is missing is null.
    ///
    /// - Throws: ``ParquetError`` of the code `cell` where a cell does not fit its column or a row has a field that is
    ///   no column, naming the column and the row.
    @inlinable
    public func append<Cell: ParquetCell>(rows: some Sequence<Cell>) throws {
        try begin()
        var pending = 0
        let columns = self.columns
        for row in rows {
            do {
                var found = 0
                for position in 0..<columns.count {
                    let node = columns[position]
                    if let cell = row.parquetField(node.name, near: position) {
                        found += 1
                        try Shredder.append(cell, to: node, repetition: 0, parent: 0)
                    } else {
                        try Shredder.appendMissing(node, repetition: 0, definition: 0)
                    }
                }
                if found != row.parquetFieldCount { throw surplus(row.parquetFieldNames) }
            } catch {
                throw fail(error, row: rowCount + pending)
            }
            pending += 1
            if pending == Self.stride {
                try commit(pending)
                pending = 0
            }
        }
        try commit(pending)
    }

    @usableFromInline
    func begin() throws {
        switch state {
        case .open: break
        case .failed: throw ParquetError(.usage, "\(output.path) failed before; write the file again from its start")
        case .finished: throw ParquetError(.usage, "\(output.path) is finished and takes no more rows")
        }
    }

    @usableFromInline
    func fail(_ error: any Error, row: Int) -> any Error {
        state = .failed
        guard var mine = error as? ParquetError, mine.code == .cell else { return error }
        mine.message = "row \(row): \(mine.message)"
        return mine
    }

    @usableFromInline
    func surplus(_ names: [String]) -> ParquetError {
        let unknown = names.filter { schema[$0] == nil }.joined(separator: ", ")
        return ParquetError(.cell, "the file has no column \(unknown); add it to the schema")
    }

    @usableFromInline
    func commit(_ rows: Int) throws {
        rowCount += rows
        groupRowCount += rows
        var bytes = 0
        for leaf in leaves { bytes += leaf.rawByteCount }
        if bytes >= options.rowGroupByteLimit || groupRowCount >= options.rowGroupRowLimit { try writeRowGroup() }
    }

    private func writeRowGroup() throws {
        if groupRowCount == 0 { return }
        var group = RowGroupMetadata()
        group.rowCount = Int64(groupRowCount)
        do {
            for leaf in leaves {
                group.columns.append(try leaf.writeChunk(to: output, codec: options.compression.code))
            }
        } catch {
            state = .failed
            throw error
        }
        group.byteCount = group.columns.reduce(0) { $0 + $1.uncompressedSize }
        group.compressedByteCount = group.columns.reduce(0) { $0 + $1.compressedSize }
        metadata.rowGroups.append(group)
        groupRowCount = 0
    }

    /// Writes what is left and the footer, and closes the file.
    ///
    /// - Returns: the rows and bytes of the file.
    /// - Throws: ``ParquetError`` where writing fails or the writer failed before.
    @discardableResult
    public func finish() throws -> ParquetFileSummary {
        try begin()
        try writeRowGroup()
        state = .failed
        metadata.rowCount = Int64(rowCount)
        // The pages must lie on the disk before the footer that vouches for them.
        if options.isDurable { try output.synchronize() }
        let footer = metadata.encoded()
        guard let length = UInt32(exactly: footer.count), length < UInt32(Int32.max) else {
            throw ParquetError(.usage, "the footer is larger than 2 GiB; write fewer row groups a file")
        }
        let ending = footer + withUnsafeBytes(of: length.littleEndian) { Array($0) } + Array("PAR1".utf8)
        try output.write(ending)
        if options.isDurable { try output.synchronize() }
        try output.finish()
        state = .finished
        return ParquetFileSummary(
            rowCount: rowCount, byteCount: Int(output.position), rowGroupCount: metadata.rowGroups.count)
    }
}
