internal import OrderedCollections

extension DecodingSession {
    /// The instance, when the type is a scalar or a `Value`; nil for all other types.
    func scalar<T: Decodable>(_ type: T.Type, from value: Value, at path: [any CodingKey]) throws -> T? {
        let instance: Any?
        if type == Value.self {
            instance = value
        } else if type == String.self {
            instance = value.stringValue
        } else if type == Int.self {
            instance = Self.integer(Int.self, value)
        } else if type == Double.self {
            instance = value.doubleValue
        } else if type == Bool.self {
            instance = value.boolValue
        } else if type == Float.self {
            instance = value.doubleValue.map { Float($0) }
        } else if let integer = type as? any FixedWidthInteger.Type {
            instance = Self.integer(integer, value)
        } else {
            return nil
        }
        guard let result = instance as? T else { throw mismatch(type, value, at: path) }
        return result
    }

    private static func integer<I: FixedWidthInteger>(_ type: I.Type, _ value: Value) -> I? {
        switch value {
        case .int(let value): I(exactly: value)
        case .double(let value): I(exactly: value)
        default: nil
        }
    }
}

/// A dictionary that is made of an object whose keys are data and never change.
protocol StringKeyedDecodable {
    static func decode(_ value: Value, by session: DecodingSession, at path: [any CodingKey]) throws -> Any
}

extension Dictionary: StringKeyedDecodable where Key == String, Value: Decodable {
    static func decode(
        _ value: DistilabelValues.Value, by session: DecodingSession, at path: [any CodingKey]
    ) throws -> Any {
        guard case .object(let object) = value else { throw session.mismatch(Self.self, value, at: path) }
        var dictionary = Self(minimumCapacity: object.count)
        for (key, element) in object {
            dictionary[key] = try session.decode(Value.self, from: element, at: path + [PathKey(key)])
        }
        return dictionary
    }
}

extension OrderedDictionary: StringKeyedDecodable where Key == String, Value: Decodable {
    static func decode(
        _ value: DistilabelValues.Value, by session: DecodingSession, at path: [any CodingKey]
    ) throws -> Any {
        guard case .object(let object) = value else { throw session.mismatch(Self.self, value, at: path) }
        var dictionary = Self(minimumCapacity: object.count)
        for (key, element) in object {
            dictionary[key] = try session.decode(Value.self, from: element, at: path + [PathKey(key)])
        }
        return dictionary
    }
}
