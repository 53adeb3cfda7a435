/// The parts of a server's address that tell it from others.
public struct ServerAddress: Sendable, Hashable {
    /// `https`, say, in lower case; nil where none is said.
    public let scheme: String?
    /// The host's name or number in lower case, without brackets; empty where there is none.
    public let host: String
    /// The port; nil where none is said.
    public let port: Int?

    /// Reads `host`, `host:port` or `https://user:word@host:port/path?query`; user and path are left out.
    public init(_ text: String) {
        var rest = text[...]
        if let end = rest.firstRange(of: "://") {
            scheme = rest[..<end.lowerBound].lowercased()
            rest = rest[end.upperBound...]
        } else {
            scheme = nil
        }
        rest = rest.prefix { !"/?#".contains($0) }
        if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        var digits: Substring = ""
        if rest.first == "[", let end = rest.firstIndex(of: "]") {
            digits = rest[end...].dropFirst(2)
            rest = rest[..<end].dropFirst()
        } else if let colon = rest.firstIndex(of: ":"), colon == rest.lastIndex(of: ":") {
            digits = rest[colon...].dropFirst()
            rest = rest[..<colon]
        }
        host = rest.lowercased()
        port = UInt16(digits).map(Int.init)
    }
}
