/// A tree of values that is written to and read from Parquet without being converted first.
///
/// A caller's own dynamic value type conforms; the writer and the reader are generic over it and are specialised in the
/// caller's module, so that no boxed or intermediate value is made for a cell.
///
/// A conformance says what a cell is through ``parquetView`` and how to make one through the static functions.
public protocol ParquetCell: Sendable {
    /// What the cell holds.
    var parquetView: ParquetView<Self> { get }

    /// The number of fields of a struct cell; asked only where ``parquetView`` is ``ParquetView/structure``.
    var parquetFieldCount: Int { get }
    /// The field of a struct cell under a name, or nil where it has none.
    ///
    /// - Parameters:
    ///   - name: the field's name.
    ///   - position: where the schema has that field; cells mostly keep their fields in the same place, so a
    ///     conformance looks there first.
    func parquetField(_ name: String, near position: Int) -> Self?
    /// The names of the fields of a struct cell, in order; asked only when a schema is inferred.
    var parquetFieldNames: [String] { get }

    /// The cell that holds nothing.
    static var parquetNull: Self { get }
    /// A cell of a truth value.
    static func parquetBool(_ value: Bool) -> Self
    /// A cell of a whole number.
    static func parquetInt(_ value: Int64) -> Self
    /// A cell of a floating-point number.
    static func parquetDouble(_ value: Double) -> Self
    /// A cell of text.
    static func parquetString(_ value: String) -> Self
    /// A cell of bytes.
    ///
    /// - Throws: where the type has no place for bytes; the reader adds nothing to the error.
    static func parquetBytes(_ value: UnsafeRawBufferPointer) throws -> Self
    /// A cell of a date, a time, a timestamp, a decimal, a UUID, an interval, or a whole number beyond `Int64`.
    ///
    /// Unless a conformance has its own: the text of the scalar (`2024-02-29T12:00:00Z`, `12.50`), and an error for a
    /// whole number beyond `Int64`, since text among numbers would be read wrong.
    static func parquetScalar(_ value: ParquetScalar) throws -> Self
    /// A cell of a list.
    static func parquetList(_ elements: [Self]) -> Self
    /// A cell of a struct.
    ///
    /// - Parameters:
    ///   - names: the names of the fields; the same array for all cells of a column.
    ///   - values: the fields, as many as there are names.
    static func parquetStructure(names: [String], values: [Self]) -> Self
}

extension ParquetCell {
    /// The text of the scalar.
    ///
    /// - Throws: ``ParquetError`` for a whole number beyond the largest signed one of 64 bits.
    public static func parquetScalar(_ value: ParquetScalar) throws -> Self {
        if case .unsigned = value {
            throw ParquetError(.unsupported, "\(value) is beyond the largest signed whole number of 64 bits")
        }
        return .parquetString(value.description)
    }
}

/// What a cell holds, as the writer asks for it.
public enum ParquetView<Cell> {
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
    /// A date, time, timestamp, decimal or UUID.
    case scalar(ParquetScalar)
    /// A list of cells.
    case list([Cell])
    /// Named fields, which the cell itself hands out.
    case structure
}
