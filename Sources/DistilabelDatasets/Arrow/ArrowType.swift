internal import DistilabelValues

/// The type of an Arrow array, as far as its values can be values of ours.
///
/// Format: https://arrow.apache.org/docs/format/Columnar.html, and `Schema.fbs` of the Arrow project.
indirect enum ArrowType: Hashable {
    case null
    case bool
    case int(bits: Int, isSigned: Bool)
    case float(bits: Int)
    /// Texts, or bytes that must be texts; large ones have 64-bit offsets.
    case text(isLarge: Bool)
    /// Texts of which short ones lie beside one another and long ones in buffers of their own.
    case textView
    /// Bytes of one length, which must be texts.
    case fixedText(width: Int)
    /// Days, or milliseconds, since 1970.
    case date(isDays: Bool)
    /// Since midnight, in units of which a second has some.
    case time(bits: Int, perSecond: Int)
    case timestamp(perSecond: Int, hasZone: Bool)
    case list(ArrowField, isLarge: Bool)
    case fixedList(ArrowField, length: Int)
    case structure([ArrowField])
    /// Positions in a list of values that comes by itself.
    case dictionary(id: Int, bits: Int, isSigned: Bool, values: ArrowType)

    /// The codes of `Type` in `Schema.fbs`.
    enum Code {
        static let null: UInt8 = 1, int: UInt8 = 2, float: UInt8 = 3, binary: UInt8 = 4, utf8: UInt8 = 5,
            bool: UInt8 = 6
        static let date: UInt8 = 8, time: UInt8 = 9, timestamp: UInt8 = 10, list: UInt8 = 12, structure: UInt8 = 13
        static let fixedBinary: UInt8 = 15, fixedList: UInt8 = 16, map: UInt8 = 17, duration: UInt8 = 18
        static let largeBinary: UInt8 = 19, largeUtf8: UInt8 = 20, largeList: UInt8 = 21
        static let binaryView: UInt8 = 23, utf8View: UInt8 = 24
        static let names: [UInt8: String] = [
            7: "decimal", 11: "interval", 14: "union", 22: "run-end encoded", 25: "list view", 26: "large list view",
        ]
    }

    /// The type of a column of such values.
    var columnType: ColumnType {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .float: .double
        case .text, .textView, .fixedText, .date, .time, .timestamp: .string
        case .list(let element, _), .fixedList(let element, _): .list(element.type.columnType)
        case .structure(let fields):
            .object(
                OrderedDictionary(fields.map { ($0.name, $0.type.columnType) }, uniquingKeysWith: { first, _ in first })
            )
        case .dictionary(_, _, _, let values): values.columnType
        }
    }

    /// The feature that tells such a column from others of its type.
    var feature: DatasetFeature {
        switch self {
        case .int(let bits, let isSigned): .value("\(isSigned ? "" : "u")int\(bits)")
        case .float(let bits): .value("float\(bits)")
        case .text(isLarge: true): .value("large_string")
        case .list(let element, let isLarge): .list(element.type.feature, length: nil, isLarge: isLarge)
        case .fixedList(let element, let length): .list(element.type.feature, length: length, isLarge: false)
        case .structure(let fields) where !fields.isEmpty:
            .object(
                OrderedDictionary(fields.map { ($0.name, $0.type.feature) }, uniquingKeysWith: { first, _ in first }))
        case .dictionary(_, _, _, let values): values.feature
        default: DatasetFeature(columnType)
        }
    }

    /// The type in which a feature is stored.
    init(_ feature: DatasetFeature) {
        switch feature {
        case .classLabel: self = .int(bits: 64, isSigned: true)
        case .value(let name):
            switch name {
            case "null": self = .null
            case "bool": self = .bool
            case "large_string": self = .text(isLarge: true)
            case "int8", "int16", "int32", "int64":
                self = .int(bits: Int(name.dropFirst(3)) ?? 64, isSigned: true)
            case "uint8", "uint16", "uint32", "uint64":
                self = .int(bits: Int(name.dropFirst(4)) ?? 64, isSigned: false)
            case "float32": self = .float(bits: 32)
            case "float64": self = .float(bits: 64)
            case "float16": self = .float(bits: 16)
            default: self = .text(isLarge: false)
            }
        case .list(let element, nil, let isLarge):
            self = .list(ArrowField(name: "item", type: ArrowType(element)), isLarge: isLarge)
        case .list(let element, let length?, _):
            self = .fixedList(ArrowField(name: "item", type: ArrowType(element)), length: length)
        case .object(let fields):
            self = .structure(fields.map { ArrowField(name: $0.key, type: ArrowType($0.value)) })
        }
    }
}

