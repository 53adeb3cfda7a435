import DistilabelModels
import DistilabelPipeline
import DistilabelSteps
import DistilabelTesting
import DistilabelValues
import Synchronization
import Testing

/// The steps against a server that answers as Argilla does; against the real one they stand in `ArgillaTests`.
struct ArgillaStepsTests {
    /// Rows, sent with a step to a server that knows one empty workspace and takes what it is sent.
    private struct Exchange {
        var rows: [Row] = []
        var records: [Value] = []
        var paths: [String] = []
    }

    private func send(
        _ rows: [Row], mappings: [String: String] = [:], isTrial: Bool = false, bulkStatus: Int = 200,
        with step: (ArgillaAddress) -> any BatchStep
    ) async throws -> Exchange {
        let dataset = Mutex<[String: [Value]]>([:])
        let sent = Mutex(Exchange())
        let server = try await MockLLMServer.start { request in
            sent.withLock { $0.paths.append("\(request.method) \(request.path.prefix { $0 != "?" })") }
            let path = request.path.prefix { $0 != "?" }
            var value = (try? JSON.parse(request.body)) ?? .null
            if path.hasSuffix("/bulk") {
                sent.withLock { $0.records += value["items"]?.arrayValue ?? [] }
                return .text(bulkStatus == 200 ? "{}" : #"{"detail":"not valid"}"#, status: bulkStatus)
            }
            let list = String(path.split(separator: "/").last ?? "")
            if request.method == "GET" {
                let items = list == "workspaces" ? [["id": "w", "name": "main"]] : dataset.withLock { $0[list] ?? [] }
                if list == "me" { return .text(#"{"id":"u","username":"ann","role":"owner"}"#) }
                return .text(JSON.string(["items": .array(items)]))
            }
            value["id"] = .string("\(list)-\(dataset.withLock { $0[list]?.count ?? 0 })")
            value["status"] = "draft"
            dataset.withLock { $0[list, default: []].append(value) }
            return .text(JSON.string(value))
        }
        let resources = RunResources(environment: ["ARGILLA_API_KEY": "k"])
        let context = StepContext(
            stepName: "to_argilla", inputMappings: mappings, isTrial: isTrial, resources: resources)
        let step = step(ArgillaAddress(datasetName: "d", apiURL: server.origin))
        var made: [Row] = []
        var failure: (any Error)?
        do {
            try await step.prepare(in: context)
            made = try await step.process(rows, in: context)
        } catch {
            failure = error
        }
        await resources.close()
        try await server.stop()
        if let failure { throw failure }
        var exchange = sent.withLock { $0 }
        exchange.rows = made
        return exchange
    }

    private func preference(_ count: Int) -> (ArgillaAddress) -> any BatchStep {
        { PreferenceToArgilla($0, numGenerations: count) }
    }

    @Test func ratingsAndRationalesAreSuggestedAsFarAsTheyGo() async throws {
        let row: Row = [
            "instruction": "Why?", "generations": ["a", nil, ["x": 1], "d"], "ratings": [5, 0, 4.0, "3"],
            "rationales": ["good", "", nil, "fair"], "model_name": "judge",
        ]
        let exchange = try await send([row], with: preference(4))
        #expect(exchange.rows == [row])
        let record = try #require(exchange.records.first)
        #expect(
            record["fields"]?.objectValue?.filter { $0.key != "id" }
                == ["instruction": "Why?", "generations-0": "a", "generations-2": #"{"x":1}"#, "generations-3": "d"])
        let values = record["suggestions"]?.arrayValue?.map { $0["value"] ?? .null }
        #expect(values == [5, 4, "good", "fair"])
        #expect(
            record["suggestions"]?.arrayValue?.allSatisfy { $0["agent"] == "judge" && $0["type"] == "model" } == true)
    }

    /// What stands in a record makes its id, and nothing else does.
    @Test func idsFollowFromContent() async throws {
        func id(_ row: Row, mappings: [String: String] = [:]) async throws -> String? {
            try await send([row], mappings: mappings, with: preference(3)).records.first?["external_id"]?.stringValue
        }
        let row: Row = ["instruction": "Why?", "generations": ["a", "b"], "ratings": [1, 2]]
        let first = try await id(row)
        #expect(first?.count == 64)
        var judged = row
        judged["ratings"] = [3, 4]
        judged["distilabel_metadata"] = ["statistics_x": 1]
        #expect(try await id(judged) == first)
        var other = row
        other["generations"] = ["b", "a"]
        #expect(try await id(other) != first)
    }

    @Test func rowsWithMoreAnswersThanThereIsRoomForSaySo() async throws {
        let rows: [Row] = [
            ["instruction": "Why?", "generations": ["a", "b", "c"]],
            ["instruction": "How?", "generations": ["a", "b"]],
            ["instruction": "Who?", "generations": [nil, nil]],
        ]
        let exchange = try await send(rows, with: preference(2))
        #expect(exchange.records.count == 1)
        #expect(exchange.rows.map { $0.failure(of: "to_argilla") != nil } == [true, false, true])
        #expect(exchange.rows[0].failure(of: "to_argilla")?.contains("set `num_generations` to 3") == true)
    }

    @Test func theFirstAnswerIsThereEvenIfItIsNone() async throws {
        let exchange = try await send([["instruction": "Why?", "generations": [nil, "b"]]], with: preference(2))
        #expect(exchange.records.first?["fields"]?["generations-0"] == "")
        #expect(exchange.records.first?["fields"]?["generations-1"] == "b")
    }

    @Test func rowsThatTheServerRefusesSaySo() async throws {
        let rows: [Row] = [["instruction": "Why?", "generation": "a"], ["instruction": "How?", "generation": "b"]]
        let exchange = try await send(rows, bulkStatus: 422) { TextGenerationToArgilla($0) }
        #expect(exchange.rows.allSatisfy { $0.failure(of: "to_argilla")?.contains("not valid") == true })
    }

    /// Rows behind the first ones do not wait for tries that will fail as well.
    @Test func isPatientOnlyOnceWithAServerThatFails() async throws {
        let fails = Mutex(false)
        let server = try await MockLLMServer.start { request in
            let path = request.path.prefix { $0 != "?" }
            if fails.withLock({ $0 }) {
                var answer = MockAnswer.text("", status: 503)
                answer.headers.append(("retry-after-ms", "1"))
                return answer
            }
            if path.hasSuffix("/me") { return .text(#"{"id":"u","username":"ann","role":"owner"}"#) }
            if request.method != "GET" {
                return .text(#"{"id":"d","name":"d","status":"draft","allow_extra_metadata":true}"#)
            }
            let items = [
                "workspaces": #"{"id":"w","name":"main"}"#,
                "datasets": #"{"id":"d","name":"d","status":"ready","allow_extra_metadata":true}"#,
                "fields": ["id", "instruction", "generation"].map {
                    #"{"name":"\#($0)","title":"x","required":true,"settings":{"type":"text"}}"#
                }.joined(separator: ","),
                "questions":
                    #"{"id":"q","name":"quality","title":"x","required":true,"settings":{"type":"label_selection"}}"#,
            ]
            return .text(#"{"items":[\#(items[String(path.split(separator: "/").last ?? "")] ?? "")]}"#)
        }
        let resources = RunResources(environment: ["ARGILLA_API_KEY": "k"])
        let context = StepContext(stepName: "to_argilla", resources: resources)
        let step = TextGenerationToArgilla(ArgillaAddress(datasetName: "d", apiURL: server.origin))
        let rows: [Row] = [["instruction": "Why?", "generation": "a"]]
        try await step.prepare(in: context)
        fails.withLock { $0 = true }
        var tries: [Int] = []
        for _ in 0..<3 {
            let before = server.requestCount
            await #expect(throws: (any Error).self) { try await step.process(rows, in: context) }
            tries.append(server.requestCount - before)
        }
        #expect(tries == [7, 1, 1])
        fails.withLock { $0 = false }
        #expect(try await step.process(rows, in: context) == rows)
        await resources.close()
        try await server.stop()
    }

    @Test func aTrialLooksAndLeavesNothing() async throws {
        let exchange = try await send([["instruction": "Why?", "generation": "a"]], isTrial: true) {
            TextGenerationToArgilla($0)
        }
        #expect(exchange.rows.count == 1)
        #expect(exchange.paths.allSatisfy { $0.hasPrefix("GET") } && exchange.paths.contains("GET /api/v1/me"))
    }

    @Test(arguments: ["TextGenerationToArgilla", "PreferenceToArgilla", "LoadDataFromArgilla"])
    func saysWhatIsMissingBeforeARun(name: String) throws {
        var registry = ComponentRegistry()
        registry.register(StandardSteps.all)
        func step(_ parameters: Value.Object) throws -> any Step {
            var object = parameters
            if name == "PreferenceToArgilla" { object["num_generations"] = 2 }
            object["type"] = .string(name)
            return try #require(try ComponentCoding.decode(from: object, registry: registry) as? any Step)
        }
        let missing = try step([:]).problems(in: [:])
        #expect(missing.count == 3)
        for words in ["dataset_name", "ARGILLA_API_URL", "ARGILLA_API_KEY"] {
            #expect(missing.contains { $0.contains(words) })
        }
        let environment = ["ARGILLA_API_URL": "http://a.test", "ARGILLA_API_KEY": "k"]
        #expect(try step(["dataset_name": "d"]).problems(in: environment).isEmpty)
        let whole = try step(["dataset_name": "d", "api_url": "http://a.test", "api_key": "sekret"])
        #expect(whole.problems(in: [:]).isEmpty)
        // The key is in no file.
        #expect(!JSON.string(.object(try ComponentCoding.encode(whole))).contains("sekret"))
    }
}
