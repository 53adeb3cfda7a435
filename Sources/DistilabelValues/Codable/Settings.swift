/// A type whose parameters may be left out: what is missing in the object that is decoded has the value that it has in `defaults`.
///
/// So a struct with plain `var count = 5` properties and a synthesized `Codable` conformance reads partial input.
public protocol DefaultsProviding: Codable {
    /// An instance with the default of every parameter; those of required ones are never used.
    static var defaults: Self { get }
    /// The keys that must be given and not be null, as they are encoded (`num_generations`); none unless said otherwise.
    static var requiredKeys: [String] { get }
}

extension DefaultsProviding {
    /// No parameter is required.
    public static var requiredKeys: [String] { [] }
}

/// Marks settings that stand among the keys of the object around them: a property of such a type has no key of its own.
///
/// It is encoded into its parent's object and decoded from it; the name of the property does not show. An optional
/// property of such a type is always decoded, so it should not be optional.
public protocol FlattenedSettings: Codable {}

/// A type that says what parameter tables call it, such as `llm`.
public protocol ParameterTypeNaming {
    /// What parameter tables call the type.
    static var parameterTypeName: String { get }
}
