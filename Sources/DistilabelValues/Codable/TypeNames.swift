internal import OrderedCollections

/// The names of types as people read them.
enum TypeNames {
    /// `string`, `int`, `list of double`, `string or null`; the name of the Swift type where nothing better is known.
    static func name(of type: Any.Type) -> String {
        known(type) ?? (allowedValues(of: type) == nil ? String(describing: type) : "string")
    }

    /// The same, nil where nothing better than the Swift type's name is known.
    static func known(_ type: Any.Type) -> String? {
        switch type {
        case is String.Type: return "string"
        case is Bool.Type: return "bool"
        case is Double.Type, is Float.Type: return "double"
        case is Value.Type: return "any value"
        case is Row.Type: return "object"
        default: break
        }
        if type is any FixedWidthInteger.Type { return "int" }
        if let naming = type as? any ParameterTypeNaming.Type { return naming.parameterTypeName }
        return (type as? any CompoundTypeName.Type)?.compoundName
    }

    /// The raw values of an enumeration of texts, nil for other types.
    static func allowedValues(of type: Any.Type) -> [String]? {
        guard let type = type as? any CaseIterable.Type else { return nil }
        func names<C: CaseIterable>(_: C.Type) -> [String]? {
            let names = C.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
            return names.isEmpty ? nil : names
        }
        return names(type)
    }

    static func article(_ name: String) -> String {
        guard let first = name.first else { return name }
        return ("aeiou".contains(first.lowercased()) ? "an " : "a ") + name
    }
}

/// A generic type whose name is made of those of its parts.
protocol CompoundTypeName {
    static var compoundName: String { get }
}

extension Optional: CompoundTypeName {
    static var compoundName: String { TypeNames.name(of: Wrapped.self) + " or null" }
}

extension Array: CompoundTypeName {
    static var compoundName: String { "list of " + TypeNames.name(of: Element.self) }
}

extension Set: CompoundTypeName {
    static var compoundName: String { "list of " + TypeNames.name(of: Element.self) }
}

extension Dictionary: CompoundTypeName {
    static var compoundName: String { Key.self == String.self ? "object of " + TypeNames.name(of: Value.self) : "list" }
}

extension OrderedDictionary: CompoundTypeName {
    static var compoundName: String { Key.self == String.self ? "object of " + TypeNames.name(of: Value.self) : "list" }
}
