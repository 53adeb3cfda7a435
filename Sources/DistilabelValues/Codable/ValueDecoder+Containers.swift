/// Reads the keys of an object.
struct KeyedNodeContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: NodeDecoder
    let object: Value.Object

    private var session: DecodingSession { decoder.session }
    var codingPath: [any CodingKey] { decoder.codingPath }

    private func path(_ name: String) -> [any CodingKey] { codingPath + [PathKey(name)] }

    private func ask(_ key: Key) -> String {
        let name = session.options.keyStyle.key(of: key.stringValue)
        decoder.asked.ask(name)
        return name
    }

    /// The keys of the object that the type knows; whoever looks at all keys knows what to do with unknown ones.
    var allKeys: [Key] {
        decoder.asked.takeAll()
        let style = session.options.keyStyle
        return object.keys.compactMap { Key(stringValue: style.name(of: $0)) ?? Key(stringValue: $0) }
    }

    func contains(_ key: Key) -> Bool { object[ask(key)] != nil }

    func decodeNil(forKey key: Key) -> Bool { object[ask(key)]?.isNull ?? true }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        if type is any FlattenedSettings.Type { return try flattened(type) }
        let name = ask(key)
        return try session.decode(type, from: try value(name), at: path(name))
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        if type is any FlattenedSettings.Type { return try flattened(type) }
        let name = ask(key)
        guard let value = object[name], !value.isNull else { return nil }
        return try session.decode(type, from: value, at: path(name))
    }

    private func value(_ name: String) throws -> Value {
        if let value = object[name] { return value }
        var error = session.error(.missingKey, "'\(name)' is missing", at: path(name))
        error.suggestion = nil
        throw error
    }

    private func flattened<T: Decodable>(_ type: T.Type) throws -> T {
        try T(
            from: NodeDecoder(
                session: session, value: .object(object), given: decoder.given, asked: decoder.asked,
                codingPath: codingPath, filling: type))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try superDecoder(forKey: key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try superDecoder(forKey: key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        decoder.asked.ask("super")
        return try nested("super")
    }

    func superDecoder(forKey key: Key) throws -> any Decoder { try nested(ask(key)) }

    private func nested(_ name: String) throws -> NodeDecoder {
        try NodeDecoder(
            session: session, value: object[name] ?? .null, asked: AskedKeys(), codingPath: path(name),
            filling: Any.self)
    }
}

/// Reads the elements of a list.
struct ListNodeContainer: UnkeyedDecodingContainer {
    let decoder: NodeDecoder
    let list: [Value]
    private(set) var currentIndex = 0

    init(decoder: NodeDecoder, list: [Value]) {
        self.decoder = decoder
        self.list = list
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { list.count }
    var isAtEnd: Bool { currentIndex >= list.count }

    private var path: [any CodingKey] { codingPath + [PathKey(intValue: currentIndex)] }

    private func current() throws -> Value {
        if !isAtEnd { return list[currentIndex] }
        throw decoder.session.error(
            .missingKey, "the list ends after \(list.count) elements, more are wanted", at: path)
    }

    mutating func decodeNil() throws -> Bool {
        guard try current().isNull else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        let element = try decoder.session.decode(type, from: try current(), at: path)
        currentIndex += 1
        return element
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try superDecoder().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try superDecoder().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder {
        let nested = try NodeDecoder(
            session: decoder.session, value: try current(), asked: AskedKeys(), codingPath: path, filling: Any.self)
        currentIndex += 1
        return nested
    }
}

/// Reads the whole value.
struct ScalarNodeContainer: SingleValueDecodingContainer {
    let decoder: NodeDecoder

    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.value.isNull }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        // Whoever takes the value as a whole, or hands it on to another type, answers for its keys.
        decoder.asked.takeAll()
        return try decoder.session.decode(type, from: decoder.value, at: codingPath)
    }
}
