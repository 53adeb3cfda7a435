public import DistilabelValues

/// A key or password: never printed, never encoded.
public struct Secret: Sendable, Hashable, Codable, ExpressibleByStringLiteral, CustomStringConvertible,
    CustomDebugStringConvertible, CustomReflectable, ParameterTypeNaming
{
    /// The text itself; to be handed to a header and nowhere else.
    public let exposed: String

    /// Makes a secret.
    public init(_ text: String) { exposed = text }
    /// Makes a secret of a literal, for tests.
    public init(stringLiteral value: String) { exposed = value }

    /// Reads a text.
    public init(from decoder: any Decoder) throws { exposed = try decoder.singleValueContainer().decode(String.self) }

    /// Writes null, unless the encoder's user revealed secrets: a value that goes no further than back into a component.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if encoder.userInfo[.revealsSecrets] as? Bool == true {
            try container.encode(exposed)
        } else {
            try container.encodeNil()
        }
    }

    /// How parameter tables call it.
    public static var parameterTypeName: String { "secret" }
    /// Stars.
    public var description: String { "***" }
    /// Stars.
    public var debugDescription: String { "***" }
    /// Nothing to see.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
