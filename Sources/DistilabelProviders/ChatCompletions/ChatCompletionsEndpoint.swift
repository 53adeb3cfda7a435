internal import DistilabelHTTP
internal import DistilabelModels

/// A server that answers `POST {base}/chat/completions`, and how to reach it.
struct ChatCompletionsEndpoint: Sendable {
    /// The provider's name, for messages.
    var provider: String
    /// The address up to `/v1`, without a slash at its end.
    var baseURL: String
    /// The key; nil where the server wants none.
    var apiKey: Secret?
    /// The environment variable that the key is usually in, for messages.
    var apiKeyVariable: String
    /// Headers that the user adds.
    var headers: [String: String] = [:]
    /// How often a request is tried again.
    var maximumRetries: Int
    /// How long one try may take.
    var timeout: Duration
    /// How many requests may be under way at once.
    var concurrency: Int

    /// The requests a minute that the user allows.
    var requestsPerMinute: Int?
    /// The tokens a minute that the user allows.
    var tokensPerMinute: Int?

    /// What is wrong with how the server is to be reached.
    ///
    /// - Parameter parameter: How the model calls the address.
    func problems(addressedBy parameter: String, as address: String) -> [String] {
        var problems: [String] = []
        if !address.hasPrefix("http://"), !address.hasPrefix("https://") {
            problems.append("`\(parameter)` must begin with http:// or https://, not '\(address)'")
        }
        if requestsPerMinute.map({ $0 < 1 }) ?? false || tokensPerMinute.map({ $0 < 1 }) ?? false {
            problems.append("`requests_per_minute` and `tokens_per_minute` must be at least 1")
        }
        if concurrency < 1 { problems.append("`max_concurrent_requests` must be at least 1") }
        return problems
    }

    /// Where a model of this server stands.
    func endpoint(of model: String) -> Endpoint {
        var fingerprint = Hasher()
        fingerprint.combine(apiKey)
        fingerprint.combine(headers)
        // Swift's hash differs from process to process, so it tells nothing of the key.
        return Endpoint(
            id: "\(baseURL) \(fingerprint.finalize()) \(model)", name: "\(provider)'s \(model) at \(baseURL)",
            model: model,
            host: baseURL, requestsPerMinute: requestsPerMinute, tokensPerMinute: tokensPerMinute,
            concurrency: concurrency, maximumRetries: maximumRetries)
    }

    /// The address without slashes at its end.
    static func trimmed(_ url: String) -> String {
        var url = Substring(url)
        while url.last == "/" { url.removeLast() }
        return String(url)
    }
}
