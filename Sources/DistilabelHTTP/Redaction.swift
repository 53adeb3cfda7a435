/// Keeps keys out of messages, logs and files.
public enum Redaction {
    /// What stands for a secret.
    public static let mark = "***"

    /// The header fields whose values never print, in lower case.
    public static let secretHeaders: Set<String> = [
        "authorization", "proxy-authorization", "api-key", "x-api-key", "x-goog-api-key", "apikey", "x-auth-token",
        "cookie", "set-cookie", "x-amz-security-token",
    ]

    /// The parameters in a URL's query whose values never print, in lower case.
    public static let secretParameters: Set<String> = [
        "key", "api_key", "apikey", "api-key", "access_token", "token", "signature", "sig", "secret", "password",
        "x-amz-signature", "x-amz-credential", "x-amz-security-token",
    ]

    /// Replaces every occurrence of the secrets.
    ///
    /// - Parameters:
    ///   - text: Any text, an error of somebody else's say.
    ///   - secrets: What must not show; those of less than four bytes are left, since they stand in every text.
    public static func redact(_ text: String, secrets: some Sequence<String>) -> String {
        // The longest first, so that a secret that holds another goes as a whole.
        let needles = secrets.map { Array($0.utf8) }.filter { $0.count >= 4 }.sorted { $0.count > $1.count }
        guard !needles.isEmpty else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            if let needle = needles.first(where: { bytes[position...].starts(with: $0) }) {
                result.append(contentsOf: mark.utf8)
                position += needle.count
            } else {
                result.append(bytes[position])
                position += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The value of a header field as it may be shown.
    public static func value(of header: String, _ value: String) -> String {
        let name = header.lowercased()
        let isSecret =
            secretHeaders.contains(name) || ["-key", "-token", "-secret", "-password"].contains { name.hasSuffix($0) }
        return isSecret ? mark : value
    }

    /// An address as it may be shown: user, password and keys in the query starred.
    public static func url(_ url: String) -> String {
        var text = url
        if let scheme = text.range(ofASCII: "://") {
            let authority = text[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
            if let at = authority.lastIndex(of: "@") {
                text.replaceSubrange(authority.startIndex..<at, with: mark)
            }
        }
        guard let question = text.firstIndex(of: "?") else { return text }
        let query = text[text.index(after: question)...].split(separator: "&", omittingEmptySubsequences: false)
        let shown = query.map { part -> String in
            guard let equals = part.firstIndex(of: "=") else { return String(part) }
            let name = part[..<equals]
            return secretParameters.contains(name.lowercased()) ? "\(name)=\(mark)" : String(part)
        }
        return text[...question] + shown.joined(separator: "&")
    }
}

extension String {
    /// Where a short ASCII text first stands.
    fileprivate func range(ofASCII needle: String) -> Range<String.Index>? {
        let pattern = Array(needle.utf8)
        var start = utf8.startIndex
        while start != utf8.endIndex {
            if utf8[start...].starts(with: pattern) {
                return start..<utf8.index(start, offsetBy: pattern.count)
            }
            start = utf8.index(after: start)
        }
        return nil
    }
}
