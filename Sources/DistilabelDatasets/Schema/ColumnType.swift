public import DistilabelValues

/// The type that all values of a column have, or are given so that the column can be one of a file.
///
/// Types only ever widen, so a column of which the first million rows were null can still become one of texts:
///
/// - null gives way to whatever comes;
/// - integers and doubles together are doubles;
/// - lists widen by their elements, objects by their fields (a field that a value lacks is null in it);
/// - everything else together is ``mixed``: texts stay what they are and all other values become their JSON.
public indirect enum ColumnType: Hashable, Sendable {
    /// Nothing but nulls have been seen.
    case null
    /// Truth values.
    case bool
    /// Integers.
    case int
    /// Doubles, and integers among them.
    case double
    /// Texts.
    case string
    /// Lists whose elements are of one type.
    case list(ColumnType)
    /// Objects, with the type of each field under its name.
    case object(OrderedDictionary<String, ColumnType>)
    /// Values of kinds that do not go together, as text: a text as it is, all else as compact JSON.
    case mixed

    /// How many fields an object has at most; one with more is a map rather than a record, and is kept as JSON.
    public static let fieldLimit = 512
    /// How deep types nest; what lies deeper is kept as JSON.
    public static let depthLimit = 24
}

// MARK: - Widening

extension ColumnType {
    /// Whether a value can be one of a column of this type without widening it.
    public func accepts(_ value: Value) -> Bool {
        switch (self, value) {
        case (_, .null), (.mixed, _), (.bool, .bool), (.int, .int), (.double, .double), (.double, .int),
            (.string, .string):
            return true
        case (.list(let element), .array(let values)):
            for value in values where !element.accepts(value) { return false }
            return true
        case (.object(let fields), .object(let object)):
            // Keys mostly stand in the same order in all values, so the place is tried before the name.
            let keys = object.keys
            let values = object.values
            for position in keys.indices {
                let key = keys[position]
                if position < fields.count, fields.keys[position] == key {
                    guard fields.values[position].accepts(values[position]) else { return false }
                } else if let field = fields[key] {
                    guard field.accepts(values[position]) else { return false }
                } else {
                    return false
                }
            }
            return true
        default: return false
        }
    }

    /// This type, widened so that it accepts a value.
    public func widened(by value: Value) -> ColumnType {
        accepts(value) ? self : union(ColumnType(of: value))
    }

    /// The type of one value.
    public init(of value: Value) { self = Self.type(of: value, depth: 0) }

    private static func type(of value: Value, depth: Int) -> ColumnType {
        switch value {
        case .null: return .null
        case .bool: return .bool
        case .int: return .int
        case .double: return .double
        case .string: return .string
        case .array(let values):
            guard depth < depthLimit else { return .mixed }
            return .list(
                values.reduce(.null) { $0.accepts($1) ? $0 : $0.union(type(of: $1, depth: depth + 1)) })
        case .object(let object):
            guard depth < depthLimit, object.count <= fieldLimit else { return .mixed }
            return .object(object.mapValues { type(of: $0, depth: depth + 1) })
        }
    }

    /// The narrowest type that accepts all that either accepts.
    public func union(_ other: ColumnType) -> ColumnType {
        switch (self, other) {
        case (.null, let type), (let type, .null): return type
        case (.bool, .bool), (.int, .int), (.double, .double), (.string, .string): return self
        case (.int, .double), (.double, .int): return .double
        case (.list(let left), .list(let right)): return .list(left.union(right))
        case (.object(var fields), .object(let others)):
            for (name, type) in others { fields[name] = fields[name]?.union(type) ?? type }
            return fields.count <= Self.fieldLimit ? .object(fields) : .mixed
        default: return .mixed
        }
    }
}

// MARK: - Fitting values

extension ColumnType {
    /// Whether every value that this type accepts is written as it is.
    var isVerbatim: Bool {
        switch self {
        case .null, .bool, .int, .string: true
        case .double, .mixed: false
        case .list(let element): element.isVerbatim
        case .object(let fields): !fields.isEmpty && fields.values.allSatisfy(\.isVerbatim)
        }
    }

    /// A value as a column of this type holds it; the value must be one that the type accepts.
    func fitted(_ value: Value) -> Value {
        switch (self, value) {
        case (_, .null): return .null
        case (.double, .int(let number)): return .double(Double(number))
        case (.mixed, .string): return value
        case (.mixed, _): return .string(JSON.string(value))
        case (.list(let element), .array(let values)):
            return element.isVerbatim ? value : .array(values.map { element.fitted($0) })
        case (.object(let fields), .object(let object)):
            if fields.isEmpty { return .string("{}") }
            var fitted = object
            for (position, (name, inner)) in object.enumerated() {
                guard let type = fields[name], !type.isVerbatim else { continue }
                fitted.values[position] = type.fitted(inner)
            }
            return .object(fitted)
        default: return value
        }
    }
}

extension ColumnType: CustomStringConvertible {
    /// The type as people read it: `list<{role: string, content: string}>`.
    public var description: String {
        switch self {
        case .null: "null"
        case .bool: "bool"
        case .int: "int"
        case .double: "double"
        case .string: "string"
        case .list(let element): "list<\(element)>"
        case .object(let fields): "{" + fields.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
        case .mixed: "mixed"
        }
    }
}
