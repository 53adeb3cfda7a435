#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension ParquetSchema {
    /// The schema of the rows of a type, found by decoding one row of zeros and empty texts from nothing.
    ///
    /// `Date` becomes a timestamp of microseconds in UTC, `Decimal` a decimal of 38 digits with 18 after the point,
    /// dictionaries maps, enumerations of raw values what their raw values are.
    ///
    /// - Throws: ``ParquetError`` of the code `schema` where the type does not decode from such a row, as an
    ///   enumeration that is not `CaseIterable`, or nests in itself; state the schema then.
    public init<Row: Decodable>(of type: Row.Type) throws {
        let probe = SchemaProbe()
        do {
            _ = try probe.decode(type)
        } catch {
            throw ParquetError(.schema, "the schema of \(type) cannot be told from its type (\(error)); state it")
        }
        guard case .structure(let fields) = probe.type else {
            throw ParquetError(.schema, "\(type) is no struct with fields; rows are")
        }
        self.init(fields)
    }
}

/// A decoder that has no data, and notes what is asked of it.
final class SchemaProbe: Decoder {
    let codingPath: [any CodingKey] = []
    var userInfo: [CodingUserInfoKey: Any] { [:] }
    private let depth: Int
    private var leaf = ParquetType.null
    private var element: SchemaProbe?
    private var isMap = false
    private var names: [String] = []
    private var fields: [SchemaProbe] = []

    init(depth: Int = 0) { self.depth = depth }

    /// What has been asked so far.
    var type: ParquetType {
        if let element { return isMap ? .map(key: .string, value: element.type) : .list(element.type) }
        if !names.isEmpty { return .structure(zip(names, fields).map { ParquetField($0, $1.type) }) }
        return leaf
    }

    func note(_ type: ParquetType) { leaf = type }

    fileprivate func field(_ name: String) -> SchemaProbe {
        if let place = names.firstIndex(of: name) { return fields[place] }
        let probe = SchemaProbe(depth: depth + 1)
        names.append(name)
        fields.append(probe)
        return probe
    }

    fileprivate func listed() -> SchemaProbe {
        let probe = element ?? SchemaProbe(depth: depth + 1)
        element = probe
        return probe
    }

    func decode<Wanted: Decodable>(_ type: Wanted.Type) throws -> Wanted {
        guard depth <= ParquetSchema.maximumDepth else { throw ParquetError(.schema, "it nests in itself") }
        if let known = noted(type), let value = known as? Wanted { return value }
        if let dictionary = type as? any ProbedDictionary.Type {
            isMap = true
            if let empty = try dictionary.probed(listed()) as? Wanted { return empty }
        }
        do {
            return try Wanted(from: self)
        } catch {
            // An empty text or a zero is seldom a case of an enumeration.
            guard let cases = type as? any CaseIterable.Type, let first = cases.first as? Wanted else { throw error }
            return first
        }
    }

    private func noted(_ type: Any.Type) -> Any? {
        if type == Date.self {
            note(.timestamp(.microseconds, isUTC: true))
            return Date(timeIntervalSince1970: 0)
        }
        if type == Data.self || type == [UInt8].self {
            note(.bytes)
            return type == Data.self ? Data() : [UInt8]()
        }
        if type == UUID.self {
            note(.uuid)
            return UUID()
        }
        if type == Decimal.self {
            note(.decimal(precision: 38, scale: 18))
            return Decimal(0)
        }
        return nil
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(ProbedFields<Key>(probe: self))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer { ProbedList(probe: self) }
    func singleValueContainer() -> any SingleValueDecodingContainer { ProbedValue(probe: self) }
}

extension CaseIterable {
    fileprivate static var first: Any? { allCases.first }
}

/// A dictionary, whose entries are probed as one.
private protocol ProbedDictionary {
    static func probed(_ element: SchemaProbe) throws -> Any
}

extension Dictionary: ProbedDictionary where Value: Decodable {
    static func probed(_ element: SchemaProbe) throws -> Any {
        _ = try element.decode(Value.self)
        return Self()
    }
}

private struct ProbedFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let probe: SchemaProbe
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) -> Bool { false }
    func decode<Wanted: Decodable>(_ type: Wanted.Type, forKey key: Key) throws -> Wanted {
        try probe.field(key.stringValue).decode(type)
    }
    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedDecodingContainer<Nested> {
        probe.field(key.stringValue).container(keyedBy: type)
    }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer {
        probe.field(key.stringValue).unkeyedContainer()
    }
    func superDecoder() -> any Decoder { probe.field("super") }
    func superDecoder(forKey key: Key) -> any Decoder { probe.field(key.stringValue) }
}

private struct ProbedList: UnkeyedDecodingContainer {
    let probe: SchemaProbe
    var codingPath: [any CodingKey] { [] }
    var count: Int? { 1 }
    private(set) var currentIndex = 0
    var isAtEnd: Bool { currentIndex > 0 }

    init(probe: SchemaProbe) { self.probe = probe }

    private mutating func next() -> SchemaProbe {
        currentIndex += 1
        return probe.listed()
    }

    func decodeNil() -> Bool { false }
    mutating func decode<Wanted: Decodable>(_ type: Wanted.Type) throws -> Wanted { try next().decode(type) }
    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedDecodingContainer<Nested> {
        next().container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer { next().unkeyedContainer() }
    mutating func superDecoder() -> any Decoder { next() }
}

private struct ProbedValue: SingleValueDecodingContainer {
    let probe: SchemaProbe
    var codingPath: [any CodingKey] { [] }

    private func number<Number: ExpressibleByIntegerLiteral>(_ type: ParquetType) -> Number {
        probe.note(type)
        return 0
    }

    func decodeNil() -> Bool { false }
    func decode(_ type: Bool.Type) -> Bool {
        probe.note(.bool)
        return false
    }
    func decode(_ type: String.Type) -> String {
        probe.note(.string)
        return ""
    }
    func decode(_ type: Double.Type) -> Double { number(.double) }
    func decode(_ type: Float.Type) -> Float { number(.float) }
    func decode(_ type: Int.Type) -> Int { number(.int64) }
    func decode(_ type: Int8.Type) -> Int8 { number(.int32) }
    func decode(_ type: Int16.Type) -> Int16 { number(.int32) }
    func decode(_ type: Int32.Type) -> Int32 { number(.int32) }
    func decode(_ type: Int64.Type) -> Int64 { number(.int64) }
    func decode(_ type: UInt.Type) -> UInt { number(.int64) }
    func decode(_ type: UInt8.Type) -> UInt8 { number(.int32) }
    func decode(_ type: UInt16.Type) -> UInt16 { number(.int32) }
    func decode(_ type: UInt32.Type) -> UInt32 { number(.int64) }
    func decode(_ type: UInt64.Type) -> UInt64 { number(.int64) }
    func decode<Wanted: Decodable>(_ type: Wanted.Type) throws -> Wanted { try probe.decode(type) }
}
