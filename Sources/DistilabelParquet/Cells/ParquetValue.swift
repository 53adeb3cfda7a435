/// A value of any type that a Parquet file holds, for programs that have no dynamic type of their own.
///
/// Compare ``ParquetCell``, to which a program's own type conforms so that nothing is converted.
public enum ParquetValue: Hashable, Sendable {
    /// Nothing.
    case null
    /// A truth value.
    case bool(Bool)
    /// A whole number.
    case int(Int64)
    /// A floating-point number.
    case double(Double)
    /// Text.
    case string(String)
    /// Bytes.
    case bytes([UInt8])
    /// A date, time, timestamp, decimal, UUID, interval, or a whole number beyond `Int64`.
    ///
    /// Indirect, so that the many values that are none stay small and cheap to destroy.
    indirect case scalar(ParquetScalar)
    /// A list; a map is a list of structs with the fields `key` and `value`.
    case list([ParquetValue])
    /// Named fields.
    case structure(ParquetStructure)

    /// A struct of named fields, in order.
    public static func structure(_ fields: KeyValuePairs<String, ParquetValue>) -> ParquetValue {
        .structure(ParquetStructure(names: fields.map(\.key), values: fields.map(\.value)))
    }

    /// The field of a struct under a name; nil where there is none, or the value is no struct.
    public subscript(name: String) -> ParquetValue? { parquetField(name, near: 0) }
    /// The element of a list at a place; nil beyond its end, or where the value is no list.
    public subscript(position: Int) -> ParquetValue? {
        guard case .list(let elements) = self, elements.indices.contains(position) else { return nil }
        return elements[position]
    }
}

/// The fields of a struct; those read from one column share one array of names.
public struct ParquetStructure: Hashable, Sendable {
    /// The names, in order.
    public var names: [String]
    /// The values, one a name.
    public var values: [ParquetValue]

    /// Makes a struct of names and as many values.
    @inlinable
    public init(names: [String], values: [ParquetValue]) {
        self.names = names
        self.values = values
    }
}

extension ParquetValue: ParquetCell {
    /// What the value holds.
    @inlinable
    public var parquetView: ParquetView<ParquetValue> {
        switch self {
        case .null: .null
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .double(let value): .double(value)
        case .string(let value): .string(value)
        case .bytes(let value): .bytes(value)
        case .scalar(let value): .scalar(value)
        case .list(let elements): .list(elements)
        case .structure: .structure
        }
    }

    /// How many fields a struct has; 0 for all else.
    @inlinable
    public var parquetFieldCount: Int { if case .structure(let all) = self { all.names.count } else { 0 } }

    /// The names of the fields of a struct; none for all else.
    public var parquetFieldNames: [String] { if case .structure(let all) = self { all.names } else { [] } }

    /// The field of a struct under a name.
    @inlinable
    public func parquetField(_ name: String, near position: Int) -> ParquetValue? {
        guard case .structure(let all) = self else { return nil }
        if position < all.names.count, all.names[position] == name { return all.values[position] }
        return all.names.firstIndex(of: name).map { all.values[$0] }
    }

    /// Null.
    @inlinable
    public static var parquetNull: ParquetValue { .null }
    /// A truth value.
    @inlinable
    public static func parquetBool(_ value: Bool) -> ParquetValue { .bool(value) }
    /// A whole number.
    @inlinable
    public static func parquetInt(_ value: Int64) -> ParquetValue { .int(value) }
    /// A floating-point number.
    @inlinable
    public static func parquetDouble(_ value: Double) -> ParquetValue { .double(value) }
    /// Text.
    @inlinable
    public static func parquetString(_ value: String) -> ParquetValue { .string(value) }
    /// Bytes.
    @inlinable
    public static func parquetBytes(_ value: UnsafeRawBufferPointer) -> ParquetValue { .bytes(Array(value)) }
    /// A scalar.
    @inlinable
    public static func parquetScalar(_ value: ParquetScalar) -> ParquetValue { .scalar(value) }
    /// A list.
    @inlinable
    public static func parquetList(_ elements: [ParquetValue]) -> ParquetValue { .list(elements) }
    /// A struct.
    @inlinable
    public static func parquetStructure(names: [String], values: [ParquetValue]) -> ParquetValue {
        .structure(ParquetStructure(names: names, values: values))
    }
}
