#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension ParquetValue {
    /// The value as a `Decodable` type, by the rules of ``init(encoding:)`` read backwards.
    ///
    /// Whole numbers fit floating-point types, scalars `String` as their text, maps dictionaries; a key that the type does
    /// not know is passed over.
    ///
    /// - Throws: `DecodingError`, with the path to what did not fit.
    public func decoded<Wanted: Decodable>(as type: Wanted.Type = Wanted.self) throws -> Wanted {
        try ValueDecoder(value: self, codingPath: []).decode(type)
    }
}

struct ValueDecoder: Decoder {
    let value: ParquetValue
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func mismatch(_ type: Any.Type) -> DecodingError {
        let context = DecodingError.Context(
            codingPath: codingPath, debugDescription: "\(type) is wanted, \(value) is there")
        return value == .null ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        switch value {
        case .structure(let fields):
            return KeyedDecodingContainer(KeyedFields<Key>(fields: fields, codingPath: codingPath))
        case .list(let entries):
            // A map.
            var fields = ParquetStructure(names: [], values: [])
            for entry in entries {
                guard let key = entry["key"] else { throw mismatch(type) }
                fields.names.append(try ValueDecoder(value: key, codingPath: codingPath).name())
                fields.values.append(entry["value"] ?? .null)
            }
            return KeyedDecodingContainer(KeyedFields<Key>(fields: fields, codingPath: codingPath))
        default: throw mismatch(type)
        }
    }

    private func name() throws -> String {
        if case .int(let number) = value { return String(number) }
        return try decode(String.self)
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .list(let elements) = value else { throw mismatch([Any].self) }
        return ListedElements(elements: elements, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { SingleCell(decoder: self) }

    func decode<Wanted: Decodable>(_ type: Wanted.Type) throws -> Wanted {
        if type == [UInt8].self, case .bytes(let bytes) = value, let found = bytes as? Wanted { return found }
        if let wanted = foundationValue(type) {
            guard let found = wanted as? Wanted else { throw mismatch(type) }
            return found
        }
        return try Wanted(from: self)
    }

    /// The value as one of Foundation's types; nil where another type is wanted, `Void` where it does not fit.
    private func foundationValue(_ type: Any.Type) -> Any? {
        if type == Date.self {
            switch value {
            case .scalar(.timestamp(let ticks, let unit, _)):
                return Date(timeIntervalSince1970: Double(ticks) / Double(unit.ticksPerSecond))
            case .scalar(.date(let days)): return Date(timeIntervalSince1970: Double(days) * 86_400)
            default: return ()
            }
        }
        if type == Data.self {
            if case .bytes(let bytes) = value { return Data(bytes) }
            return ()
        }
        if type == UUID.self { return text.flatMap { UUID(uuidString: $0) } ?? () }
        if type == Decimal.self {
            if case .int(let number) = value { return Decimal(number) }
            if case .scalar(.decimal(let number)) = value { return Decimal(string: number.description) ?? () }
            return ()
        }
        return nil
    }

    var text: String? {
        switch value {
        case .string(let text): text
        case .scalar(let scalar): scalar.description
        default: nil
        }
    }

    var number: Double? {
        switch value {
        case .double(let number): number
        case .int(let number): Double(number)
        case .scalar(.decimal(let number)): Double(number.description)
        case .scalar(.unsigned(let number)): Double(number)
        default: nil
        }
    }

    func integer<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
        switch value {
        case .int(let number): if let exact = Number(exactly: number) { return exact }
        case .scalar(.unsigned(let number)): if let exact = Number(exactly: number) { return exact }
        default: break
        }
        throw mismatch(type)
    }
}

private struct SingleCell: SingleValueDecodingContainer {
    let decoder: ValueDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.value == .null }
    func decode(_ type: Bool.Type) throws -> Bool {
        guard case .bool(let value) = decoder.value else { throw decoder.mismatch(type) }
        return value
    }
    func decode(_ type: String.Type) throws -> String {
        guard let text = decoder.text else { throw decoder.mismatch(type) }
        return text
    }
    func decode(_ type: Double.Type) throws -> Double {
        guard let number = decoder.number else { throw decoder.mismatch(type) }
        return number
    }
    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_ type: Int.Type) throws -> Int { try decoder.integer(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try decoder.integer(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try decoder.integer(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try decoder.integer(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try decoder.integer(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try decoder.integer(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try decoder.integer(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try decoder.integer(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try decoder.integer(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try decoder.integer(type) }
    func decode<Wanted: Decodable>(_ type: Wanted.Type) throws -> Wanted { try decoder.decode(type) }
}
