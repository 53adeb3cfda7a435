import DistilabelArgilla
import DistilabelHTTP
import DistilabelModels
import Testing

struct ArgillaServerTests {
    @Test func readsTheEnvironment() throws {
        let server = try ArgillaServer(environment: [
            "ARGILLA_API_URL": "https://argilla.test/api/v1/", "ARGILLA_API_KEY": "k",
        ])
        #expect(server.url == "https://argilla.test")
        #expect(server.apiKey == "k")
        let other = try ArgillaServer(
            url: "http://a.test/argilla//", apiKey: "own", environment: ["ARGILLA_API_KEY": "k"])
        #expect(other.url == "http://a.test/argilla")
        #expect(other.apiKey == "own")
    }

    @Test(
        arguments: [
            ([:], ["ARGILLA_API_URL", "ARGILLA_API_KEY"]), (["ARGILLA_API_URL": "http://a.test"], ["ARGILLA_API_KEY"]),
            (["ARGILLA_API_URL": "", "ARGILLA_API_KEY": "k"], ["ARGILLA_API_URL"]),
            (["ARGILLA_API_URL": "argilla.test", "ARGILLA_API_KEY": "k"], ["https://"]),
        ] as [([String: String], [String])]) func saysWhatIsMissing(environment: [String: String], says: [String])
    {
        let error = #expect(throws: ArgillaError.self) { try ArgillaServer(environment: environment) }
        #expect(error?.code == .misconfigured)
        let problems = ArgillaServer.problems(environment: environment)
        #expect(problems.count == says.count)
        for (problem, words) in zip(problems, says) { #expect(problem.contains(words)) }
    }

    @Test func showsNoPassword() throws {
        let server = try ArgillaServer(url: "https://ann:sekret@argilla.test", apiKey: "key-of-ann")
        #expect(!"\(server) \(String(reflecting: server.apiKey))".contains("sekret"))
        #expect("\(server)" == "https://***@argilla.test")
    }

    /// The token opens a private Space; another host must not get it.
    @Test(arguments: [
        ("https://team-argilla.hf.space", true), ("http://team-argilla.hf.space", false),
        ("https://argilla.test/.hf.space", false), ("https://hf.space.argilla.test", false),
        ("https://user@argilla.test?x.hf.space", false),
    ]) func sendsTheHubTokenToSpacesOnly(url: String, isSent: Bool) async throws {
        let transport = CannedArgilla { _, _ in .json(#"{"id":"u","username":"ann","role":"owner"}"#) }
        let server = try ArgillaServer(url: url, apiKey: "k", environment: ["HF_TOKEN": "hf_secret"])
        _ = try await ArgillaClient(server, transport: transport).me()
        let headers = try #require(transport.requests.first).headers
        #expect(headers["x-argilla-api-key"] == "k")
        #expect(headers["authorization"] == (isSent ? "Bearer hf_secret" : nil))
    }
}
