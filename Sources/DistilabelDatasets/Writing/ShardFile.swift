internal import DistilabelParquet
internal import DistilabelValues

/// One file of a series, while it is written.
struct ShardFile {
    /// What the file is and what it holds.
    struct Part {
        var path: String
        /// Nil for rows kept as JSON Lines, which have no schema.
        var schema: DatasetSchema?
        var rowCount = 0
        /// What the values take before compression.
        var valueBytes = 0
        var fileBytes = 0
    }

    private(set) var part: Part
    private let parquet: ParquetFileWriter?
    private let lines: JSONLinesWriter?

    /// Begins a Parquet file.
    init(path: String, schema: DatasetSchema, usesZstandard: Bool) throws {
        part = Part(path: path, schema: schema)
        lines = nil
        var options = ParquetWriteOptions()
        options.rowGroupByteLimit = 32 << 20
        options.keyValues = [ParquetKeyValue("huggingface", schema.huggingFaceInfo)]
        let zstandard = ParquetCompression.zstd(level: 1)
        if usesZstandard, zstandard.isAvailable { options.compression = zstandard }
        parquet = try Self.translate(path) {
            try ParquetFileWriter(path: path, schema: schema.parquetSchema, options: options)
        }
    }

    /// Begins a file of rows whose schema is not settled.
    init(spool path: String) throws {
        part = Part(path: path, schema: nil)
        parquet = nil
        lines = try JSONLinesWriter(path: path, partialPath: path, schema: DatasetSchema())
    }

    /// Writes rows that the schema accepts.
    mutating func append(_ rows: RowChunk) throws {
        if let parquet, let schema = part.schema {
            let cells = schema.columns.map { name, type -> [Value] in
                guard let values = rows[column: name] else { return Array(repeating: .null, count: rows.count) }
                return type.isVerbatim ? values : values.map { type.fitted($0) }
            }
            try Self.translate(part.path) { try parquet.append(columns: cells) }
        } else {
            try lines?.write(rows)
        }
        part.rowCount += rows.count
        part.valueBytes += rows.roughByteCount
    }

    mutating func finish() throws -> Part {
        if let parquet {
            part.fileBytes = try Self.translate(part.path) { try parquet.finish() }.byteCount
        } else if let lines {
            part.fileBytes = try lines.finish().byteCount
        }
        return part
    }

    private static func translate<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as ParquetError {
            if POSIX.isDiskFull(error.message) {
                throw DatasetError(
                    .diskFull,
                    "\(error.message); free some space on the disk of \(path) or choose an output folder on another")
            }
            throw DatasetError(.io, "\(path): \(error.message)")
        }
    }
}
