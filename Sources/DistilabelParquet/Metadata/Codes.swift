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
    case string, map, list, `enum`, json, unknown
    case integer(bits: Int8, signed: Bool)
    /// One that this module does not read, under the name that the format gives it.
    case other(String)

    init(unionField: Int16) {
        self =
            switch unionField {
            case 1: .string
            case 2: .map
            case 3: .list
            case 4: .enum
            case 5: .other("DECIMAL")
            case 6: .other("DATE")
            case 7: .other("TIME")
            case 8: .other("TIMESTAMP")
            case 11: .unknown
            case 12: .json
            case 13: .other("BSON")
            case 14: .other("UUID")
            case 15: .other("FLOAT16")
            case 16: .other("VARIANT")
            case 17: .other("GEOMETRY")
            case 18: .other("GEOGRAPHY")
            default: .other("logical type \(unionField)")
            }
    }

    /// The meaning of the older annotation, which newer writers still add; nil where it has none of its own.
    init?(converted: Int32) {
        switch converted {
        case 0: self = .string
        case 1, 2: self = .map
        case 3: self = .list
        case 4: self = .enum
        case 5: self = .other("DECIMAL")
        case 6: self = .other("DATE")
        case 7, 8: self = .other("TIME")
        case 9, 10: self = .other("TIMESTAMP")
        case 11: self = .integer(bits: 8, signed: false)
        case 12: self = .integer(bits: 16, signed: false)
        case 13: self = .integer(bits: 32, signed: false)
        case 14: self = .integer(bits: 64, signed: false)
        case 15: self = .integer(bits: 8, signed: true)
        case 16: self = .integer(bits: 16, signed: true)
        case 17: self = .integer(bits: 32, signed: true)
        case 18: self = .integer(bits: 64, signed: true)
        case 19: self = .json
        case 20: self = .other("BSON")
        case 21: self = .other("INTERVAL")
        default: return nil
        }
    }
}

/// The encodings of values and levels, by their number in the file.
enum Encoding {
    static let plain: Int32 = 0
    static let plainDictionary: Int32 = 2
    static let rle: Int32 = 3
    static let rleDictionary: Int32 = 8

    static func name(_ code: Int32) -> String {
        let names = [
            0: "PLAIN", 2: "PLAIN_DICTIONARY", 3: "RLE", 4: "BIT_PACKED", 5: "DELTA_BINARY_PACKED",
            6: "DELTA_LENGTH_BYTE_ARRAY", 7: "DELTA_BYTE_ARRAY", 8: "RLE_DICTIONARY", 9: "BYTE_STREAM_SPLIT",
        ]
        return names[Int(code)] ?? "encoding \(code)"
    }
}
