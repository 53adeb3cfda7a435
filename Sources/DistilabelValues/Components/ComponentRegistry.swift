/// The components that files may name: a value that is handed to whoever reads a pipeline; there is no global one.
///
///     var registry = ComponentRegistry.standard
///     registry.register(Shout.self)
public struct ComponentRegistry: Sendable {
    /// What is known of one component.
    public struct Entry: Sendable {
        /// Its name in files.
        public let name: String
        /// Its type.
        public let type: any Component.Type
    }

    private var entriesByName: [String: Entry] = [:]
    private var namesByAlias: [String: String] = [:]
    private var adviceByAbsentName: [String: String] = [:]

    /// Makes an empty registry.
    public init() {}

    /// Adds a component under its name and its aliases; one of the same name is replaced.
    public mutating func register(_ type: any Component.Type) {
        entriesByName[type.componentName] = Entry(name: type.componentName, type: type)
        for alias in type.aliases { namesByAlias[alias] = type.componentName }
    }

    /// Adds several components.
    public mutating func register(_ types: [any Component.Type]) {
        for type in types { register(type) }
    }

    /// The component of a name or alias, or nil.
    public func entry(named name: String) -> Entry? {
        entriesByName[name] ?? namesByAlias[name].flatMap { entriesByName[$0] }
    }

    /// Notes a component that exists elsewhere but not here, and what to do instead.
    ///
    /// Of no effect for a name that is registered, whichever comes first.
    ///
    /// - Parameters:
    ///   - name: Its name in files.
    ///   - advice: Why it is not here and what takes its place, as is said behind its name: `is not here yet; take …`.
    public mutating func note(absent name: String, advice: String) { adviceByAbsentName[name] = advice }

    /// What was noted of a component that is not here; nil for one that is, and for one that nobody has heard of.
    public func advice(onAbsent name: String) -> String? {
        entry(named: name) == nil ? adviceByAbsentName[name] : nil
    }

    /// The names that were noted as not here and are not registered, in alphabetical order.
    public var absentNames: [String] { adviceByAbsentName.keys.filter { entry(named: $0) == nil }.sorted() }

    /// All components, by name.
    public var entries: [Entry] { entriesByName.values.sorted { $0.name < $1.name } }

    /// The known name nearest to one that is not known, when one is near enough to be meant.
    public func nearest(to name: String) -> String? {
        Nearest.match(name, in: Array(entriesByName.keys) + Array(namesByAlias.keys))
    }
}

extension CodingUserInfoKey {
    /// Under this key decoders carry the registry that resolves component names.
    public static let componentRegistry = named("distilabel.componentRegistry")

    /// Under this key encoders carry `true` where secrets may be written: never into a file, only into a value that becomes the same
    /// component again.
    public static let revealsSecrets = named("distilabel.revealsSecrets")

    /// The key of a name; the initialiser only fails for types that cannot bear raw values.
    private static func named(_ name: String) -> CodingUserInfoKey {
        guard let key = CodingUserInfoKey(rawValue: name) else { preconditionFailure("a user info key has any name") }
        return key
    }
}
