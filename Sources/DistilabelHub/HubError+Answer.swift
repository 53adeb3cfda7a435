internal import DistilabelHTTP
internal import DistilabelModels
internal import DistilabelValues

/// What a request was about, for the words of its failure.
struct HubSubject: Sendable {
    var repository: HubRepository?
    var revision: String?
    var path: String?
    /// What was tried, such as `push to o/n`.
    var action: String
    /// Whether something is to be changed.
    var writes = false
}

extension HubError {
    /// The error that an answer is.
    ///
    /// The meaning of statuses and of `X-Error-Code` is that of `huggingface_hub` (`utils/_http.py`).
    init(_ answer: HTTPResponse, about subject: HubSubject, settings: HubSettings) {
        let said = Self.words(of: answer)
        let (code, mend) = Self.reading(answer, said: said, about: subject, settings: settings)
        let quoted = said.isEmpty ? "" : " (the Hub says: \(said))"
        let id = ["x-request-id", "x-amzn-trace-id", "x-amz-cf-id"].lazy.compactMap { answer.headers[$0] }.first
        let text = "cannot \(subject.action): \(mend)\(quoted)"
        self.init(
            code, Redaction.redact(text, secrets: [settings.token?.exposed].compactMap { $0 }), status: answer.status,
            requestID: id)
    }

    private static func reading(
        _ answer: HTTPResponse, said: String, about subject: HubSubject, settings: HubSettings
    ) -> (Code, String) {
        let repository = subject.repository.map { "dataset '\($0)'" } ?? "repository"
        let tokens = "\(settings.endpoint)/settings/tokens"
        let hasToken = settings.token != nil
        let notFound: (Code, String) = (
            .repositoryNotFound,
            hasToken
                ? "there is no \(repository), or the token may not see it; check the name, or use a token of somebody who may"
                : "there is no \(repository), or it is private; check the name, or set HF_TOKEN (\(tokens))"
        )
        switch (answer.status, answer.headers["x-error-code"] ?? "") {
        case (_, "RepoNotFound"): return notFound
        case (_, "RevisionNotFound"):
            return (
                .revisionNotFound,
                "\(repository) has no revision '\(subject.revision ?? "main")'; name a branch, a tag or a commit of it"
            )
        case (_, "EntryNotFound"):
            return (.entryNotFound, "\(repository) has no '\(subject.path ?? "such file")'; check the path")
        case (_, "GatedRepo"):
            return (
                .gated,
                "access to \(repository) must be asked for on its page, "
                    + "\(settings.endpoint)/datasets/\(subject.repository?.id ?? "")"
                    + (hasToken ? "" : ", and HF_TOKEN be set to a token of who got it")
            )
        case (401, _):
            // The Hub does not say of private repositories that they exist.
            if subject.repository != nil, hasToken, !said.contains("Invalid credentials"),
                !said.contains("Invalid user")
            {
                return notFound
            }
            return (
                .unauthorized,
                hasToken
                    ? "the token is not accepted; make a new one at \(tokens) and give it with HF_TOKEN or --token"
                    : "it needs a token; make one at \(tokens) and give it with HF_TOKEN or --token"
            )
        case (402, _): return (.paymentRequired, "the account's plan does not allow it; free some space or upgrade")
        case (403, _) where said.contains("Access to this resource is disabled"):
            return (.disabled, "\(repository) was disabled by the Hub; ask its staff")
        case (403, _):
            return (
                .forbidden,
                subject.writes
                    ? "the token may not write to \(repository); use one with the role `write`, of a member of its organisation (\(tokens))"
                    : "the token may not read \(repository); use one that may (\(tokens))"
            )
        case (404, _): return (.entryNotFound, "\(settings.endpoint) knows nothing of the kind; check HF_ENDPOINT")
        case (409, _), (412, _): return (.conflict, "somebody else changes \(repository) at the same time; try again")
        case (400, _), (413, _), (422, _): return (.badRequest, "the Hub refuses it")
        case (429, _):
            return (.rateLimited, "too many requests, for longer than is waited for; wait some minutes and try again")
        case (500..., _): return (.serverFailure, "the Hub failed with \(answer.status) again and again; try later")
        default: return (.malformedAnswer, "the Hub answered \(answer.status)")
        }
    }

    /// What the Hub says in the header or in the body.
    private static func words(of answer: HTTPResponse) -> String {
        var words: [String] = []
        if let header = answer.headers["x-error-message"] { words.append(header) }
        if let body = try? JSON.parse(answer.body), let object = body.objectValue {
            switch object["error"] {
            case .string(let text)?: words.append(text)
            case .array(let list)?: words += list.compactMap(\.stringValue)
            default: break
            }
            if let more = object["error_description"]?.stringValue { words.append(more) }
            words += (object["errors"]?.arrayValue ?? []).compactMap { $0["message"]?.stringValue }
        }
        var seen = Set<String>()
        let unique = words.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
            .filter { !$0.isEmpty && seen.insert($0).inserted }
        return String(unique.joined(separator: "; ").prefix(400))
    }

    /// The error that a failed request is.
    init(_ error: HTTPError, about subject: HubSubject, settings: HubSettings) {
        let text = "cannot \(subject.action): \(error.message)"
        let code: Code = error.code == .invalidRequest && error.underlying == nil ? .localFile : .network
        self.init(
            code, Redaction.redact(text, secrets: [settings.token?.exposed].compactMap { $0 }), status: error.status,
            cause: error)
    }
}
