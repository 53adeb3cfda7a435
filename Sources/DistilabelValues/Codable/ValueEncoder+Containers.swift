/// Writes the keys of an object.
struct KeyedSlotContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let session: EncodingSession
    let slot: EncodingSlot
    let codingPath: [any CodingKey]

    private func name(_ key: Key) -> String { session.keyStyle.key(of: key.stringValue) }
    private func path(_ key: Key) -> [any CodingKey] { codingPath + [PathKey(name(key))] }
    /// The observer, while this is the outermost object.
    private var observer: PropertyObserver? { codingPath.isEmpty ? session.observer : nil }

    func encodeNil(forKey key: Key) { slot.set(.null, forKey: name(key)) }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        if value is any FlattenedSettings {
            try value.encode(to: SlotEncoder(session: session, slot: slot, codingPath: codingPath))
        } else {
            observer?.see(name(key), value, isOptional: false)
            slot.set(try session.value(of: value, at: path(key)), forKey: name(key))
        }
    }

    func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws {
        if T.self is any FlattenedSettings.Type {
            if let value { try encode(value, forKey: key) }
            return
        }
        observer?.see(name(key), value, isOptional: true)
        if let value {
            slot.set(try session.value(of: value, at: path(key)), forKey: name(key))
        } else if session.writesNulls {
            slot.set(.null, forKey: name(key))
        }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        superEncoder(forKey: key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        superEncoder(forKey: key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        SlotEncoder(session: session, slot: slot.slot(forKey: "super"), codingPath: codingPath + [PathKey("super")])
    }

    func superEncoder(forKey key: Key) -> any Encoder {
        SlotEncoder(session: session, slot: slot.slot(forKey: name(key)), codingPath: path(key))
    }
}

// The protocol has a default of its own for each of these types, which would leave nil out.
extension KeyedSlotContainer {
    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try put(value, key) }
    func encodeIfPresent(_ value: String?, forKey key: Key) throws { try put(value, key) }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try put(value, key) }
    func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try put(value, key) }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try put(value, key) }
    func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try put(value, key) }
    func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try put(value, key) }
    func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try put(value, key) }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try put(value, key) }
    func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try put(value, key) }
    func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try put(value, key) }
    func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try put(value, key) }
    func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try put(value, key) }
    func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try put(value, key) }

    private func put<T: Encodable>(_ value: T?, _ key: Key) throws {
        let generic: (T?, Key) throws -> Void = encodeIfPresent
        try generic(value, key)
    }
}

/// Writes the elements of a list.
struct ListSlotContainer: UnkeyedEncodingContainer {
    let session: EncodingSession
    let slot: EncodingSlot
    let codingPath: [any CodingKey]

    var count: Int { slot.listCount }
    private var path: [any CodingKey] { codingPath + [PathKey(intValue: count)] }

    func encodeNil() { slot.append(.null) }

    func encode<T: Encodable>(_ value: T) throws { slot.append(try session.value(of: value, at: path)) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        superEncoder().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { superEncoder().unkeyedContainer() }

    func superEncoder() -> any Encoder {
        let path = path
        return SlotEncoder(session: session, slot: slot.appendSlot(), codingPath: path)
    }
}

/// Writes a value in the place of the whole.
struct ScalarSlotContainer: SingleValueEncodingContainer {
    let session: EncodingSession
    let slot: EncodingSlot
    let codingPath: [any CodingKey]

    func encodeNil() { slot.set(.null) }

    func encode<T: Encodable>(_ value: T) throws { slot.set(try session.value(of: value, at: codingPath)) }
}
