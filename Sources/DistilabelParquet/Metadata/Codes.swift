/// The physical types, by their number in the file.
enum PhysicalType: Int32, Sendable {
    case boolean = 0
    case int32 = 1
    case int64 = 2
    case int96 = 3
    case float = 4
    case double = 5
    case byteArray = 6
    case fixedLengthByteArray = 7

    /// The bytes that a plainly encoded value takes, or nil where that differs from value to value or is no whole byte.
    var width: Int? {
        switch self {
        case .int32, .float: 4
        case .int64, .double: 8
        case .int96: 12
        case .boolean, .byteArray, .fixedLengthByteArray: nil
        }
    }
}

/// Whether a field must be there, may be null, or comes any number of times.
enum Repetition: Int32, Sendable {
    case required = 0
    case optional = 1
    case repeated = 2
}

/// What the values of a field mean, beyond their physical type.
enum LogicalType: Hashable, Sendable {
    case string, map, list, `enum`, json, unknown, date, uuid, float16, interval
    case integer(bits: Int8, signed: Bool)
    case decimal(precision: Int, scale: Int)
    case time(ParquetTimeUnit, isUTC: Bool)
    case timestamp(ParquetTimeUnit, isUTC: Bool)
    /// One that says nothing about how the bytes are read, such as BSON, geometries, variants, or one made up later.
    case other

    /// The meaning of the older annotation, which newer writers still add; nil where it has none of its own.
    init?(converted: Int32, precision: Int, scale: Int) {
        switch converted {
        case 0: self = .string
        case 1, 2: self = .map
        case 3: self = .list
        case 4: self = .enum
        case 5: self = .decimal(precision: precision, scale: scale)
        case 6: self = .date
        case 7: self = .time(.milliseconds, isUTC: true)
        case 8: self = .time(.microseconds, isUTC: true)
        case 9: self = .timestamp(.milliseconds, isUTC: true)
        case 10: self = .timestamp(.microseconds, isUTC: true)
        case 11...14: self = .integer(bits: 8 << Int8(converted - 11), signed: false)
        case 15...18: self = .integer(bits: 8 << Int8(converted - 15), signed: true)
        case 19: self = .json
        case 21: self = .interval
        default: return nil
        }
    }
}

/// The encodings of values and levels, by their number in the file.
enum Encoding {
    static let plain: Int32 = 0
    static let plainDictionary: Int32 = 2
    static let rle: Int32 = 3
    static let bitPacked: Int32 = 4
    static let deltaBinaryPacked: Int32 = 5
    static let deltaLengthByteArray: Int32 = 6
    static let deltaByteArray: Int32 = 7
    static let rleDictionary: Int32 = 8
    static let byteStreamSplit: Int32 = 9

    static func name(_ code: Int32) -> String {
        let names = [
            0: "PLAIN", 2: "PLAIN_DICTIONARY", 3: "RLE", 4: "BIT_PACKED", 5: "DELTA_BINARY_PACKED",
            6: "DELTA_LENGTH_BYTE_ARRAY", 7: "DELTA_BYTE_ARRAY", 8: "RLE_DICTIONARY", 9: "BYTE_STREAM_SPLIT",
        ]
        return names[Int(code)] ?? "encoding \(code)"
    }
}
