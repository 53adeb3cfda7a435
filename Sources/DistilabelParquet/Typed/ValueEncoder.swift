#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension ParquetValue {
    /// What an `Encodable` value looks like in a file.
    ///
    /// Structs and dictionaries become structs, arrays lists, `[UInt8]` and `Data` bytes, `Date` a timestamp of
    /// microseconds, `UUID` and `Decimal` what they are.
    ///
    /// - Throws: what the value throws, or ``ParquetError`` for a decimal that is no number.
    public init(encoding value: some Encodable) throws {
        let node = EncodedNode()
        try node.encode(value, [])
        self = node.value
    }
}

/// A value while it is being encoded.
final class EncodedNode {
    private enum Content {
        case value(ParquetValue)
        case list([EncodedNode])
        case structure([String], [EncodedNode])
    }

    private var content = Content.value(.null)

    var value: ParquetValue {
        switch content {
        case .value(let value): value
        case .list(let nodes): .list(nodes.map(\.value))
        case .structure(let names, let nodes):
            .structure(ParquetStructure(names: names, values: nodes.map(\.value)))
        }
    }

    var count: Int { if case .list(let nodes) = content { nodes.count } else { 0 } }

    func set(_ value: ParquetValue) { content = .value(value) }

    func makeList() { if case .value = content { content = .list([]) } }
    func makeStructure() { if case .value = content { content = .structure([], []) } }

    func appended() -> EncodedNode {
        let node = EncodedNode()
        if case .list(var nodes) = content {
            content = .value(.null)
            nodes.append(node)
            content = .list(nodes)
        }
        return node
    }

    func field(_ name: String) -> EncodedNode {
        guard case .structure(var names, var nodes) = content else { return EncodedNode() }
        if let known = names.firstIndex(of: name) { return nodes[known] }
        let node = EncodedNode()
        content = .value(.null)
        names.append(name)
        nodes.append(node)
        content = .structure(names, nodes)
        return node
    }

    func encode(_ value: some Encodable, _ path: [any CodingKey]) throws {
        switch value {
        case let value as String: set(.string(value))
        // The cast alone would take every empty array.
        case let bytes as [UInt8] where type(of: value) == [UInt8].self: set(.bytes(bytes))
        case let value as Date:
            let ticks = (value.timeIntervalSince1970 * 1_000_000).rounded()
            guard let exact = Int64(exactly: ticks) else {
                throw ParquetError(.cell, "a date so far away that its microseconds are no number of 64 bits")
            }
            set(.scalar(.timestamp(exact, .microseconds, isUTC: true)))
        case let value as Data: set(.bytes(Array(value)))
        case let value as UUID: set(.scalar(Self.scalar(value)))
        case let value as Decimal: set(.scalar(try Self.scalar(value)))
        default: try value.encode(to: ValueEncoder(node: self, codingPath: path))
        }
    }

    private static func scalar(_ value: UUID) -> ParquetScalar {
        withUnsafeBytes(of: value.uuid) { bytes in
            .uuid(
                UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }

    private static func scalar(_ value: Decimal) throws -> ParquetScalar {
        let text = value.description
        let scale = text.split(separator: ".").dropFirst().first?.count ?? 0
        guard let found = ParquetScalar(parsing: text, as: .decimal(precision: 38, scale: scale)) else {
            throw ParquetError(.cell, "\(text) is no decimal of at most 38 digits")
        }
        return found
    }
}

struct ValueEncoder: Encoder {
    let node: EncodedNode
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        node.makeStructure()
        return KeyedEncodingContainer(KeyedValues<Key>(node: node, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        node.makeList()
        return ListedValues(node: node, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { SingleValue(node: node, codingPath: codingPath) }
}

private struct KeyedValues<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: EncodedNode
    let codingPath: [any CodingKey]

    func encodeNil(forKey key: Key) { node.field(key.stringValue).set(.null) }
    func encode(_ value: some Encodable, forKey key: Key) throws {
        try node.field(key.stringValue).encode(value, codingPath + [key])
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        encoder(key.stringValue, key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoder(key.stringValue, key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { ValueEncoder(node: node.field("super"), codingPath: codingPath) }
    func superEncoder(forKey key: Key) -> any Encoder { encoder(key.stringValue, key) }

    private func encoder(_ name: String, _ key: Key) -> ValueEncoder {
        ValueEncoder(node: node.field(name), codingPath: codingPath + [key])
    }
}

private struct ListedValues: UnkeyedEncodingContainer {
    let node: EncodedNode
    let codingPath: [any CodingKey]
    var count: Int { node.count }

    func encodeNil() { node.appended().set(.null) }
    func encode(_ value: some Encodable) throws { try node.appended().encode(value, codingPath) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        encoder.container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder.unkeyedContainer() }
    func superEncoder() -> any Encoder { encoder }

    private var encoder: ValueEncoder { ValueEncoder(node: node.appended(), codingPath: codingPath) }
}

private struct SingleValue: SingleValueEncodingContainer {
    let node: EncodedNode
    let codingPath: [any CodingKey]

    func encodeNil() { node.set(.null) }
    func encode(_ value: Bool) { node.set(.bool(value)) }
    func encode(_ value: String) { node.set(.string(value)) }
    func encode(_ value: Double) { node.set(.double(value)) }
    func encode(_ value: Float) { node.set(.double(Double(value))) }
    func encode(_ value: Int) { node.set(.int(Int64(value))) }
    func encode(_ value: Int8) { node.set(.int(Int64(value))) }
    func encode(_ value: Int16) { node.set(.int(Int64(value))) }
    func encode(_ value: Int32) { node.set(.int(Int64(value))) }
    func encode(_ value: Int64) { node.set(.int(value)) }
    func encode(_ value: UInt) { encode(UInt64(value)) }
    func encode(_ value: UInt8) { node.set(.int(Int64(value))) }
    func encode(_ value: UInt16) { node.set(.int(Int64(value))) }
    func encode(_ value: UInt32) { node.set(.int(Int64(value))) }
    func encode(_ value: UInt64) { node.set(Int64(exactly: value).map { .int($0) } ?? .scalar(.unsigned(value))) }
    func encode(_ value: some Encodable) throws { try node.encode(value, codingPath) }
}
