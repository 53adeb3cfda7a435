public import DistilabelHTTP
internal import DistilabelModels
internal import DistilabelValues
internal import Synchronization

/// Speaks with the Hugging Face Hub about datasets.
///
///     let hub = HubClient(transport: transport, settings: HubSettings(environment: environment))
///     let readme = try await hub.download("README.md", of: HubRepository("owner/name"))
///
/// The token goes to the endpoint's own host and port and to no other, whatever a redirect or an upload address says. What fails in passing is tried again after a
/// wait (408, 429, 500, 502, 503, 504, lost connections); what a lost answer could make twice is not.
public final class HubClient: Sendable {
    /// Where the Hub is and who asks.
    public let settings: HubSettings
    /// When and how often a request is tried again.
    let policy: RetryPolicy
    let transport: any HTTPFileTransport
    private let account = Mutex<HubAccount?>(nil)

    /// The default of `retries`: five, after 1, 2, 4, 8 and 8 s at most, or when the Hub's window of five minutes is over.
    public static let defaultRetries = RetryPolicy(
        maximumRetries: 5, statuses: [408, 429, 500, 502, 503, 504], baseDelay: .seconds(1), maximumDelay: .seconds(8),
        maximumServerDelay: .seconds(310))

    /// Makes a client; nothing is asked yet.
    ///
    /// - Parameters:
    ///   - transport: What sends; it follows no redirects.
    ///   - settings: Where the Hub is and who asks.
    ///   - retries: When and how often a request is tried again.
    public init(
        transport: some HTTPFileTransport, settings: HubSettings, retries: RetryPolicy = HubClient.defaultRetries
    ) {
        self.transport = RetryingTransport(transport, policy: retries)
        self.settings = settings
        policy = retries
    }

    // MARK: - Requests

    /// A request to the Hub itself.
    struct Call {
        var method = HTTPMethod.get
        /// From the slash on, escaped, with its query.
        var path: String
        var headers = HTTPHeaders()
        var body: [UInt8] = []
        /// Whether it may be sent twice where nobody knows whether the first one arrived.
        var isRepeatable = true

        /// A request that carries JSON.
        static func json(_ path: String, _ value: Value, isRepeatable: Bool = true) -> Call {
            Call(
                method: .post, path: path, headers: ["Content-Type": "application/json"],
                body: Array(JSON.string(value).utf8), isRepeatable: isRepeatable)
        }
    }

    /// Sends a request to the Hub; redirects to the Hub itself are followed, since repositories are renamed.
    ///
    /// - Throws: `HubError` for everything but a 2xx.
    func send(_ call: Call, about subject: HubSubject) async throws -> HTTPResponse {
        var request = HTTPRequest(
            method: call.method, url: settings.endpoint + call.path, headers: call.headers, body: call.body,
            isRepeatable: call.isRepeatable)
        for _ in 0..<5 {
            let answer = try await answer(to: request, about: subject)
            guard (300..<400).contains(answer.status), let location = answer.headers["location"] else {
                guard answer.isSuccess else { throw HubError(answer, about: subject, settings: settings) }
                return answer
            }
            guard let target = HubPath.resolved(location, from: request.url), isHub(target) else {
                throw HubError(
                    .malformedAnswer,
                    "cannot \(subject.action): \(settings.endpoint) sends the request on to \(Self.host(of: location)); "
                        + "set HF_ENDPOINT to that host if it is to be trusted with the token", status: answer.status)
            }
            request.url = target
        }
        throw HubError(.malformedAnswer, "cannot \(subject.action): the Hub redirects in a circle")
    }

    /// Sends a request once it bears the token, if its host may see it, and gives any answer back.
    func answer(to request: HTTPRequest, about subject: HubSubject) async throws -> HTTPResponse {
        try requireOnline(subject)
        do throws(HTTPError) {
            return try await transport.send(signed(request))
        } catch {
            throw failure(error, about: subject)
        }
    }

    /// The request with the token, where it goes to the Hub itself.
    func signed(_ request: HTTPRequest) -> HTTPRequest {
        var request = request
        request.headers["Authorization"] = nil
        if let token = settings.token, isHub(request.url) {
            request.headers["Authorization"] = "Bearer \(token.exposed)"
        }
        return request
    }

    /// Whether an address is on the Hub's own host and port.
    func isHub(_ url: String) -> Bool {
        guard let origin = HubPath.origin(url) else { return false }
        return origin == HubPath.origin(settings.endpoint)
    }

    /// What an address that the Hub names must be: as safe as the Hub itself.
    func checked(_ url: String, about subject: HubSubject) throws -> String {
        guard let origin = HubPath.origin(url), origin.hasPrefix("https://") || !settings.endpoint.hasPrefix("https://")
        else {
            throw HubError(
                .malformedAnswer,
                "cannot \(subject.action): the Hub names an address without TLS, \(Self.host(of: url)); nothing is sent there"
            )
        }
        return url
    }

    func failure(_ error: HTTPError, about subject: HubSubject) -> any Error {
        error.code == .cancelled ? CancellationError() : HubError(error, about: subject, settings: settings)
    }

    func requireOnline(_ subject: HubSubject) throws {
        guard settings.isOffline else { return }
        throw HubError(
            .offline, "cannot \(subject.action): HF_HUB_OFFLINE is set, and what is in the cache does not do; unset it")
    }

    static func host(of url: String) -> String { HubPath.origin(url) ?? "another host" }

    /// The object that an answer holds.
    static func object(_ answer: HTTPResponse, about subject: HubSubject) throws -> Value.Object {
        guard let object = (try? JSON.parse(answer.body))?.objectValue else {
            throw HubError(
                .malformedAnswer, "cannot \(subject.action): the Hub answered no JSON object; is HF_ENDPOINT a Hub?",
                status: answer.status)
        }
        return object
    }

    // MARK: - Who asks

    /// Who the token belongs to; asked once, since the Hub counts this question strictly.
    public func whoami() async throws -> HubAccount {
        if let known = account.withLock({ $0 }) { return known }
        let subject = HubSubject(action: "see whose token it is")
        guard settings.token != nil else {
            throw HubError(
                .unauthorized,
                "there is no token; make one at \(settings.endpoint)/settings/tokens and give it with HF_TOKEN or --token"
            )
        }
        let object = try Self.object(try await send(Call(path: "/api/whoami-v2"), about: subject), about: subject)
        guard let name = object["name"]?.stringValue else {
            throw HubError(.malformedAnswer, "the Hub does not say whose token it is")
        }
        let found = HubAccount(
            name: name, organizations: (object["orgs"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue },
            tokenRole: object["auth"]?["accessToken"]?["role"]?.stringValue)
        account.withLock { $0 = found }
        return found
    }
}

/// Whose a token is.
public struct HubAccount: Sendable, Hashable {
    /// The user's name.
    public var name: String
    /// The organisations that the user belongs to.
    public var organizations: [String]
    /// What the token may do: `read`, `write` or `fineGrained`; nil where the Hub does not say.
    public var tokenRole: String?
}
