/// Header fields in the order in which they stand; names compare without regard to case.
///
/// Printing shows the values of fields that carry keys as `***` (`Redaction.secretHeaders`).
public struct HTTPHeaders: Sendable {
    /// The fields as on the wire.
    public private(set) var fields: [(name: String, value: String)]

    /// Makes fields of names and values.
    public init(_ fields: [(name: String, value: String)] = []) { self.fields = fields }

    /// Adds a field behind the others, also where one of that name stands.
    public mutating func append(_ field: (name: String, value: String)) { fields.append(field) }

    /// The first value of a name; setting replaces all values of it, and nil removes them.
    public subscript(name: String) -> String? {
        get { fields.first { Self.isSame($0.name, name) }?.value }
        set {
            fields.removeAll { Self.isSame($0.name, name) }
            if let newValue { fields.append((name, newValue)) }
        }
    }

    /// All values of a name.
    public func values(of name: String) -> [String] {
        fields.filter { Self.isSame($0.name, name) }.map(\.value)
    }

    /// Whether all names and values can stand in a header: no line breaks, which would begin a header of somebody else's making.
    var areSendable: Bool {
        fields.allSatisfy { name, value in
            !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
                && value.utf8.allSatisfy { ($0 >= 0x20 || $0 == 0x09) && $0 != 0x7F }
        }
    }

    /// Whether two names are the same but for the case of ASCII letters.
    static func isSame(_ one: String, _ other: String) -> Bool {
        let one = one.utf8
        let other = other.utf8
        guard one.count == other.count else { return false }
        return zip(one, other).allSatisfy { first, second in
            first == second || (lowercase(first) == lowercase(second))
        }
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte | 0x20 : byte }
}

extension HTTPHeaders: ExpressibleByDictionaryLiteral {
    /// Makes fields in the order of the literal.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements.map { (name: $0.0, value: $0.1) })
    }
}

extension HTTPHeaders: Equatable {
    /// Whether the same fields stand in the same order; case matters in values only.
    public static func == (one: HTTPHeaders, other: HTTPHeaders) -> Bool {
        one.fields.count == other.fields.count
            && zip(one.fields, other.fields).allSatisfy { isSame($0.name, $1.name) && $0.value == $1.value }
    }
}

extension HTTPHeaders: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The fields, secrets starred.
    public var description: String {
        fields.map { "\($0.name): \(Redaction.value(of: $0.name, $0.value))" }.joined(separator: ", ")
    }
    /// The fields, secrets starred.
    public var debugDescription: String { "[\(description)]" }
    /// The fields, secrets starred.
    public var customMirror: Mirror {
        Mirror(self, children: fields.map { ($0.name, Redaction.value(of: $0.name, $0.value)) })
    }
}
