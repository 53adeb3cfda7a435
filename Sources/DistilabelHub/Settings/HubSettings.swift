public import DistilabelModels

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Where the Hub is, who asks, and where files are kept.
///
/// The variables are those of `huggingface_hub`: what is set up for Python holds here too.
public struct HubSettings: Sendable, Hashable {
    /// The address without a slash at its end; that of a mirror where `HF_ENDPOINT` names one.
    public var endpoint: String
    /// Who asks; nil asks as anybody.
    public var token: Secret?
    /// The folder of downloaded files.
    public var cacheDirectory: String
    /// Whether nothing is asked and the cache is all there is.
    public var isOffline: Bool

    /// The Hub itself.
    public static let defaultEndpoint = "https://huggingface.co"

    /// Makes settings.
    public init(
        endpoint: String = HubSettings.defaultEndpoint, token: Secret? = nil, cacheDirectory: String,
        isOffline: Bool = false
    ) {
        self.endpoint = Self.trimmed(endpoint)
        self.token = token
        self.cacheDirectory = cacheDirectory
        self.isOffline = isOffline
    }

    /// Reads the environment variables.
    ///
    /// - Parameters:
    ///   - environment: `HF_ENDPOINT`; `HF_TOKEN`, `HUGGING_FACE_HUB_TOKEN`, and the file `HF_TOKEN_PATH` or `HF_HOME/token`, unless
    ///     `HF_HUB_DISABLE_IMPLICIT_TOKEN`; `HF_HUB_CACHE`, `HF_HOME`, `XDG_CACHE_HOME`; `HF_HUB_OFFLINE`.
    ///   - token: Goes before all of these; an empty one is none.
    public init(environment: [String: String], token: Secret? = nil) {
        func variable(_ names: String...) -> String? {
            names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        }
        func isSet(_ names: String...) -> Bool {
            names.contains { ["1", "ON", "YES", "TRUE"].contains(environment[$0]?.uppercased() ?? "") }
        }
        let userHome = variable("HOME") ?? "."
        func expanded(_ path: String) -> String {
            path == "~" || path.hasPrefix("~/") ? userHome + path.dropFirst() : path
        }
        let caches = variable("XDG_CACHE_HOME") ?? userHome + "/.cache"
        let home = variable("HF_HOME").map(expanded) ?? caches + "/huggingface"
        var found = token.flatMap { $0.exposed.isEmpty ? nil : $0 }
        if found == nil, !isSet("HF_HUB_DISABLE_IMPLICIT_TOKEN") {
            let file = variable("HF_TOKEN_PATH").map(expanded) ?? home + "/token"
            let text =
                variable("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")
                ?? FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
            let words = text?.split(whereSeparator: \.isWhitespace).joined() ?? ""
            found = words.isEmpty ? nil : Secret(words)
        }
        self.init(
            endpoint: variable("HF_ENDPOINT") ?? Self.defaultEndpoint, token: found,
            cacheDirectory: variable("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE").map(expanded) ?? home + "/hub",
            isOffline: isSet("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"))
    }

    private static func trimmed(_ endpoint: String) -> String {
        var endpoint = endpoint
        while endpoint.hasSuffix("/") { endpoint.removeLast() }
        return endpoint
    }
}
