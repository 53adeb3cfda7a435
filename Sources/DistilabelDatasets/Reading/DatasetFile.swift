internal import DistilabelParquet
public import DistilabelValues

/// A file of rows on disk: JSON Lines, JSON, Parquet, CSV, Arrow or plain text; all but Parquet and Arrow may be compressed as a
/// whole, with gzip or Zstandard.
public struct DatasetFile: Hashable, Sendable {
    /// What a file is.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// One object a line.
        case jsonLines = "jsonl"
        /// A list of objects, or one object, which is a row or holds a list of rows.
        case json
        /// Parquet.
        case parquet
        /// Fields with commas between them; the first line names the columns.
        case csv
        /// As ``csv``, with tabs.
        case tsv
        /// A row a line, of the one column `text`.
        case text
        /// An Arrow stream, as the `datasets` library saves it, or an Arrow file.
        case arrow

        /// The ends of the names of such files.
        public var endings: [String] {
            switch self {
            case .jsonLines: ["jsonl", "ndjson"]
            case .json: ["json"]
            case .parquet: ["parquet"]
            case .csv: ["csv"]
            case .tsv: ["tsv"]
            case .text: ["txt"]
            case .arrow: ["arrow"]
            }
        }

        /// The ends of the names of all files that are read, for messages.
        static let allEndings = allCases.flatMap(\.endings).map { "." + $0 }.joined(separator: ", ")

