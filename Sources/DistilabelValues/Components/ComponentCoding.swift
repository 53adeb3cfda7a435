/// How components stand in files: their parameters and, beside them, `type_info: {module, name}`.
public enum ComponentCoding {
    /// The key beside the parameters that names the type.
    public static let typeInfoKey = "type_info"
    /// The short form of the same: `type: TextGeneration`.
    public static let typeKey = "type"
    /// What Python writes for its own use; ignored on reading.
    public static let ignoredKeys: Set<String> = ["runtime_parameters_info"]

    /// The type's name that an object states, or nil when it states none.
    public static func typeName(in object: Value.Object) -> String? {
        object[typeInfoKey]?["name"]?.stringValue ?? object[typeKey]?.stringValue
    }

    /// A component as an object: its parameters and `type_info`.
    ///
    /// - Throws: `ValueCodingError` when a parameter cannot be encoded.
    public static func encode(_ component: any Component) throws -> Value.Object {
        guard case .object(var object) = try ValueEncoder(keyStyle: .snakeCase).encode(component) else { return [:] }
        let type = Swift.type(of: component)
        object[typeInfoKey] = [
            "module": .string(type.pythonModule ?? "distilabel"), "name": .string(type.componentName),
        ]
        return object
    }

    /// Reads a component of a known type from its parameters.
    ///
    /// - Throws: `ValueCodingError` with the path of what is wrong.
    public static func decode<C: Component>(
        _ type: C.Type, from object: Value.Object, registry: ComponentRegistry
    ) throws -> C {
        var parameters = object
        parameters[typeInfoKey] = nil
        // `type` names the component only where the component has no parameter of that name itself.
        if parameters[typeKey]?.stringValue.flatMap({ registry.entry(named: $0) })?.type == type {
            parameters[typeKey] = nil
        }
        for key in ignoredKeys { parameters[key] = nil }
        return try ValueDecoder(
            keyStyle: .snakeCase, unknownKeys: .refuse, userInfo: [.componentRegistry: registry]
        ).decode(type, from: .object(parameters))
    }

    /// Reads a component whose type the object names.
    ///
    /// - Throws: `ValueCodingError` when no type is named, none of that name is known, or a parameter is wrong.
    public static func decode(from object: Value.Object, registry: ComponentRegistry) throws -> any Component {
        guard let name = typeName(in: object) else {
            throw ValueCodingError(
                code: .missingKey, path: "",
                message: "it does not say what it is: add `type_info: {name: …}` or `type: …`")
        }
        guard let entry = registry.entry(named: name) else {
            let nearest = registry.nearest(to: name)
            throw ValueCodingError(
                code: .invalid, path: "", message: "there is no component named '\(name)'", suggestion: nearest)
        }
        return try decode(entry.type, from: object, registry: registry)
    }
}
