/// A request as it came to a `MockLLMServer`.
public struct MockRequest: Sendable {
    /// The method, in capitals.
    public let method: String
    /// The path and the query.
    public let path: String
    /// The bytes behind the header.
    public let body: [UInt8]
    /// Which request to the server it is, from 0.
    public let index: Int
    /// Which connection it came over, from 0.
    public let connection: Int
    /// Which request on its connection it is, from 0.
    public let indexOnConnection: Int
    /// The header lines as they came; read when somebody asks.
    let headerLines: [UInt8]

    /// The header fields, names in lower case.
    public var headers: [(name: String, value: String)] {
        HeaderScan.fields(of: headerLines).map { name, value in
            (String(decoding: name, as: UTF8.self).lowercased(), String(decoding: value, as: UTF8.self))
        }
    }

    /// The first value of a header field; the name in lower case.
    public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }
}
