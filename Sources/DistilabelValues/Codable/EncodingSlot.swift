/// A value in the making: what an encoder and its containers write to.
final class EncodingSlot {
    private enum Content {
        case empty
        case value(Value)
        /// Under the keys of `nested` null stands until their slots are complete.
        case object(Value.Object, nested: [String: EncodingSlot])
        case list([Value], nested: [Int: EncodingSlot])
    }

    private var content = Content.empty

    /// The finished value; an object without keys when nothing was written.
    var resolved: Value {
        switch content {
        case .empty: return .object([:])
        case .value(let value): return value
        case .object(var object, let nested):
            for (key, slot) in nested { object[key] = slot.resolved }
            return .object(object)
        case .list(var list, let nested):
            for (position, slot) in nested { list[position] = slot.resolved }
            return .array(list)
        }
    }

    func set(_ value: Value) {
        // Settings that are flattened may write a whole object beside the keys that stand here already.
        if case .object(let object) = value, case .object = content {
            for (key, value) in object { set(value, forKey: key) }
        } else {
            content = .value(value)
        }
    }

    func makeObject() {
        switch content {
        case .object: break
        case .value(.object(let object)): content = .object(object, nested: [:])
        default: content = .object([:], nested: [:])
        }
    }

    func set(_ value: Value, forKey key: String) {
        guard case .object(var object, var nested) = content else { return }
        content = .empty
        object[key] = value
        nested[key] = nil
        content = .object(object, nested: nested)
    }

    func slot(forKey key: String) -> EncodingSlot {
        let slot = EncodingSlot()
        guard case .object(var object, var nested) = content else { return slot }
        content = .empty
        object[key] = .null
        nested[key] = slot
        content = .object(object, nested: nested)
        return slot
    }

    var listCount: Int { if case .list(let list, _) = content { list.count } else { 0 } }

    func makeList() {
        if case .list = content { return }
        content = .list([], nested: [:])
    }

    func append(_ value: Value) {
        guard case .list(var list, let nested) = content else { return }
        content = .empty
        list.append(value)
        content = .list(list, nested: nested)
    }

    func appendSlot() -> EncodingSlot {
        let slot = EncodingSlot()
        guard case .list(var list, var nested) = content else { return slot }
        content = .empty
        nested[list.count] = slot
        list.append(.null)
        content = .list(list, nested: nested)
        return slot
    }
}

/// The encoder that types are handed.
struct SlotEncoder: Encoder {
    let session: EncodingSession
    let slot: EncodingSlot
    let codingPath: [any CodingKey]

    var userInfo: [CodingUserInfoKey: Any] { session.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        slot.makeObject()
        return KeyedEncodingContainer(KeyedSlotContainer(session: session, slot: slot, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        slot.makeList()
        return ListSlotContainer(session: session, slot: slot, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        ScalarSlotContainer(session: session, slot: slot, codingPath: codingPath)
    }
}