        /// The kind that the end of a name says, compression aside; nil where it says none.
        public init?(nameOf path: String) {
            var parts = (path.split(separator: "/").last ?? "").split(separator: ".").map { $0.lowercased() }
            if let last = parts.last, FileCompression.endings.contains(last) { parts.removeLast() }
            guard parts.count > 1, let ending = parts.last,
                let kind = Self.allCases.first(where: { $0.endings.contains(ending) })
            else { return nil }
            self = kind
        }
    }

    /// Where the file lies.
    public let path: String
    /// What it is.
    public let kind: Kind
    private let compression: FileCompression

    /// Names a file of a kind that is known and that is not compressed.
    public init(path: String, kind: Kind) {
        self.path = path
        self.kind = kind
        compression = .none
    }

    /// Names a file and finds out what it is, by its first bytes and the end of its name.
    ///
    /// - Parameter assumed: What it is, where that is known whatever its name says.
    /// - Throws: `DatasetError` where there is no such file, or one of no kind that is read.
    public init(path: String, assuming assumed: Kind? = nil) throws {
        switch POSIX.kind(path) {
        case nil: throw DatasetError(.notFound, "there is no file \(path)")
        case .folder: throw DatasetError(.unsupported, "\(path) is a folder; name one of its files")
        case .file, .other: break
        }
        self.path = path
        var start = try InputFile(path: path).read(4096)
        compression = FileCompression(start: start)
        if compression != .none { start = try compression.open(path).read(4096) }
        kind = try Self.kind(of: path, start: start, assumed: assumed)
        if compression != .none, kind == .parquet || kind == .arrow {
            throw DatasetError(
                .unsupported,
                "\(path) is compressed as a whole, which \(kind.rawValue) files cannot be; decompress it first")
        }
    }

    private static func kind(of path: String, start: [UInt8], assumed: Kind?) throws -> Kind {
        let isParquet = start.starts(with: Array("PAR1".utf8))
        let isArrow = start.starts(with: Array("ARROW1".utf8)) || start.starts(with: [0xFF, 0xFF, 0xFF, 0xFF])
        let named = assumed ?? Kind(nameOf: path)
        switch named {
        case .parquet:
            guard isParquet else {
                throw DatasetError(.malformed, "\(path) is no Parquet file, whatever its name says")
            }
            return .parquet
        case .arrow:
            guard isArrow else { throw DatasetError(.malformed, "\(path) is no Arrow file, whatever its name says") }
            return .arrow
        case _ where isParquet: return .parquet
        case _ where isArrow: return .arrow
        case .jsonLines, .csv, .tsv, .text: return named ?? .text
        case .json, nil: break
        }
        guard let first = start.first(where: { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }) else {
            guard named == .json else { throw unknown(path) }
            throw DatasetError(.malformed, "\(path) is empty; a JSON file holds a list of objects")
        }
        // A list is one document. An object is the first of several lines where it ends with its line.
        let line = start.prefix { $0 != UInt8(ascii: "\n") }
        let isLines = first == UInt8(ascii: "{") && line.count < start.count && (try? JSON.parse(line)) != nil
        guard named == .json || first == UInt8(ascii: "[") || isLines else { throw unknown(path) }
        return isLines ? .jsonLines : .json
    }

    private static func unknown(_ path: String) -> DatasetError {
        DatasetError(
            .unsupported, "\(path) is of no kind that is read; its name should end in one of \(Kind.allEndings)")
    }

    /// Opens the file to read its rows from the first to the last.
    ///
    /// - Throws: `DatasetError` where it cannot be opened or is damaged.
    public func open() throws -> DatasetFileReader {
        switch kind {
        case .jsonLines: DatasetFileReader(.lines(JSONLinesSource(try compression.open(path))))
        case .json: DatasetFileReader(.json(JSONSource(try compression.open(path))))
        case .parquet: DatasetFileReader(.parquet(try ParquetSource(path: path)))
        case .csv: DatasetFileReader(.csv(CSVSource(try compression.open(path), separator: UInt8(ascii: ","))))
        case .tsv: DatasetFileReader(.csv(CSVSource(try compression.open(path), separator: UInt8(ascii: "\t"))))
        case .text: DatasetFileReader(.text(TextSource(try compression.open(path))))
        case .arrow: DatasetFileReader(.arrow(try ArrowSource(path: path)))
        }
    }

    /// How many rows the file has; all but Parquet is read through to know.
    public func rowCount() throws -> Int {
        switch kind {
        case .parquet: return try ParquetSource(path: path).rowCount
        case .arrow: return try ArrowSource(path: path).countRows()
        case .jsonLines: return try JSONLinesSource.countRows(try compression.open(path))
        default:
            var reader = try open()
            var count = 0
            while let rows = try reader.next() { count += rows.count }
            return count
        }
    }

    /// Whether the file itself says what its columns are, so that ``schema(rows:)`` holds for all its rows.
    public var hasSchema: Bool { kind == .parquet || kind == .arrow }

    /// Whether the file's start names all its columns; rows of JSON may have others further down.
    public var namesColumns: Bool { kind != .json && kind != .jsonLines }

    /// How many rows the file has, and its columns as ``schema(rows:)`` has them; looks at the file no more often than that needs.
    func outline(rows: Int = 1000) throws -> (rowCount: Int, schema: DatasetSchema) {
        switch kind {
        case .parquet:
            let source = try ParquetSource(path: path)
            return (source.rowCount, source.schema)
        case .arrow:
            let source = try ArrowSource(path: path)
            return (try source.countRows(), source.schema)
        // Counting line feeds is cheaper than reading values.
        case .jsonLines: return (try rowCount(), try schema(rows: rows))
        case .json, .csv, .tsv, .text:
            var reader = try open()
            var schema = DatasetSchema()
            var count = 0
            while let next = try reader.next() {
                if count < rows { schema.widen(by: next) }
                count += next.count
            }
            return (count, schema)
        }
    }

    /// The columns: of Parquet and Arrow those of the file, of all else those of its first rows.
    public func schema(rows: Int = 1000) throws -> DatasetSchema {
        if kind == .parquet { return try ParquetSource(path: path).schema }
        if kind == .arrow { return try ArrowSource(path: path).schema }
        var reader = try open()
        var schema = DatasetSchema()
        var count = 0
        while count < rows, let next = try reader.next() {
            schema.widen(by: next)
            count += next.count
        }
        return schema
    }
}

/// Reads the rows of a file from the first to the last, some at a time, in bounded memory.
public struct DatasetFileReader {
    enum Source {
        case lines(JSONLinesSource)
        case json(JSONSource)
        case parquet(ParquetSource)
        case csv(CSVSource)
        case text(TextSource)
        case arrow(ArrowSource)
    }

    private let source: Source

    init(_ source: Source) { self.source = source }

    /// The next rows, or nil after the last.
    ///
    /// - Throws: `DatasetError` that names the file and, for text formats, the line.
    public mutating func next() throws -> RowChunk? {
        switch source {
        case .lines(let lines): try lines.next()
        case .json(let json): try json.next()
        case .parquet(let parquet): try parquet.next()
        case .csv(let csv): try csv.next()
        case .text(let text): try text.next()
        case .arrow(let arrow): try arrow.next()
        }
    }
}
