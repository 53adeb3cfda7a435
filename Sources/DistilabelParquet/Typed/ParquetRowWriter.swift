/// Writes the values of an `Encodable` type as the rows of a file, in bounded memory.
///
/// ```swift
/// struct Pair: Codable { var prompt: String; var scores: [Double]; var model: String? }
/// let writer = try ParquetRowWriter<Pair>(path: "pairs.parquet")
/// try writer.append(Pair(prompt: "Why?", scores: [4.5], model: nil))
/// try writer.finish()
/// ```
public final class ParquetRowWriter<Row: Encodable> {
    private let writer: ParquetFileWriter

    /// Makes or empties the file at a path, for rows of a schema.
    ///
    /// - Throws: ``ParquetError`` as ``ParquetFileWriter/init(path:schema:options:)`` does.
    public init(path: String, schema: ParquetSchema, options: ParquetWriteOptions = ParquetWriteOptions()) throws {
        writer = try ParquetFileWriter(path: path, schema: schema, options: options)
    }

    /// Makes or empties the file at a path, with the schema of the type (``ParquetSchema/init(of:)``).
    ///
    /// - Throws: ``ParquetError`` where the schema cannot be told from the type, or the file cannot be made.
    public convenience init(path: String, options: ParquetWriteOptions = ParquetWriteOptions()) throws
    where Row: Decodable {
        try self.init(path: path, schema: try ParquetSchema(of: Row.self), options: options)
    }

    /// The columns of the file.
    public var schema: ParquetSchema { writer.schema }
    /// The rows appended so far.
    public var rowCount: Int { writer.rowCount }

    /// Appends a row.
    ///
    /// - Throws: ``ParquetError`` of the code `cell` where a field does not fit its column, and what encoding throws.
    public func append(_ row: Row) throws { try append(contentsOf: CollectionOfOne(row)) }

    /// Appends rows.
    ///
    /// - Throws: ``ParquetError`` of the code `cell` where a field does not fit its column, and what encoding throws.
    public func append(contentsOf rows: some Sequence<Row>) throws {
        for row in rows { try writer.append(rows: CollectionOfOne(try ParquetValue(encoding: row))) }
    }

    /// Writes what is left and the footer, and closes the file.
    ///
    /// - Returns: the rows and bytes of the file.
    /// - Throws: ``ParquetError`` where writing fails or failed before.
    @discardableResult
    public func finish() throws -> ParquetFileSummary { try writer.finish() }
}

extension ParquetFileReader {
    /// The rows of the file as values of a `Decodable` type, one after another.
    ///
    /// - Parameters:
    ///   - type: the type of a row.
    ///   - columns: the columns to read; nil reads those that the type has fields for, as far as that can be told from it,
    ///     or else all.
    ///   - rowGroups: the row groups to read; nil reads all.
    /// - Throws: ``ParquetError`` where there is no such column or row group.
    public func rows<Row: Decodable>(
        of type: Row.Type = Row.self, columns: [String]? = nil, rowGroups: [Int]? = nil
    ) throws -> ParquetRows<Row> {
        var names = columns
        if names == nil, let wanted = try? ParquetSchema(of: type) {
            let both = wanted.names.filter { schema[$0] != nil }
            if !both.isEmpty { names = both }
        }
        return ParquetRows(try batches(of: ParquetValue.self, columns: names, rowGroups: rowGroups))
    }
}

/// The rows of a file, decoded as they are asked for.
public struct ParquetRows<Row: Decodable> {
    private var batches: ParquetBatches<ParquetValue>
    private var batch: ParquetBatch<ParquetValue>?
    private var position = 0

    init(_ batches: ParquetBatches<ParquetValue>) { self.batches = batches }

    /// The next row, or nil after the last.
    ///
    /// - Throws: ``ParquetError`` where the file is damaged, `DecodingError` where the row does not fit the type.
    public mutating func next() throws -> Row? {
        while true {
            if let batch, position < batch.rowCount {
                defer { position += 1 }
                return try batch.row(position).decoded(as: Row.self)
            }
            batch = try batches.next()
            position = 0
            if batch == nil { return nil }
        }
    }

    /// The rows that are left, all at once.
    ///
    /// - Throws: as ``next()``.
    public mutating func collect() throws -> [Row] {
        var all: [Row] = []
        while let row = try next() { all.append(row) }
        return all
    }
}
