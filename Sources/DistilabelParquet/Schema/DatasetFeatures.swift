extension ParquetSchema {
    /// The footer entry from which the `datasets` library takes the features of the columns: key `huggingface`.
    public var datasetFeatures: ParquetKeyValue {
        ParquetKeyValue("huggingface", "{\"info\": {\"features\": \(Self.structure(fields))}}")
    }

    private static func structure(_ fields: [ParquetField]) -> String {
        "{" + fields.map { "\(quoted($0.name)): \(feature($0.type))" }.joined(separator: ", ") + "}"
    }

    private static func feature(_ type: ParquetType) -> String {
        switch type {
        case .null, .unsupported: value("null")
        case .bool: value("bool")
        case .int32: value("int32")
        case .int64: value("int64")
        case .float: value("float32")
        case .double: value("float64")
        case .string: value("string")
        case .bytes: value("binary")
        case .date: value("date32")
        case .time(let unit, _): value(unit == .milliseconds ? "time32[ms]" : "time64[\(Self.symbol(unit))]")
        case .timestamp(let unit, let isUTC): value("timestamp[\(Self.symbol(unit))\(isUTC ? ", tz=UTC" : "")]")
        case .decimal(let precision, let scale): value("decimal128(\(precision), \(scale))")
        case .uuid: value("binary")
        case .interval: value("null")
        case .map(let key, let element):
            "{\"feature\": \(structure([ParquetField("key", key), ParquetField("value", element)])), \"_type\": \"List\"}"
        case .list(let element): "{\"feature\": \(feature(element)), \"_type\": \"List\"}"
        case .structure(let fields): structure(fields)
        }
    }

    private static func symbol(_ unit: ParquetTimeUnit) -> String {
        switch unit {
        case .milliseconds: "ms"
        case .microseconds: "us"
        case .nanoseconds: "ns"
        }
    }

    private static func value(_ name: String) -> String {
        "{\"dtype\": \"\(name)\", \"_type\": \"Value\"}"
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
