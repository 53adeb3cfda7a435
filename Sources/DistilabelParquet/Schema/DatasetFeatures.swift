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
        case .list(let element): "{\"feature\": \(feature(element)), \"_type\": \"List\"}"
        case .structure(let fields): structure(fields)
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