/// A column, an element of a list or a field of a struct.
struct ArrowField: Hashable {
    var name: String
    var type: ArrowType
}

// MARK: - Reading

extension ArrowField {
    /// How many fields a file may have in all, so that few bytes cannot claim many.
    private static let limit = 100_000

    /// Reads the fields of a schema or of a field.
    static func read(_ tables: [FlatBuffer.Table], left: inout Int, depth: Int) throws -> [ArrowField] {
        guard depth <= 2 * ColumnType.depthLimit else {
            throw DatasetError(.unsupported, "its columns are nested deeper than \(2 * ColumnType.depthLimit) levels")
        }
        return try tables.map { table in
            left -= 1
            guard left > 0 else { throw DatasetError(.unsupported, "it has more than \(limit) columns and fields") }
            let name = try table.text(0) ?? ""
            let children = try read(table.tables(5), left: &left, depth: depth + 1)
            var type = try ArrowType(
                code: table.number(2, default: 0), table: table.table(3), children: children, name: name)
            if let encoding = try table.table(4) {
                let index = try encoding.table(1)
                type = .dictionary(
                    id: Int(try encoding.number(0, default: Int64(0))),
                    bits: try ArrowType.width(index?.number(0, default: Int32(32)) ?? 32, of: name),
                    isSigned: try index?.bool(1) ?? true, values: type)
            }
            return ArrowField(name: name, type: type)
        }
    }

    /// Reads the columns of a schema.
    static func columns(ofSchema table: FlatBuffer.Table) throws -> [ArrowField] {
        guard try table.number(0, default: Int16(0)) == 0 else {
            throw DatasetError(.unsupported, "its numbers are big-endian; write it again on a machine of today")
        }
        var left = limit
        return try read(table.tables(1), left: &left, depth: 0)
    }
}

extension ArrowType {
    fileprivate static func width(_ bits: Int32, of name: String) throws -> Int {
        guard [8, 16, 32, 64].contains(bits) else {
            throw DatasetError(.malformed, "column \(name) has numbers of \(bits) bits")
        }
        return Int(bits)
    }

    fileprivate init(code: UInt8, table: FlatBuffer.Table?, children: [ArrowField], name: String) throws {
        func only() throws -> ArrowField {
            guard children.count == 1 else { throw FlatBuffer.damaged }
            return children[0]
        }
        func unit(_ absent: Int16) throws -> Int {
            let units = [1, 1_000, 1_000_000, 1_000_000_000]
            let unit = Int(try table?.number(0, default: absent) ?? absent)
            guard units.indices.contains(unit) else { throw FlatBuffer.damaged }
            return units[unit]
        }
        switch code {
        case Code.null: self = .null
        case Code.bool: self = .bool
        case Code.int:
            self = .int(
                bits: try Self.width(table?.number(0, default: Int32(0)) ?? 0, of: name),
                isSigned: try table?.bool(1) ?? false)
        case Code.float:
            let precision = Int(try table?.number(0, default: Int16(0)) ?? 0)
            guard [0, 1, 2].contains(precision) else { throw FlatBuffer.damaged }
            self = .float(bits: 16 << precision)
        case Code.utf8, Code.binary: self = .text(isLarge: false)
        case Code.largeUtf8, Code.largeBinary: self = .text(isLarge: true)
        case Code.utf8View, Code.binaryView: self = .textView
        case Code.fixedBinary:
            let width = Int(try table?.number(0, default: Int32(0)) ?? 0)
            guard width >= 0 else { throw FlatBuffer.damaged }
            self = .fixedText(width: width)
        case Code.date: self = .date(isDays: try table?.number(0, default: Int16(1)) == 0)
        case Code.time:
            let bits = Int(try table?.number(1, default: Int32(32)) ?? 32)
            guard bits == 32 || bits == 64 else { throw FlatBuffer.damaged }
            self = .time(bits: bits, perSecond: try unit(1))
        case Code.timestamp:
            let zone = try table?.text(1) ?? ""
            self = .timestamp(perSecond: try unit(0), hasZone: !zone.isEmpty)
        case Code.duration: self = .int(bits: 64, isSigned: true)
        case Code.list, Code.map: self = .list(try only(), isLarge: false)
        case Code.largeList: self = .list(try only(), isLarge: true)
        case Code.fixedList:
            let length = Int(try table?.number(0, default: Int32(0)) ?? 0)
            guard length >= 0 else { throw FlatBuffer.damaged }
            self = .fixedList(try only(), length: length)
        case Code.structure: self = .structure(children)
        default:
            let type = Code.names[code] ?? "unknown"
            throw DatasetError(
                .unsupported, "column \(name) is of the type \(type), which is not read; leave it out or convert it")
        }
    }
}
