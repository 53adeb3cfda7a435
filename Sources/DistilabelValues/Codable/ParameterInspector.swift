/// One parameter of a component, as `components show` tells of it.
public struct Parameter: Sendable, Hashable {
    /// Its key: `num_generations`.
    public var name: String
    /// What is wanted: `string`, `int`, `list of double`, `string or null`, `object`.
    public var typeName: String
    /// What it is when it is left out.
    public var defaultValue: Value
    /// Whether it must be given.
    public var isRequired: Bool
    /// The texts that it may be, when only some are allowed.
    public var allowedValues: [String]?
    /// The parameters of the object that it is; empty for everything else.
    public var children: [Parameter]

    /// Makes the description of a parameter.
    public init(
        name: String, typeName: String, defaultValue: Value, isRequired: Bool = false, allowedValues: [String]? = nil,
        children: [Parameter] = []
    ) {
        self.name = name
        self.typeName = typeName
        self.defaultValue = defaultValue
        self.isRequired = isRequired
        self.allowedValues = allowedValues
        self.children = children
    }
}

/// Finds out which parameters a type has, from its `Codable` conformance and its defaults.
public struct ParameterInspector: Sendable {
    /// How the names of properties stand as keys.
    public var keyStyle: KeyStyle

    /// Makes an inspector.
    public init(keyStyle: KeyStyle = .snakeCase) { self.keyStyle = keyStyle }

    /// The parameters of a type in the order of its properties, those of flattened settings in their place.
    ///
    /// - Throws: `ValueCodingError` when the defaults cannot be encoded.
    public static func parameters(
        of type: any DefaultsProviding.Type, keyStyle: KeyStyle = .snakeCase
    ) throws -> [Parameter] {
        try ParameterInspector(keyStyle: keyStyle).parameters(of: type)
    }

    /// The parameters of a type in the order of its properties, those of flattened settings in their place.
    ///
    /// - Throws: `ValueCodingError` when the defaults cannot be encoded.
    public func parameters(of type: any DefaultsProviding.Type) throws -> [Parameter] {
        try parameters(of: type.defaults, required: Set(type.requiredKeys), ancestors: [ObjectIdentifier(type)])
    }

    private func parameters(
        of instance: some Encodable, required: Set<String>, ancestors: [ObjectIdentifier]
    ) throws -> [Parameter] {
        let observer = PropertyObserver()
        let object = try ValueEncoder(keyStyle: keyStyle).encode(instance, observer: observer)
        return try observer.properties.map { property in
            let value = object[property.key] ?? .null
            let children = try children(of: property, ancestors: ancestors)
            return Parameter(
                name: property.key, typeName: typeName(of: property, value: value, children: children),
                defaultValue: value, isRequired: required.contains(property.key),
                allowedValues: TypeNames.allowedValues(of: property.type), children: children)
        }
    }

    private func typeName(of property: PropertyObserver.Property, value: Value, children: [Parameter]) -> String {
        let name: String
        if let known = TypeNames.known(property.type) {
            name = known
        } else if TypeNames.allowedValues(of: property.type) != nil {
            name = "string"
        } else if !children.isEmpty || value.isNull {
            name = "object"
        } else {
            name = value.kindName
        }
        return property.isOptional && !name.hasSuffix(" or null") ? name + " or null" : name
    }

    /// The parameters of a property that is an object with keys of its own.
    private func children(
        of property: PropertyObserver.Property, ancestors: [ObjectIdentifier]
    ) throws -> [Parameter] {
        // A type that has itself inside would never end.
        guard TypeNames.known(property.type) == nil, !ancestors.contains(ObjectIdentifier(property.type)) else {
            return []
        }
        let below = ancestors + [ObjectIdentifier(property.type)]
        if let type = property.type as? any DefaultsProviding.Type {
            return try parameters(of: type.defaults, required: Set(type.requiredKeys), ancestors: below)
        }
        guard let instance = property.instance else { return [] }
        return try parameters(of: instance, required: [], ancestors: below)
    }
}
