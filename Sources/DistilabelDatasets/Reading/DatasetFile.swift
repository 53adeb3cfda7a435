internal import DistilabelParquet
public import DistilabelValues

/// A file of rows on disk: JSON Lines, JSON or Parquet.
public struct DatasetFile: Hashable, Sendable {
    /// What a file is.
    public enum Kind: Hashable, Sendable {
        /// One object a line.
        case jsonLines
        /// A list of objects, or one object whose only list is that of the rows.
        case json
        /// Parquet.
        case parquet
    }

    /// Where the file lies.
    public let path: String
    /// What it is.
    public let kind: Kind

    /// Names a file of a kind that is known.
    public init(path: String, kind: Kind) {
        self.path = path
        self.kind = kind
    }

    /// Names a file and finds out what it is, by its first bytes and the end of its name.
    ///
    /// - Throws: `DatasetError` where there is no such file, or one of no kind that is read.
    public init(path: String) throws {
        switch POSIX.kind(path) {
        case nil: throw DatasetError(.notFound, "there is no file \(path)")
        case .folder: throw DatasetError(.unsupported, "\(path) is a folder; name one of its files")
        case .file, .other: break
        }
        let start = try InputFile(path: path).read(4096)
        self.path = path
        let ending = path.split(separator: "/").last?.split(separator: ".").dropFirst().last?.lowercased()
        if start.starts(with: Array("PAR1".utf8)) {
            kind = .parquet
        } else if ending == "parquet" {
            throw DatasetError(.malformed, "\(path) is no Parquet file, whatever its name says")
        } else if start.starts(with: [0x1F, 0x8B]) || start.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            throw DatasetError(.unsupported, "\(path) is compressed; decompress it first (gunzip, unzstd)")
        } else if ending == "jsonl" || ending == "ndjson" {
            kind = .jsonLines
        } else if let first = start.first(where: { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }) {
            // A list is one document. An object is the first of several lines where it ends with its line.
            let line = start.prefix { $0 != UInt8(ascii: "\n") }
            let isLines = first == UInt8(ascii: "{") && line.count < start.count && (try? JSON.parse(line)) != nil
            guard ending == "json" || first == UInt8(ascii: "[") || isLines else { throw Self.unknown(path) }
            kind = isLines ? .jsonLines : .json
        } else if ending == "json" {
            throw DatasetError(.malformed, "\(path) is empty; a JSON file holds a list of objects")
        } else {
            throw Self.unknown(path)
        }
    }

    private static func unknown(_ path: String) -> DatasetError {
        DatasetError(.unsupported, "\(path) is neither Parquet nor JSON nor JSON Lines (.parquet, .json, .jsonl)")
    }

    /// Opens the file to read its rows from the first to the last.
    ///
    /// - Throws: `DatasetError` where it cannot be opened or is damaged.
    public func open() throws -> DatasetFileReader {
        switch kind {
        case .jsonLines: DatasetFileReader(.lines(try JSONLinesSource(path: path)))
        case .json: DatasetFileReader(.rows([RowChunk(try Self.rows(ofJSON: path))]))
        case .parquet: DatasetFileReader(.parquet(try ParquetSource(path: path)))
        }
    }

    /// How many rows the file has; JSON is read through to know.
    public func rowCount() throws -> Int {
        if kind == .parquet { return try ParquetSource(path: path).rowCount }
        if kind == .jsonLines { return try JSONLinesSource.countRows(path: path) }
        var reader = try open()
        var count = 0
        while let rows = try reader.next() { count += rows.count }
        return count
    }

    /// The columns: of Parquet those of the file, of JSON those of its first rows.
    public func schema(rows: Int = 1000) throws -> DatasetSchema {
        if kind == .parquet { return try ParquetSource(path: path).schema }
        var reader = try open()
        var schema = DatasetSchema()
        var count = 0
        while count < rows, let next = try reader.next() {
            schema.widen(by: next)
            count += next.count
        }
        return schema
    }

    private static func rows(ofJSON path: String) throws -> [Row] {
        let document: Value
        do {
            document = try JSON.parse(try InputFile(path: path).readAll())
        } catch let error as JSONError {
            throw DatasetError(.malformed, "\(path):\(error.line):\(error.column): \(error.message)")
        }
        var list = document.arrayValue
        if list == nil, let object = document.objectValue {
            let lists = object.values.compactMap(\.arrayValue)
            list = lists.count == 1 ? lists[0] : [document]
        }
        guard let list else {
            throw DatasetError(.malformed, "\(path) holds a \(document.kindName); it should hold a list of objects")
        }
        return try list.enumerated().map { position, value in
            guard let object = value.objectValue else {
                throw DatasetError(
                    .malformed, "\(path): element \(position + 1) of the list is a \(value.kindName), not an object")
            }
            return Row(object)
        }
    }
}

/// Reads the rows of a file from the first to the last, some at a time, in bounded memory.
public struct DatasetFileReader {
    enum Source {
        case lines(JSONLinesSource)
        case parquet(ParquetSource)
        case rows([RowChunk])
    }

    private var source: Source

    init(_ source: Source) { self.source = source }

    /// The next rows, or nil after the last.
    ///
    /// - Throws: `DatasetError` that names the file and, for JSON, the line.
    public mutating func next() throws -> RowChunk? {
        switch source {
        case .lines(let lines): return try lines.next()
        case .parquet(let parquet): return try parquet.next()
        case .rows(var chunks):
            guard !chunks.isEmpty else { return nil }
            let chunk = chunks.removeFirst()
            source = .rows(chunks)
            return chunk
        }
    }
}
