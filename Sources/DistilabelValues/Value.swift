// Re-exported: whoever handles an object handles an ordered dictionary, and should not need to know where that comes from.
@_exported public import OrderedCollections

/// A piece of data: what a cell of a row, a parameter of a component or a JSON document holds.
///
/// Integers and doubles are kept apart, so `1` and `1.0` survive a round trip through JSON, YAML and Parquet as what they were.
/// Objects keep the order of their keys.
public enum Value: Sendable {
    /// The absence of a value.
    case null
    /// A truth value.
    case bool(Bool)
    /// A 64-bit signed integer.
    case int(Int)
    /// A double-precision number.
    case double(Double)
    /// A text.
    case string(String)
    /// A list of values, of any mixture of kinds.
    case array([Value])
    /// Keys and their values, in order of insertion.
    indirect case object(Object)

    /// The keys and values of an object, in order of insertion.
    public typealias Object = OrderedDictionary<String, Value>
}

extension Value: Hashable {
    /// Compares by kind and content; two objects are equal when they hold equal values under equal keys, in whatever order.
    public static func == (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.double(let left), .double(let right)): left == right || (left.isNaN && right.isNaN)
        case (.string(let left), .string(let right)): left == right
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)):
            left.count == right.count && left.allSatisfy { key, value in right[key] == value }
        default: false
        }
    }

    /// Feeds the kind and the content; an object's hash does not depend on the order of its keys.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value):
            hasher.combine(1)
            hasher.combine(value)
        case .int(let value):
            hasher.combine(2)
            hasher.combine(value)
        case .double(let value):
            hasher.combine(3)
            hasher.combine(value.isNaN ? Double.nan : value)
        case .string(let value):
            hasher.combine(4)
            hasher.combine(value)
        case .array(let values):
            hasher.combine(5)
            hasher.combine(values)
        case .object(let object):
            hasher.combine(6)
            var mixed = 0
            for (key, value) in object {
                var inner = Hasher()
                inner.combine(key)
                inner.combine(value)
                mixed ^= inner.finalize()
            }
            hasher.combine(mixed)
        }
    }
}

// MARK: - Reading

extension Value {
    /// Whether this is the absence of a value.
    public var isNull: Bool { if case .null = self { true } else { false } }

    /// The truth value, or nil when this is of another kind.
    public var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// The integer, or nil when this is of another kind (a double is not rounded).
    public var intValue: Int? { if case .int(let value) = self { value } else { nil } }

    /// The number as a double, from a double or an integer; nil when this is of another kind.
    public var doubleValue: Double? {
        switch self {
        case .double(let value): value
        case .int(let value): Double(value)
        default: nil
        }
    }

    /// The text, or nil when this is of another kind.
    public var stringValue: String? { if case .string(let value) = self { value } else { nil } }

    /// The list, or nil when this is of another kind.
    public var arrayValue: [Value]? { if case .array(let values) = self { values } else { nil } }

    /// The object, or nil when this is of another kind.
    public var objectValue: Object? { if case .object(let object) = self { object } else { nil } }

    /// The value under a key of an object; nil when there is none or this is no object.
    ///
    /// Setting makes an object of a null.
    public subscript(key: String) -> Value? {
        get { if case .object(let object) = self { object[key] } else { nil } }
        set {
            switch self {
            case .object(var object):
                self = .null
                object[key] = newValue
                self = .object(object)
            case .null:
                guard let newValue else { return }
                self = .object([key: newValue])
            default: return
            }
        }
    }

    /// What kind of value this is, in the words that messages use: `null`, `bool`, `int`, `double`, `string`, `list` or `object`.
    public var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "bool"
        case .int: "int"
        case .double: "double"
        case .string: "string"
        case .array: "list"
        case .object: "object"
        }
    }
}

// MARK: - Literals

extension Value: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    /// Makes a null.
    public init(nilLiteral: ()) { self = .null }
    /// Makes a truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Makes an integer.
    public init(integerLiteral value: Int) { self = .int(value) }
    /// Makes a double.
    public init(floatLiteral value: Double) { self = .double(value) }
    /// Makes a text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// Makes a list.
    public init(arrayLiteral elements: Value...) { self = .array(elements) }
    /// Makes an object; of a key that stands twice the last one counts.
    public init(dictionaryLiteral elements: (String, Value)...) {
        self = .object(Object(elements, uniquingKeysWith: { _, last in last }))
    }
}
