/// The name of a dataset's repository on the Hub: `owner/name`, or `name` alone.
public struct HubRepository: Sendable, Hashable, CustomStringConvertible {
    /// `owner/name`; the oldest datasets have no owner, and what is to be pushed without one goes to the token's own account.
    public let id: String

    /// Names a repository.
    ///
    /// - Throws: `HubError` with `.invalidName` where no repository can be called so.
    public init(_ id: String) throws {
        // As people copy it from the address bar.
        var name = id
        for prefix in ["https://huggingface.co/", "hf.co/", "datasets/"] where name.hasPrefix(prefix) {
            name.removeFirst(prefix.count)
        }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let isValid =
            (1...2).contains(parts.count) && name.utf8.count <= 193 && !name.contains("--") && !name.contains("..")
            && !name.hasSuffix(".git")
            && parts.allSatisfy { part in
                (1...96).contains(part.utf8.count) && ![".", "-"].contains(part.first)
                    && ![".", "-"].contains(part.last)
                    && part.utf8.allSatisfy { HubPath.isPlain($0) && $0 != UInt8(ascii: "~") }
            }
        guard isValid else {
            throw HubError(
                .invalidName,
                "'\(id)' cannot be the name of a repository; write owner/name, with letters, digits, '-', '_' and '.'")
        }
        self.id = name
    }

    /// Names a repository of a known name.
    init(unchecked id: String) { self.id = id }

    /// Whose it is, where the name says so.
    public var owner: String? { id.contains("/") ? id.split(separator: "/").first.map(String.init) : nil }
    /// The name without the owner.
    public var name: String { id.split(separator: "/").last.map(String.init) ?? id }
    /// The name.
    public var description: String { id }
}

/// Paths in repositories and in addresses.
enum HubPath {
    /// Whether a byte stands for itself in an address (RFC 3986, section 2.3).
    static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }

    /// A part of an address, everything that is not plain escaped, slashes too.
    static func escaped(_ part: some StringProtocol) -> String {
        var text = ""
        for byte in part.utf8 {
            if isPlain(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                text += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return text
    }

    /// A path in a repository as a part of an address.
    static func escapedPath(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).map { escaped($0) }.joined(separator: "/")
    }

    /// A path in a repository that may become one on this machine.
    ///
    /// - Throws: `HubError` where it leads out of the repository.
    static func checked(_ path: String) throws -> String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." && !$0.utf8.contains(0) }) else {
            throw HubError(.invalidName, "'\(path)' cannot be a file in a repository; write it as folder/name")
        }
        return path
    }

    /// Scheme, host and port of an address, in lower case; nil where it is none.
    static func origin(_ url: String) -> String? {
        guard let scheme = url.firstRange(of: "://") else { return nil }
        let name = url[..<scheme.lowerBound].lowercased()
        let authority = url[scheme.upperBound...].prefix { !"/?#".contains($0) }.lowercased()
        guard name == "https" || name == "http", !authority.isEmpty, !authority.contains("@") else { return nil }
        let standard = name == "https" ? ":443" : ":80"
        return name + "://" + (authority.hasSuffix(standard) ? String(authority.dropLast(standard.count)) : authority)
    }

    /// The address that a `location` names, seen from another.
    static func resolved(_ location: String, from url: String) -> String? {
        if origin(location) != nil { return location }
        guard let origin = origin(url) else { return nil }
        if location.hasPrefix("//") { return String(origin.prefix { $0 != "/" }) + location }
        return location.hasPrefix("/") ? origin + location : nil
    }
}
