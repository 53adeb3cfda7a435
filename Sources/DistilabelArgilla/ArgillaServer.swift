internal import DistilabelHTTP
public import DistilabelModels

/// Where an Argilla server is, and the key to it.
public struct ArgillaServer: Sendable, Hashable, CustomStringConvertible {
    /// The environment variable with the address.
    public static let urlVariable = "ARGILLA_API_URL"
    /// The environment variable with the key.
    public static let keyVariable = "ARGILLA_API_KEY"
    /// The environment variable with the Hugging Face token, which a private Space wants beside the key.
    public static let hubTokenVariable = "HF_TOKEN"

    /// The address, without a slash at its end and without `/api/v1`.
    public let url: String
    /// The key; goes into the header `X-Argilla-Api-Key`.
    public let apiKey: Secret
    /// The Hugging Face token; only ever sent to hosts below `hf.space`.
    public let hubToken: Secret?

    /// Makes the description of a server.
    ///
    /// - Parameters:
    ///   - url: The address, such as `https://argilla.example`; `ARGILLA_API_URL` when nil.
    ///   - apiKey: The key; `ARGILLA_API_KEY` when nil.
    ///   - environment: The environment variables.
    /// - Throws: `ArgillaError` that says what is missing or wrong.
    public init(url: String? = nil, apiKey: Secret? = nil, environment: [String: String] = [:]) throws {
        let problems = Self.problems(url: url, apiKey: apiKey, environment: environment)
        let apiKey = apiKey ?? Self.variable(Self.keyVariable, in: environment).map { Secret($0) }
        guard problems.isEmpty, let apiKey, let url = url ?? Self.variable(Self.urlVariable, in: environment) else {
            throw ArgillaError(code: .misconfigured, message: problems.joined(separator: "; "))
        }
        self.url = Self.trimmed(url)
        self.apiKey = apiKey
        hubToken = Self.variable(Self.hubTokenVariable, in: environment).map { Secret($0) }
    }

    /// What is missing or wrong, in words for a pipeline's author; nothing is sent.
    public static func problems(
        url: String? = nil, apiKey: Secret? = nil, environment: [String: String]
    ) -> [String] {
        var problems: [String] = []
        if let url = url ?? variable(urlVariable, in: environment) {
            if !url.hasPrefix("http://"), !url.hasPrefix("https://") {
                problems.append("`api_url` must begin with http:// or https://, not '\(url)'")
            }
        } else {
            problems.append("Argilla's address is not given: set \(urlVariable), or `api_url`")
        }
        if let apiKey = apiKey?.exposed ?? variable(keyVariable, in: environment) {
            if apiKey.isEmpty { problems.append("Argilla's key is empty: set \(keyVariable), or `api_key`") }
        } else {
            problems.append("Argilla wants a key: set \(keyVariable), or `api_key`")
        }
        return problems
    }

    /// The value of a variable; an empty one counts as not set.
    private static func variable(_ name: String, in environment: [String: String]) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func trimmed(_ url: String) -> String {
        var url = Substring(url)
        while url.last == "/" { url.removeLast() }
        if url.hasSuffix("/api/v1") { url.removeLast("/api/v1".count) }
        while url.last == "/" { url.removeLast() }
        return String(url)
    }

    /// The address as it may be shown: a password in it starred.
    public var description: String { Redaction.url(url) }

    /// Whether the Hugging Face token goes along.
    var isSpace: Bool {
        let address = ServerAddress(url)
        return address.scheme == "https" && address.host.hasSuffix(".hf.space")
    }
}
