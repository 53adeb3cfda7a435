import DistilabelParquet
import Foundation

/// A tree of values as a caller of the module would have one.
indirect enum TestCell: Sendable, ParquetCell {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    case list([TestCell])
    case object([(name: String, value: TestCell)])

    var parquetView: ParquetView<TestCell> {
        switch self {
        case .null: .null
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .double(let value): .double(value)
        case .string(let value): .string(value)
        case .bytes(let value): .bytes(value)
        case .list(let elements): .list(elements)
        case .object: .structure
        }
    }

    private var fields: [(name: String, value: TestCell)] {
        if case .object(let fields) = self { fields } else { [] }
    }

    var parquetFieldCount: Int { fields.count }
    var parquetFieldNames: [String] { fields.map(\.name) }

    func parquetField(_ name: String, near position: Int) -> TestCell? {
        fields.first { $0.name == name }?.value
    }

    static var parquetNull: TestCell { .null }
    static func parquetBool(_ value: Bool) -> TestCell { .bool(value) }
    static func parquetInt(_ value: Int64) -> TestCell { .int(value) }
    static func parquetDouble(_ value: Double) -> TestCell { .double(value) }
    static func parquetString(_ value: String) -> TestCell { .string(value) }
    static func parquetBytes(_ value: UnsafeRawBufferPointer) -> TestCell { .bytes(Array(value)) }
    static func parquetScalar(_ value: ParquetScalar) -> TestCell { .string(value.description) }
    static func parquetList(_ elements: [TestCell]) -> TestCell { .list(elements) }
    static func parquetStructure(names: [String], values: [TestCell]) -> TestCell {
        .object(zip(names, values).map { ($0, $1) })
    }
}

extension TestCell: Equatable {
    static func == (left: TestCell, right: TestCell) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let one), .bool(let two)): one == two
        case (.int(let one), .int(let two)): one == two
        case (.double(let one), .double(let two)): one.bitPattern == two.bitPattern || (one.isNaN && two.isNaN)
        case (.string(let one), .string(let two)): Array(one.utf8) == Array(two.utf8)
        case (.bytes(let one), .bytes(let two)): one == two
        case (.list(let one), .list(let two)): one == two
        case (.object(let one), .object(let two)):
            one.elementsEqual(two) { $0.name == $1.name && $0.value == $1.value }
        default: false
        }
    }
}

extension TestCell {
    /// The cell as JSON that `json.loads` of Python understands; bytes are written as their hexadecimal digits.
    var json: String {
        switch self {
        case .null: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .int(let value): return String(value)
        case .double(let value):
            if value.isNaN { return "NaN" }
            if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
            return "\(value)"
        case .string(let value): return Self.quoted(value)
        case .bytes(let value): return Self.quoted(value.map { String(format: "%02x", $0) }.joined())
        case .list(let elements): return "[" + elements.map(\.json).joined(separator: ",") + "]"
        case .object(let fields):
            return "{" + fields.map { "\(Self.quoted($0.name)):\($0.value.json)" }.joined(separator: ",") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for unit in text.utf16 {
            switch unit {
            case 0x20...0x7E where unit != 0x22 && unit != 0x5C:
                result.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            default: result += "\\u" + String(format: "%04x", unit)
            }
        }
        return result + "\""
    }

    /// The cell that a JSON value from Python holds, read by the type of its column; bytes are hexadecimal digits.
    init(json value: Any, as type: ParquetType) throws {
        if value is NSNull {
            self = .null
            return
        }
        switch (type, value) {
        case (.bool, let number as NSNumber): self = .bool(number.boolValue)
        case (.int64, let text as String): self = .string(text)
        case (.int32, let number as NSNumber), (.int64, let number as NSNumber): self = .int(number.int64Value)
        case (.float, let text as String), (.double, let text as String):
            guard let number = Double(text) else { throw Unexpected(what: text) }
            self = .double(number)
        case (.string, let text as String), (.date, let text as String), (.time, let text as String),
            (.timestamp, let text as String), (.decimal, let text as String), (.uuid, let text as String),
            (.interval, let text as String):
            self = .string(text)
        case (.bytes, let text as String):
            let digits = Array(text)
            self = .bytes(
                stride(from: 0, to: digits.count, by: 2).map { UInt8(String(digits[$0...$0 + 1]), radix: 16) ?? 0 })
        case (.list(let element), let list as [Any]): self = .list(try list.map { try TestCell(json: $0, as: element) })
        case (.map(let key, let value), let list as [Any]):
            let pair = ParquetType.structure([.init("key", key), .init("value", value)])
            self = .list(try list.map { try TestCell(json: $0, as: pair) })
        case (.structure(let fields), let object as [String: Any]):
            self = .object(
                try fields.map { ($0.name, try TestCell(json: object[$0.name] ?? NSNull(), as: $0.type)) })
        default: throw Unexpected(what: "\(value) for \(type)")
        }
    }

    struct Unexpected: Error {
        var what: String
    }
}
