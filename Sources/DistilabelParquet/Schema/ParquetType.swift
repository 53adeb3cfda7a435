/// The type of a column, of the elements of a list, or of a field of a struct.
///
/// Every value may be null, whatever its type: the writer marks each field optional. Whole numbers of 8 and 16 bits are
/// read as ``int32``, unsigned ones of 32 and 64 bits as ``int64``, half floats as ``float``.
public indirect enum ParquetType: Hashable, Sendable {
    /// Nothing but nulls have been seen; written as `INT32` with the logical type `UNKNOWN`.
    case null
    /// True or false.
    case bool
    /// Whole numbers of 32 bits.
    case int32
    /// Whole numbers of 64 bits.
    case int64
    /// Binary floating point of 32 bits.
    case float
    /// Binary floating point of 64 bits.
    case double
    /// Text in UTF-8.
    case string
    /// Bytes without a meaning of their own; those of a fixed length, BSON and geometries among them.
    case bytes
    /// Days.
    case date
    /// Times of day.
    case time(ParquetTimeUnit, isUTC: Bool)
    /// Moments, of UTC or of a clock somewhere.
    case timestamp(ParquetTimeUnit, isUTC: Bool)
    /// Decimal numbers of up to 38 digits, so many of them after the point.
    case decimal(precision: Int, scale: Int)
    /// UUIDs of 16 bytes.
    case uuid
    /// Spans of months, days and milliseconds; read, not written.
    case interval
    /// A list whose elements are all of one type.
    case list(ParquetType)
    /// Pairs of a key and a value; cells hold them as a list of structs with the fields `key` and `value`.
    ///
    /// A key is never null; a map without values in a foreign file is read as a list of its keys.
    case map(key: ParquetType, value: ParquetType)
    /// Named fields, in the order in which they are written.
    case structure([ParquetField])
    /// A type of a foreign file that this module does not read; the text names it.
    case unsupported(String)
}

extension ParquetType: CustomStringConvertible {
    /// The type in a line, such as `list<struct<role: string, content: string>>`.
    public var description: String {
        switch self {
        case .null: "null"
        case .bool: "bool"
        case .int32: "int32"
        case .int64: "int64"
        case .float: "float"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .date: "date"
        case .time(let unit, let isUTC): "time(\(unit)\(isUTC ? ", UTC" : ""))"
        case .timestamp(let unit, let isUTC): "timestamp(\(unit)\(isUTC ? ", UTC" : ""))"
        case .decimal(let precision, let scale): "decimal(\(precision), \(scale))"
        case .uuid: "uuid"
        case .interval: "interval"
        case .list(let element): "list<\(element)>"
        case .map(let key, let value): "map<\(key), \(value)>"
        case .structure(let fields): "struct<\(fields.map { "\($0.name): \($0.type)" }.joined(separator: ", "))>"
        case .unsupported(let what): "unsupported \(what)"
        }
    }
}

/// One named column of a file or one named field of a struct.
public struct ParquetField: Hashable, Sendable {
    /// The name, unique among its siblings.
    public var name: String
    /// The type of its values.
    public var type: ParquetType

    /// Makes a field of a name and a type.
    public init(_ name: String, _ type: ParquetType) {
        self.name = name
        self.type = type
    }
}

/// The columns of a file, in order.
public struct ParquetSchema: Hashable, Sendable {
    /// The columns, in the order in which they stand in the file.
    public var fields: [ParquetField]

    /// Makes a schema of columns.
    public init(_ fields: [ParquetField]) {
        self.fields = fields
    }

    /// The names of the columns, in order.
    public var names: [String] { fields.map(\.name) }

    /// The type of the column of a name, or nil where there is none.
    public subscript(name: String) -> ParquetType? {
        fields.first { $0.name == name }?.type
    }

    /// The deepest nesting of lists and structs that is read or written.
    public static let maximumDepth = 64
}
