/// Where a plain request goes: `http://host:port/path?query`, taken apart.
struct PlainAddress: Sendable, Hashable {
    /// What connections are kept by.
    struct Origin: Sendable, Hashable {
        var host: String
        var port: Int
    }

    var origin: Origin
    /// The value of the header `host`.
    var hostField: String
    /// What stands in the first line of the request.
    var path: String

    /// Takes an address apart; nil for one that is not plain: TLS, a user in it, or anything odd, which AsyncHTTPClient then judges.
    init?(_ url: String) {
        let scheme = "http://"
        guard url.utf8.count > scheme.utf8.count, url.utf8.prefix(scheme.utf8.count).elementsEqual(scheme.utf8),
            url.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        let rest = url.utf8.dropFirst(scheme.utf8.count)
        let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        guard !authority.isEmpty, !authority.contains(UInt8(ascii: "@")) else { return nil }
        let target = rest[authority.endIndex...].prefix { $0 != UInt8(ascii: "#") }
        let path = String(decoding: target, as: UTF8.self)
        self.path = path.utf8.first == UInt8(ascii: "/") ? path : "/" + path
        hostField = String(decoding: authority, as: UTF8.self)

        var host = authority
        var port = 80
        let bracket = authority.lastIndex(of: UInt8(ascii: "]"))
        if let colon = authority.lastIndex(of: UInt8(ascii: ":")), bracket.map({ $0 < colon }) ?? true {
            guard let number = Int(String(decoding: authority[authority.index(after: colon)...], as: UTF8.self)),
                (1...65_535).contains(number)
            else { return nil }
            port = number
            host = authority[..<colon]
        }
        if host.first == UInt8(ascii: "["), host.last == UInt8(ascii: "]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty, !host.contains(UInt8(ascii: "%")), !host.contains(UInt8(ascii: "[")) else { return nil }
        origin = Origin(host: String(decoding: host, as: UTF8.self), port: port)
    }
}
