import DistilabelArgilla
import DistilabelHTTP
import DistilabelModels
import Testing

/// What an Argilla server refuses, in the words in which 2.8.0 does.
struct ArgillaFailureTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        var status: Int
        var body: String
        var code: ArgillaError.Code
        var says: [String]
        var testDescription: String { "\(status) \(code)" }
    }

    static let refusals = [
        Refusal(
            status: 401,
            body:
                #"{"detail":{"code":"argilla.api.errors::UnauthorizedError","params":{"detail":"Could not validate credentials"}}}"#,
            code: .unauthorized, says: ["Could not validate credentials", "ARGILLA_API_KEY", "http://argilla.test"]),
        Refusal(
            status: 403,
            body:
                #"{"detail":{"code":"argilla.api.errors::ForbiddenOperationError","params":{"detail":"Operation not allowed"}}}"#,
            code: .forbidden, says: ["Operation not allowed", "owner"]),
        Refusal(
            status: 404, body: #"{"detail":"Dataset with id `0` not found"}"#, code: .notFound,
            says: ["Dataset with id `0` not found"]),
        Refusal(
            status: 409, body: #"{"detail":"Workspace name `main` is not unique"}"#, code: .conflict,
            says: ["Workspace name `main` is not unique"]),
        Refusal(
            status: 422,
            body:
                #"{"detail":{"code":"argilla.api.errors::ValidationError","params":{"errors":[{"type":"string_too_short","loc":["body","items",0,"name"],"msg":"String should have at least 1 character"}]}}}"#,
            code: .invalid, says: ["items.0.name: String should have at least 1 character"]),
        Refusal(
            status: 422,
            body:
                #"{"detail":"Record at position 0 is not valid because 9 is not a valid rating for rating question.\nValid ratings are: [1, 2]"}"#,
            code: .invalid, says: ["9 is not a valid rating for rating question. Valid ratings are: [1, 2]"]),
        Refusal(status: 413, body: "<html>", code: .tooLarge, says: ["413"]),
        Refusal(status: 500, body: "oops", code: .serverFailure, says: ["500", "log"]),
        Refusal(status: 308, body: "", code: .misconfigured, says: ["ARGILLA_API_URL"]),
        Refusal(
            status: 200, body: "<html>a web page</html>", code: .notUnderstood, says: ["no JSON", "ARGILLA_API_URL"]),
        Refusal(status: 200, body: "[]", code: .notUnderstood, says: ["/api/v1/me"]),
        Refusal(status: 401, body: "\u{0}", code: .unauthorized, says: ["401"]),
        Refusal(status: 404, body: #"{"detail":[{"loc":7}]}"#, code: .notFound, says: ["404"]),
    ]

    @Test(arguments: refusals) func saysWhatTheServerRefuses(_ refusal: Refusal) async throws {
        let server = CannedArgilla { _, _ in .json(refusal.body, status: refusal.status) }
        let error = await #expect(throws: ArgillaError.self) { try await server.client().me() }
        #expect(error?.code == refusal.code)
        for words in refusal.says { #expect(error?.message.contains(words) == true, "\(error?.message ?? "")") }
    }

    @Test func keepsTheKeyOutOfMessages() async throws {
        let server = CannedArgilla { _, _ in .json(#"{"detail":"no user has the key key-of-ann"}"#, status: 401) }
        let error = await #expect(throws: ArgillaError.self) { try await server.client().me() }
        #expect(error?.message.contains("key-of-ann") == false)
    }

    @Test func triesAgainWhereTheServerFails() async throws {
        let server = CannedArgilla { _, index in
            index < 2 ? .json("", status: 502) : .json(#"{"id":"u","username":"ann","role":"owner","api_key":"x"}"#)
        }
        let me = try await server.client().me()
        #expect(me == ArgillaUser(id: "u", username: "ann", role: "owner"))
        #expect(server.requests.count == 3)
    }

    /// A second dataset, workspace or field is not made because the answer about the first one was lost.
    @Test func createsNothingTwice() async throws {
        let server = CannedArgilla { _, _ in .json("", status: 500) }
        await #expect(throws: ArgillaError.self) { try await server.client().createWorkspace(named: "main") }
        #expect(server.requests.count == 1)
    }

    @Test func saysThatNobodyListens() async throws {
        let transport = AsyncHTTPTransport()
        // Port 1 of the loopback is nobody's.
        let client = ArgillaClient(
            try ArgillaServer(url: "http://127.0.0.1:1", apiKey: "key"), transport: transport, retries: .none)
        let error = await #expect(throws: ArgillaError.self) { try await client.me() }
        #expect(error?.code == .unreachable)
        #expect(error?.message.contains("ARGILLA_API_URL") == true)
        await transport.shutdown()
    }
}
