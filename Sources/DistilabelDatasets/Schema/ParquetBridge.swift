public import DistilabelParquet
public import DistilabelValues

/// Values are Parquet cells as they are; nothing is converted cell by cell.
extension Value: ParquetCell {
    /// What the value holds.
    public var parquetView: ParquetView<Value> {
        switch self {
        case .null: .null
        case .bool(let value): .bool(value)
        case .int(let value): .int(Int64(value))
        case .double(let value): .double(value)
        case .string(let value): .string(value)
        case .array(let values): .list(values)
        case .object: .structure
        }
    }

    /// How many keys an object has; 0 for all else.
    public var parquetFieldCount: Int { objectValue?.count ?? 0 }

    /// The value under a key of an object.
    public func parquetField(_ name: String, near position: Int) -> Value? {
        guard case .object(let object) = self else { return nil }
        if position < object.count, object.keys[position] == name { return object.values[position] }
        return object[name]
    }

    /// The keys of an object; none for all else.
    public var parquetFieldNames: [String] { objectValue.map { Array($0.keys) } ?? [] }

    /// Null.
    public static var parquetNull: Value { .null }
    /// A truth value.
    public static func parquetBool(_ value: Bool) -> Value { .bool(value) }
    /// An integer.
    public static func parquetInt(_ value: Int64) -> Value { .int(Int(value)) }
    /// A double.
    public static func parquetDouble(_ value: Double) -> Value { .double(value) }
    /// A text.
    public static func parquetString(_ value: String) -> Value { .string(value) }
    /// A list.
    public static func parquetList(_ elements: [Value]) -> Value { .array(elements) }

    /// Bytes that are text become one; others cannot be a value.
    public static func parquetBytes(_ value: UnsafeRawBufferPointer) throws -> Value {
        guard let text = String(validating: value.bindMemory(to: UInt8.self), as: UTF8.self) else {
            throw DatasetError(.unsupported, "the column holds bytes that are no text (UTF-8), such as images")
        }
        return .string(text)
    }

    /// An object.
    public static func parquetStructure(names: [String], values: [Value]) -> Value {
        // A foreign file may name two fields alike; the first one counts.
        .object(Object(zip(names, values), uniquingKeysWith: { first, _ in first }))
    }
}

extension ColumnType {
    /// The type in a Parquet file; an object without fields and mixed values are texts there.
    var parquetType: ParquetType {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int64
        case .double: .double
        case .string, .mixed: .string
        case .list(let element): .list(element.parquetType)
        case .object(let fields):
            fields.isEmpty ? .string : .structure(fields.map { ParquetField($0.key, $0.value.parquetType) })
        }
    }

    /// The type of a column of a Parquet file.
    init(_ type: ParquetType) {
        switch type {
        case .null: self = .null
        case .bool: self = .bool
        case .int32, .int64: self = .int
        case .float, .double: self = .double
        // Dates, decimals and the like come as their text.
        case .string, .bytes, .date, .time, .timestamp, .decimal, .uuid, .interval, .unsupported: self = .string
        case .list(let element): self = .list(ColumnType(element))
        case .map(let key, let value):
            self = .list(.object(["key": ColumnType(key), "value": ColumnType(value)]))
        case .structure(let fields):
            self = .object(
                OrderedDictionary(
                    fields.map { ($0.name, ColumnType($0.type)) }, uniquingKeysWith: { first, _ in first }))
        }
    }

    /// The type as the `datasets` library writes it in its features; lists in the form that all its versions read.
    var huggingFaceFeature: Value {
        switch self {
        case .null: Self.feature("null")
        case .bool: Self.feature("bool")
        case .int: Self.feature("int64")
        case .double: Self.feature("float64")
        case .string, .mixed: Self.feature("string")
        case .list(let element): [element.huggingFaceFeature]
        case .object(let fields):
            fields.isEmpty ? Self.feature("string") : .object(fields.mapValues(\.huggingFaceFeature))
        }
    }

    private static func feature(_ name: String) -> Value { ["dtype": .string(name), "_type": "Value"] }
}

extension DatasetSchema {
    var parquetSchema: ParquetSchema { ParquetSchema(columns.map { ParquetField($0.key, $0.value.parquetType) }) }

    init(_ schema: ParquetSchema) {
        self.init(
            OrderedDictionary(
                schema.fields.map { ($0.name, ColumnType($0.type)) }, uniquingKeysWith: { first, _ in first }))
    }

    /// What the footer of a Parquet file keeps under `huggingface`, so that `datasets` gives these features.
    var huggingFaceInfo: String {
        JSON.string(["info": ["features": .object(columns.mapValues(\.huggingFaceFeature))]])
    }
}
