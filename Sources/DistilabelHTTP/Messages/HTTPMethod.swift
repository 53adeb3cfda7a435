/// What a request asks of a resource.
public struct HTTPMethod: Sendable, Hashable, RawRepresentable, CustomStringConvertible {
    /// The word on the wire, in capitals.
    public let rawValue: String

    /// Makes a method of its word.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Reads.
    public static let get = HTTPMethod(rawValue: "GET")
    /// Reads only the headers.
    public static let head = HTTPMethod(rawValue: "HEAD")
    /// Hands something over and waits for an answer.
    public static let post = HTTPMethod(rawValue: "POST")
    /// Puts something in its place.
    public static let put = HTTPMethod(rawValue: "PUT")
    /// Changes a part.
    public static let patch = HTTPMethod(rawValue: "PATCH")
    /// Removes.
    public static let delete = HTTPMethod(rawValue: "DELETE")

    /// The word on the wire.
    public var description: String { rawValue }
}
