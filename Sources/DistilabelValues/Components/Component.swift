/// A value that configures a part of a pipeline: a step, a task or a model.
///
/// The stored properties are the parameters, under the names that a `pipeline.yaml` uses in snake case. YAML, runtime parameters,
/// signatures and documentation all follow from the `Codable` conformance, so a component declares nothing twice.
///
///     struct Shout: RowStep {
///         var column = "text"
///         static let defaults = Shout()
///         …
///     }
public protocol Component: DefaultsProviding, Sendable {
    /// The name in `pipeline.yaml`; the type's name unless said otherwise.
    static var componentName: String { get }
    /// Other names under which files may mention it.
    static var aliases: [String] { get }
    /// The module under which Python's distilabel knows it, written into saved pipelines; nil for what Python does not have.
    static var pythonModule: String? { get }
    /// What `components show` says about it.
    static var documentation: ComponentDocumentation { get }
    /// What saved pipelines have in its place: itself, or a component of today that does the same as one of old.
    var successor: any Component { get }
}

extension Component {
    /// The type's name.
    public static var componentName: String { String(describing: Self.self) }
    /// No other names.
    public static var aliases: [String] { [] }
    /// Not known to Python's distilabel.
    public static var pythonModule: String? { nil }
    /// Itself.
    public var successor: any Component { self }
    /// Nothing to say.
    public static var documentation: ComponentDocumentation { ComponentDocumentation(summary: "") }
}

/// What a person reads about a component.
public struct ComponentDocumentation: Sendable {
    /// One sentence: what it does.
    public var summary: String
    /// More about its behaviour; may be empty.
    public var discussion: String
    /// What each parameter means, by its name in `pipeline.yaml`.
    public var parameters: [String: String]
    /// The paper or page that describes the method.
    public var source: String?
    /// What whoever uses the component should cite; the paper of ``source`` unless said otherwise.
    public var citations: [Citation]

    /// Makes the documentation of a component.
    ///
    /// - Parameter citations: What to cite; left out, it is the paper at `source` where that is a known one
    ///   (``Citation/known(at:)``).
    public init(
        summary: String, discussion: String = "", parameters: [String: String] = [:], source: String? = nil,
        citations: [Citation]? = nil
    ) {
        self.summary = summary
        self.discussion = discussion
        self.parameters = parameters
        self.source = source
        self.citations = citations ?? source.flatMap(Citation.known).map { [$0] } ?? []
    }
}
