internal import DistilabelHTTP
internal import DistilabelModels
internal import DistilabelValues

/// What an answer that is none means.
enum ChatCompletionsFailure {
    /// The error of an HTTP status.
    static func error(
        for response: HTTPResponse, endpoint: ChatCompletionsEndpoint, model: String
    ) -> LanguageModelError {
        let (said, code) = reason(in: response.body)
        let detail = said.isEmpty ? "" : ": \(said)"
        let wait = response.retryAfter
        switch response.status {
        case 401, 403:
            let mend =
                endpoint.apiKey == nil
                ? "set \(endpoint.apiKeyVariable), or `api_key`" : "check \(endpoint.apiKeyVariable), or `api_key`"
            return LanguageModelError(
                code: .unauthorized,
                message:
                    "\(endpoint.provider) at \(endpoint.baseURL) refuses the key (\(response.status)\(detail)); \(mend)"
            )
        case 404:
            return LanguageModelError(
                code: .noSuchModel,
                message:
                    "\(endpoint.provider) at \(endpoint.baseURL) knows no model '\(model)' (404\(detail)); check `model` and `base_url`"
            )
        case 429 where code == "insufficient_quota":
            return LanguageModelError(
                code: .quotaExceeded, message: "the account at \(endpoint.provider) has no quota left\(detail)")
        case 429:
            return LanguageModelError(
                code: .rateLimited,
                message: "too many requests for \(endpoint.provider) (429\(detail))",
                recovery: .later(wait))
        case 402:
            return LanguageModelError(
                code: .quotaExceeded, message: "the account at \(endpoint.provider) has no money left (402\(detail))")
        case 500...:
            return LanguageModelError(
                code: .serverFailure,
                message:
                    "the server of \(endpoint.provider) failed (\(response.status)\(detail))",
                recovery: response.status == 501 ? .none : .again,
                // A server that failed took the request on, so that it counts as a try; the wait that it asks for holds for all.
                limits: wait.map { RateLimits(requests: RateLimits.Bucket(remaining: 0, reset: $0)) })
        case 408, 409, 425:
            return LanguageModelError(
                code: .timeout,
                message: "\(endpoint.provider) was too slow or too busy (\(response.status)\(detail))", recovery: .again
            )
        default:
            let isTooLong = code == "context_length_exceeded"
            return LanguageModelError(
                code: isTooLong ? .contextTooLong : .invalidRequest,
                message: "\(endpoint.provider) does not accept the request (\(response.status)\(detail))")
        }
    }

    /// The error of a connection.
    static func error(for error: HTTPError, endpoint: ChatCompletionsEndpoint) -> any Error {
        switch error.code {
        case .cancelled: CancellationError()
        case .timeout:
            LanguageModelError(
                code: .timeout,
                message:
                    "no answer within \(endpoint.timeout.components.seconds) s: \(error.message)",
                recovery: .again, cause: error)
        case .connectionRefused, .connectionFailed, .dnsFailure:
            LanguageModelError(
                code: .connectionFailed, message: error.message, recovery: .whenReachable, cause: error)
        case .tlsFailure, .invalidURL, .invalidRequest:
            LanguageModelError(code: .connectionFailed, message: error.message, isForAllRows: true, cause: error)
        case .connectionReset, .connectionClosed, .truncatedBody, .invalidResponse:
            LanguageModelError(code: .connectionFailed, message: error.message, recovery: .again, cause: error)
        case .responseTooLarge, .shutDown, .status, .other:
            LanguageModelError(code: .connectionFailed, message: error.message, cause: error)
        }
    }

    /// What the body of a refusal says, cut to a line, and its code.
    private static func reason(in body: [UInt8]) -> (text: String, code: String) {
        let value = (try? JSON.parse(body)) ?? .null
        let error = value["error"] ?? value
        let text =
            error["message"]?.stringValue ?? error["detail"]?.stringValue ?? error.stringValue
            ?? value["message"]?.stringValue ?? ""
        let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return (String(line.prefix(300)), error["code"]?.stringValue ?? error["type"]?.stringValue ?? "")
    }
}
