/// A server's name and, where it is said, its port: what prices are told apart by.
struct ServerName: Hashable {
    let host: String
    let port: Int?

    /// Reads `host`, `host:port` or a whole address; all names of this machine become `localhost`.
    init(_ address: String) {
        let address = ServerAddress(address)
        host = Self.isLoopback(address.host) ? "localhost" : address.host
        port = address.port
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
