import DistilabelHTTP
import DistilabelHub
import DistilabelModels
import DistilabelTesting
import Synchronization
import Testing

struct HubFailureTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var status: Int
        var code: String?
        var message = ""
        var token: Secret? = "hf_write"
        var expected: HubError.Code
        /// What the message must say for the mend.
        var mend: String
        var testDescription: String { "\(status) \(code ?? "") \(message)" }
    }

    static let cases: [Case] = [
        Case(
            status: 401, message: "Invalid credentials in Authorization header", expected: .unauthorized,
            mend: "settings/tokens"),
        Case(status: 401, message: "Repository not found", expected: .repositoryNotFound, mend: "check the name"),
        Case(
            status: 401, message: "Invalid username or password.", token: nil, expected: .unauthorized, mend: "HF_TOKEN"
        ),
        Case(status: 404, code: "RepoNotFound", token: nil, expected: .repositoryNotFound, mend: "HF_TOKEN"),
        Case(status: 403, code: "GatedRepo", expected: .gated, mend: "/datasets/tester/ds"),
        Case(status: 403, message: "Access to this resource is disabled.", expected: .disabled, mend: "disabled"),
        Case(status: 403, message: "no rights", expected: .forbidden, mend: "may not read"),
        Case(status: 402, message: "Payment required", expected: .paymentRequired, mend: "plan"),
        Case(status: 404, code: "RevisionNotFound", expected: .revisionNotFound, mend: "'main'"),
        Case(status: 404, code: "EntryNotFound", expected: .entryNotFound, mend: "check the path"),
        Case(status: 400, message: "Bad folder", expected: .badRequest, mend: "Bad folder"),
        Case(status: 413, expected: .badRequest, mend: "refuses"),
        Case(status: 422, expected: .badRequest, mend: "refuses"),
        Case(status: 429, expected: .rateLimited, mend: "wait"),
        Case(status: 503, expected: .serverFailure, mend: "503"),
    ]

    @Test(arguments: cases) func saysWhatIsWrongAndTheMend(_ expected: Case) async throws {
        try await HubTrial.run { trial async throws in
            trial.hub.intercept { _ in
                MockHub.refusal(
                    expected.status, expected.message, code: expected.code, headers: [("X-Request-Id", "Root=1")])
            }
            let error = try #require(
                await failure { try await trial.client(token: expected.token).info(HubRepository("tester/ds")) })
            #expect(error.code == expected.expected)
            #expect(error.status == expected.status)
            #expect(error.requestID == "Root=1")
            #expect(error.message.contains(expected.mend), "\(error.message)")
            #expect(error.message.contains(expected.message))
            #expect(!error.message.contains("hf_write"))
            let isRetried = [429, 503].contains(expected.status)
            #expect(trial.hub.requests.count == (isRetried ? 6 : 1))
        }
    }

    @Test func saysWhoIsMeantByAWrongToken() async throws {
        try await HubTrial.run { trial async throws in
            #expect(try await trial.client().whoami().organizations == ["acme"])
            #expect(try await trial.client(token: "hf_read").whoami().tokenRole == "read")
            let wrong = await failure { try await trial.client(token: "hf_wrong").whoami() }
            #expect(wrong?.code == .unauthorized)
            let none = await failure { try await trial.client(token: nil).whoami() }
            #expect(none?.code == .unauthorized)
            #expect(none?.message.contains("HF_TOKEN") == true)
        }
    }

    @Test func createsOnlyWhereItMay() async throws {
        try await HubTrial.run { trial async throws in
            let client = trial.client()
            try await client.create(HubRepository("acme/shared"))
            try await client.create(HubRepository("acme/shared"))
            let taken = await failure {
                try await client.create(HubRepository("acme/shared"), acceptingExisting: false)
            }
            #expect(taken?.code == .nameTaken)
            let others = await failure { try await client.create(HubRepository("somebody/ds")) }
            #expect(others?.code == .forbidden)
            let reader = await failure { try await trial.client(token: "hf_read").create(HubRepository("acme/more")) }
            #expect(reader?.code == .forbidden)
            #expect(reader?.message.contains("write") == true)
            // Whoever may not make one may use one that is there.
            try await trial.client(token: "hf_read").create(HubRepository("acme/shared"))
            let pushing = await failure {
                try await trial.client(token: "hf_read").push(
                    to: HubRepository("acme/shared"), HubCommitOptions(message: "m")
                ) { _ in [.add(path: "a", content: .text("a"))] }
            }
            #expect(pushing?.code == .forbidden)
        }
    }

    @Test func waitsUntilTheHubsWindowIsOver() async throws {
        try await HubTrial.run { trial async throws in
            trial.hub.put("tester/ds", [:])
            let isFirst = Mutex(true)
            trial.hub.intercept { _ in
                isFirst.withLock { first in
                    defer { first = false }
                    return first
                        ? MockHub.refusal(429, "Too many", headers: [("RateLimit", "\"api\";r=0;t=0")]) : nil
                }
            }
            #expect(try await trial.client().info(HubRepository("tester/ds")).repository.id == "tester/ds")
            #expect(trial.hub.requests.count == 2)
        }
    }

    @Test func goesOnAfterFailuresThatPass() async throws {
        try await HubTrial.run { trial async throws in
            trial.hub.put("tester/ds", [:])
            let seen = Mutex<[String: Int]>([:])
            // Each question fails twice before it is answered.
            trial.hub.intercept { request in
                let count = seen.withLock {
                    $0[request.method + request.path, default: 0] += 1
                    return $0[request.method + request.path] ?? 0
                }
                return count > 2 ? nil : count == 1 ? MockHub.refusal(503, "Down") : MockAnswer().failing(.reset)
            }
            let commit = try await trial.client().push(
                to: HubRepository("tester/ds"), HubCommitOptions(message: "m")
            ) { _ in [.add(path: "a.parquet", content: .bytes(noise(100)))] }
            #expect(!commit.isUnchanged)
            #expect(trial.hub.messages == ["m"])
        }
    }

    @Test func refusesToFollowTheHubToAnotherHostWithTheToken() async throws {
        try await HubTrial.run { trial async throws in
            let thief = try await MockLLMServer.start { _ in .text("{}") }
            trial.hub.intercept { _ in MockAnswer(status: 307, headers: [("Location", thief.origin + "/api")]) }
            let error = await failure { try await trial.client().info(HubRepository("tester/ds")) }
            #expect(error?.code == .malformedAnswer)
            let posted = await failure { try await trial.client().create(HubRepository("tester/ds")) }
            #expect(posted?.code == .malformedAnswer)
            #expect(thief.requestCount == 0)
            try await thief.stop()
        }
    }

    @Test func followsARenamedRepository() async throws {
        try await HubTrial.run { trial async throws in
            trial.hub.put("tester/new", ["a": [1]])
            trial.hub.intercept { request in
                request.path.contains("tester/old")
                    ? MockAnswer(
                        status: 307,
                        headers: [("Location", request.path.replacing("tester/old", with: "tester/new"))]) : nil
            }
            let client = trial.client()
            #expect(try await client.info(HubRepository("tester/old")).repository.id == "tester/new")
            #expect(try await client.contents(of: "a", of: HubRepository("tester/old")) == [1])
            _ = try await client.push(to: HubRepository("tester/old"), HubCommitOptions(message: "m")) { _ in
                [.add(path: "b", content: .text("b"))]
            }
            #expect(trial.hub.files(of: "tester/new")?["b"] != nil)
        }
    }

    @Test func makesSenseOfNonsense() async throws {
        try await HubTrial.run { trial async throws in
            for body in ["", "[]", "{}", "<html>", "{\"sha\": 3}", "{\"objects\": 1, \"files\": {}}"] {
                trial.hub.intercept { _ in .text(body) }
                let client = trial.client()
                let repository = try HubRepository("tester/ds")
                #expect(await failure { try await client.info(repository) }?.code == .malformedAnswer)
                #expect(await failure { try await client.whoami() }?.code == .malformedAnswer)
                #expect(await failure { try await client.file("a", of: repository) }?.code == .malformedAnswer)
            }
        }
    }
}
