extension Value: Codable {
    /// Reads whatever stands there.
    public init(from decoder: any Decoder) throws {
        if let node = decoder as? NodeDecoder {
            node.asked.takeAll()
            self = node.value
            return
        }
        if let container = try? decoder.container(keyedBy: PathKey.self) {
            var object = Object(minimumCapacity: container.allKeys.count)
            for key in container.allKeys { object[key.stringValue] = try container.decode(Value.self, forKey: key) }
            self = .object(object)
        } else if var container = try? decoder.unkeyedContainer() {
            var list: [Value] = []
            while !container.isAtEnd { list.append(try container.decode(Value.self)) }
            self = .array(list)
        } else {
            self = try Self.scalar(in: decoder.singleValueContainer())
        }
    }

    private static func scalar(in container: any SingleValueDecodingContainer) throws -> Value {
        if container.decodeNil() { return .null }
        if let value = try? container.decode(Bool.self) { return .bool(value) }
        if let value = try? container.decode(Int.self) { return .int(value) }
        if let value = try? container.decode(Double.self) { return .double(value) }
        return .string(try container.decode(String.self))
    }

    /// Writes the value as what it is; objects keep their keys.
    public func encode(to encoder: any Encoder) throws {
        if let encoder = encoder as? SlotEncoder { return encoder.slot.set(self) }
        switch self {
        case .array(let list):
            var container = encoder.unkeyedContainer()
            for value in list { try container.encode(value) }
        case .object(let object):
            var container = encoder.container(keyedBy: PathKey.self)
            for (key, value) in object { try container.encode(value, forKey: PathKey(key)) }
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .bool(let value): try Self.put(value, encoder)
        case .int(let value): try Self.put(value, encoder)
        case .double(let value): try Self.put(value, encoder)
        case .string(let value): try Self.put(value, encoder)
        }
    }

    private static func put(_ value: some Encodable, _ encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}
