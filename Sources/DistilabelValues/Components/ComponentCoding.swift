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
            let module = object[typeInfoKey]?["module"]?.stringValue
            throw missing(name, module: module, registry: registry)
        }
        return try decode(entry.type, from: object, registry: registry)
    }
}

// MARK: - Components that are not there

extension ComponentCoding {
    /// The error of a name that leads to no component: what takes its place, or which name was probably meant.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - module: The module that Python would import it from, where the file says so.
    public static func missing(
        _ name: String, module: String? = nil, registry: ComponentRegistry
    ) -> ValueCodingError {
        if let advice = registry.advice(onAbsent: name) {
            return ValueCodingError(code: .invalid, path: "", message: "'\(name)' \(advice)")
        }
        if let module, module.prefix(while: { $0 != "." }) != "distilabel" {
            return ValueCodingError(
                code: .invalid, path: "",
                message:
                    "there is no component named '\(name)': `\(module)` is somebody's own Python, which does not run here; write a type of that name in Swift and register it",
                suggestion: registry.nearest(to: name))
        }
        return ValueCodingError(
            code: .invalid, path: "", message: "there is no component named '\(name)'",
            suggestion: registry.nearest(to: name))
    }

    /// All components that an object names, itself and inside of its parameters, and that are not there: an error each.
    ///
    /// Lists are not looked into: no component stands in one, but rows that may look like one do.
    public static func missing(in object: Value.Object, registry: ComponentRegistry) -> [ValueCodingError] {
        var found: [ValueCodingError] = []
        let stated = object[typeInfoKey]?["name"]?.stringValue
        // `type` alone may be a parameter of whatever meaning, a schema's for instance.
        let known = object[typeKey]?.stringValue.flatMap { registry.advice(onAbsent: $0) == nil ? nil : $0 }
        if let name = stated ?? known, registry.entry(named: name) == nil {
            found.append(missing(name, module: object[typeInfoKey]?["module"]?.stringValue, registry: registry))
        }
        for (key, value) in object where key != typeInfoKey {
            guard case .object(let inner) = value else { continue }
            found += missing(in: inner, registry: registry).map { $0.inside(key) }
        }
        return found
    }
}
