public import DistilabelValues

/// Headers that a user adds to every request.
///
/// They may hold keys, so they are read from files and never written into one.
public struct SecretHeaders: Sendable, Hashable, Codable, ExpressibleByDictionaryLiteral, CustomStringConvertible,
    CustomReflectable, ParameterTypeNaming
{
    /// The headers, by name; to be handed to a request and nowhere else.
    public let exposed: [String: String]

    /// Makes headers.
    public init(_ headers: [String: String]) { exposed = headers }
    /// Makes headers of a literal.
    public init(dictionaryLiteral elements: (String, String)...) {
        exposed = Dictionary(elements) { _, last in last }
    }
    /// Reads names and values.
    public init(from decoder: any Decoder) throws {
        exposed = try decoder.singleValueContainer().decode([String: String].self)
    }
    /// Writes null, unless secrets are revealed, as with `Secret`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if encoder.userInfo[.revealsSecrets] as? Bool == true {
            try container.encode(exposed)
        } else {
            try container.encodeNil()
        }
    }
    /// How parameter tables call it.
    public static var parameterTypeName: String { "object of secret" }
    /// The names, without the values.
    public var description: String { "[\(exposed.keys.sorted().joined(separator: ", "))]" }
    /// Nothing to see.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
