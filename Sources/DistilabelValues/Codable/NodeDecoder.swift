/// The keys of one object that were asked for while a type, and the settings flattened into it, were decoded.
final class AskedKeys {
    private var names: [String] = []
    private var seen: Set<String> = []
    private var isKeyed = false
    private var takesAll = false

    /// The keys asked for, in order; nil when the whole object was taken, or no keys were wanted of it at all.
    var known: [String]? { isKeyed && !takesAll ? names : nil }

    func expectKeys() { isKeyed = true }
    func takeAll() { takesAll = true }

    func ask(_ name: String) {
        if seen.insert(name).inserted { names.append(name) }
    }
}

/// The decoder that types are handed.
struct NodeDecoder: Decoder {
    let session: DecodingSession
    /// The value; an object has the defaults of its missing keys.
    let value: Value
    /// The object as it was given.
    let given: Value.Object?
    let asked: AskedKeys
    let codingPath: [any CodingKey]

    /// Makes the decoder of a value, with the defaults of the type that is to be decoded from it.
    ///
    /// - Parameter given: The object as it was given, when `value` has defaults of a type around this one already.
    init(
        session: DecodingSession, value: Value, given: Value.Object? = nil, asked: AskedKeys,
        codingPath: [any CodingKey], filling type: Any.Type
    ) throws {
        self.session = session
        self.asked = asked
        self.codingPath = codingPath
        self.given = given ?? value.objectValue
        guard let providing = type as? any DefaultsProviding.Type, let stated = self.given,
            case .object(var object) = value
        else {
            self.value = value
            return
        }
        for key in providing.requiredKeys where stated[key]?.isNull ?? true {
            throw session.error(.missingKey, "'\(key)' is required and missing", at: codingPath + [PathKey(key)])
        }
        for (key, value) in try session.defaults(of: type) ?? [:] where object[key] == nil { object[key] = value }
        self.value = .object(object)
    }

    var userInfo: [CodingUserInfoKey: Any] { session.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let object) = value else {
            throw session.error(
                .typeMismatch, "an object is wanted, \(DecodingSession.show(value)) stands there", at: codingPath)
        }
        asked.expectKeys()
        return KeyedDecodingContainer(KeyedNodeContainer(decoder: self, object: object))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let list) = value else {
            throw session.error(
                .typeMismatch, "a list is wanted, \(DecodingSession.show(value)) stands there", at: codingPath)
        }
        return ListNodeContainer(decoder: self, list: list)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { ScalarNodeContainer(decoder: self) }
}
