internal import DistilabelHTTP
internal import DistilabelModels
internal import DistilabelValues

/// What an answer that is none means.
enum ArgillaFailure {
    /// The error of an HTTP status.
    static func error(for response: HTTPResponse, to request: String, at server: ArgillaServer) -> ArgillaError {
        let detail = detail(in: response.body)
        let said = detail.isEmpty ? "" : ": \(detail)"
        let place = "Argilla at \(server)"
        let (code, message): (ArgillaError.Code, String) =
            switch response.status {
            case 401:
                (
                    .unauthorized,
                    "\(place) refuses the key (401\(said)); check \(ArgillaServer.keyVariable), or `api_key`"
                )
            case 403:
                (
                    .forbidden,
                    "\(place) does not let the key's owner do this (403 for \(request)\(said)); use the key of an owner, or of an admin of the workspace"
                )
            case 404:
                (
                    .notFound,
                    "\(place) knows no such thing (404 for \(request)\(said)); check \(ArgillaServer.urlVariable), or `api_url`"
                )
            case 409: (.conflict, "\(place) has such a thing already (409 for \(request)\(said))")
            case 413: (.tooLarge, "\(place) takes no request of this size (413 for \(request)\(said))")
            case 429, 500...:
                (.serverFailure, "\(place) failed (\(response.status) for \(request)\(said)); look into its log")
            case 300..<400:
                (
                    .misconfigured,
                    "\(place) sends the request elsewhere (\(response.status)); set \(ArgillaServer.urlVariable), or `api_url`, to the address behind it"
                )
            default: (.invalid, "\(place) does not accept the request (\(response.status) for \(request)\(said))")
            }
        return ArgillaError(
            code: code, message: Redaction.redact(message, secrets: [server.apiKey.exposed]), status: response.status)
    }

    /// The error of a connection.
    static func error(for error: HTTPError, at server: ArgillaServer) -> ArgillaError {
        ArgillaError(
            code: error.code == .invalidURL || error.code == .invalidRequest ? .misconfigured : .unreachable,
            message:
                "no answer from Argilla: \(error.message); check \(ArgillaServer.urlVariable), or `api_url`, and that the server runs",
            cause: error)
    }

    /// The error of an answer that cannot be Argilla's.
    static func misunderstanding(
        _ reason: String, path: String, at server: ArgillaServer, cause: (any Error)? = nil
    ) -> ArgillaError {
        ArgillaError(
            code: .notUnderstood,
            message:
                "the answer of \(server) to /api/v1/\(path) is not that of an Argilla server 2.x (\(reason)); check \(ArgillaServer.urlVariable), or `api_url`",
            cause: cause)
    }

    /// What the body of a refusal says, as one line.
    ///
    /// It is a text in `detail`, a text in `detail.params.detail`, or a list of places and reasons in `detail.params.errors`.
    static func detail(in body: [UInt8]) -> String {
        guard let detail = (try? JSON.parse(body))?["detail"] else { return "" }
        var text = detail.stringValue ?? detail["params"]?["detail"]?.stringValue ?? ""
        if let errors = detail["params"]?["errors"]?.arrayValue ?? detail.arrayValue {
            text = errors.prefix(5).map { error in
                // The first word of a place is always `body`.
                let place = (error["loc"]?.arrayValue ?? []).dropFirst().map { $0.stringValue ?? JSON.string($0) }
                return place.joined(separator: ".") + ": " + (error["msg"]?.stringValue ?? "")
            }.joined(separator: "; ")
        }
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return String(line.prefix(500))
    }
}
