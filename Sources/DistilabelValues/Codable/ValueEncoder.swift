internal import OrderedCollections

/// Makes values of `Codable` types.
///
/// Optional properties that are nil are written as null, so that every parameter of a type shows. A `Value` is taken as it
/// is, a dictionary whose keys are texts becomes an object with its keys unchanged (sorted, since it has no order), and
/// `FlattenedSettings` are written into the object around them.
public struct ValueEncoder: Sendable {
    /// How the names of properties stand as keys; keys of dictionaries never change.
    public var keyStyle: KeyStyle
    /// Whether nil properties are written as null (the default) or left out.
    public var writesNulls: Bool
    /// Handed to the types' `encode(to:)`.
    public var userInfo: [CodingUserInfoKey: any Sendable]

    /// Makes an encoder.
    public init(
        keyStyle: KeyStyle = .asWritten, writesNulls: Bool = true, userInfo: [CodingUserInfoKey: any Sendable] = [:]
    ) {
        self.keyStyle = keyStyle
        self.writesNulls = writesNulls
        self.userInfo = userInfo
    }

    /// The value of an instance.
    ///
    /// - Throws: `ValueCodingError` when the type refuses or an integer does not fit 64 bits.
    public func encode(_ instance: some Encodable) throws -> Value {
        try encode(instance, observer: nil)
    }

    func encode(_ instance: some Encodable, observer: PropertyObserver?) throws -> Value {
        let session = EncodingSession(
            keyStyle: keyStyle, writesNulls: writesNulls, userInfo: userInfo.mapValues { $0 }, observer: observer)
        do {
            return try session.value(of: instance, at: [])
        } catch let EncodingError.invalidValue(_, context) {
            throw ValueCodingError(
                code: .invalid, path: Path.text(context.codingPath), message: context.debugDescription)
        }
    }
}

/// Hears of the properties of the outermost object while it is encoded.
final class PropertyObserver {
    /// One property: its key, its static type, and whether it is optional.
    struct Property {
        var key: String
        var type: Any.Type
        var isOptional: Bool
        var instance: (any Encodable)?
    }

    private(set) var properties: [Property] = []

    func see<T: Encodable>(_ key: String, _ instance: T?, isOptional: Bool) {
        properties.append(Property(key: key, type: T.self, isOptional: isOptional, instance: instance))
    }
}

/// What stays the same during one encoding.
final class EncodingSession {
    let keyStyle: KeyStyle
    let writesNulls: Bool
    let userInfo: [CodingUserInfoKey: Any]
    let observer: PropertyObserver?

    init(keyStyle: KeyStyle, writesNulls: Bool, userInfo: [CodingUserInfoKey: Any], observer: PropertyObserver?) {
        self.keyStyle = keyStyle
        self.writesNulls = writesNulls
        self.userInfo = userInfo
        self.observer = observer
    }

    /// The value of an instance at a path.
    func value<T: Encodable>(of instance: T, at path: [any CodingKey]) throws -> Value {
        if let scalar = try scalar(instance, at: path) { return scalar }
        if let keyed = instance as? any StringKeyedEncodable { return try keyed.object(by: self, at: path) }
        let slot = EncodingSlot()
        try instance.encode(to: SlotEncoder(session: self, slot: slot, codingPath: path))
        return slot.resolved
    }

    private func scalar<T: Encodable>(_ instance: T, at path: [any CodingKey]) throws -> Value? {
        switch instance {
        case let value as Value: return value
        case let value as String: return .string(value)
        case let value as Int: return .int(value)
        case let value as Double: return .double(value)
        case let value as Bool: return .bool(value)
        // Through its shortest text a float keeps the digits that it was written with: 0.1, not 0.10000000149.
        case let value as Float: return .double(Double(value.description) ?? Double(value))
        case let value as any FixedWidthInteger:
            guard let value = Int(exactly: value) else {
                throw ValueCodingError(
                    code: .invalid, path: Path.text(path), message: "\(value) does not fit a 64-bit signed integer")
            }
            return .int(value)
        default: return nil
        }
    }
}

/// A dictionary that becomes an object whose keys are data and never change.
private protocol StringKeyedEncodable {
    func object(by session: EncodingSession, at path: [any CodingKey]) throws -> Value
}

extension Dictionary: StringKeyedEncodable where Key == String, Value: Encodable {
    fileprivate func object(by session: EncodingSession, at path: [any CodingKey]) throws -> DistilabelValues.Value {
        var object = DistilabelValues.Value.Object(minimumCapacity: count)
        for (key, element) in self.sorted(by: { $0.key < $1.key }) {
            object[key] = try session.value(of: element, at: path + [PathKey(key)])
        }
        return .object(object)
    }
}

extension OrderedDictionary: StringKeyedEncodable where Key == String, Value: Encodable {
    fileprivate func object(by session: EncodingSession, at path: [any CodingKey]) throws -> DistilabelValues.Value {
        var object = DistilabelValues.Value.Object(minimumCapacity: count)
        for (key, element) in self { object[key] = try session.value(of: element, at: path + [PathKey(key)]) }
        return .object(object)
    }
}
