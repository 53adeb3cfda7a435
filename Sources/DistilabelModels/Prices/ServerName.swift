/// A server's name and, where it is said, its port: what prices are told apart by.
struct ServerName: Hashable {
    let host: String
    let port: String?

    /// Reads `host`, `host:port` or a whole address; all names of this machine become `localhost`.
    init(_ address: String) {
        var rest = address[...]
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        rest = rest.prefix { !"/?#".contains($0) }
        if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        var host = rest
        var port: Substring?
        if rest.first == "[", let end = rest.firstIndex(of: "]") {
            host = rest[rest.index(after: rest.startIndex)..<end]
            let behind = rest[rest.index(after: end)...]
            if behind.first == ":" { port = behind.dropFirst() }
        } else if let colon = rest.firstIndex(of: ":"), colon == rest.lastIndex(of: ":") {
            host = rest[..<colon]
            port = rest[rest.index(after: colon)...]
        }
        let name = host.lowercased()
        self.host = Self.isLoopback(name) ? "localhost" : name
        self.port = port.map(String.init).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether an entry's server is this one; an entry without a port means every port.
    func isNamed(by entry: ServerName) -> Bool {
        host == entry.host && (entry.port == nil || entry.port == port)
    }

    private static func isLoopback(_ name: String) -> Bool {
        if ["localhost", "::1", "0.0.0.0"].contains(name) { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
