import Distilabel
import DistilabelTesting
import Foundation
import Synchronization
import Testing

/// Rows to the real Argilla server and back, seen with the real client.
@Suite(
    .enabled(if: ArgillaTestServer.python != nil, "DISTILABEL_ARGILLA_PYTHON names no Python with argilla-server"),
    .serialized)
struct ArgillaTests {
    /// One server for all tests: it takes seconds to start.
    private static let shared = Result { try ArgillaTestServer() }
    private let server: ArgillaTestServer

    init() throws { server = try Self.shared.get() }

    /// The pipeline of the demo, with scripted models and annotators behind it.
    private func pipeline(_ dataset: String) throws -> Pipeline {
        let writer = ScriptedLLM(name: "writer") { _ in "What is a boat?\nWhy does it float?\nWhich boat has no mast?"
        }
        let short = ScriptedLLM(name: "short") { "Briefly: \($0.messages.last?.text ?? "")" }
        let long = ScriptedLLM(name: "long") { "At length, with ünïcode 🐢: \($0.messages.last?.text ?? "")" }
        let judge = ScriptedLLM(name: "judge@eu") { request in
            let isNamed = request.messages.last?.text.contains("Which boat") == true
            return isNamed
                ? "Rating: 2\nRationale: Too short.\n\nRating: None\nRationale: Cannot tell."
                : "Rating: 2\nRationale: Too short.\n\nRating: 5\nRationale: Very good."
        }
        let load = LoadDataFromDicts(data: [["input": "boats"]]).named("load")
        let combine = CombineColumns(
            columns: ["generation", "model_name"], outputColumns: ["generations", "model_names"]
        ).named("combine")
        let toArgilla = PreferenceToArgilla(ArgillaAddress(datasetName: dataset), numGenerations: 2)
            .named("to_argilla", inputMappings: ["generation_models": "model_names"], inputBatchSize: 2)
        return try Pipeline("preferences") {
            load >>> SelfInstruct(llm: writer, numInstructions: 3).named("self_instruct")
                >>> ExpandColumns(["instructions": "instruction"]).named("expand")
                >>> [TextGeneration(llm: short).named("a"), TextGeneration(llm: long).named("b")] >>> combine
                >>> UltraFeedback(llm: judge).named("judge")
                >>> [toArgilla, FormatTextGenerationDPO().named("format_dpo")]
        }
    }

    @discardableResult
    private func run(_ pipeline: Pipeline, key: String = "owner.key", isTrial: Bool = false) async throws -> RunResult {
        var request = RunRequest()
        request.cache = nil
        request.options.isTrial = isTrial
        request.environment = server.environment.merging(["ARGILLA_API_KEY": key]) { $1 }
        return try await pipeline.execute(request)
    }

    /// The records as the real client lists them, in order of their ids.
    private func listed(_ dataset: String) throws -> [Value] {
        let records = try server.python(
            """
            records = client.datasets("\(dataset)").records(with_suggestions=True, with_responses=True)
            rows = [record.to_dict() for record in records]
            print(json.dumps(sorted(rows, key=lambda row: row["id"])))
            """)
        return records.arrayValue ?? []
    }

    @Test func theRealClientListsRecordsAndSuggestions() async throws {
        let result = try await run(pipeline("listed"))
        let rows = try #require(try result.distiset["to_argilla"]?["train"]?.head(10))
        #expect(rows.count == 3)
        #expect(result.summary.steps.first { $0.name == "to_argilla" }?.failedRows == 0)
        let records = try listed("listed")
        #expect(records.count == 3)
        for row in rows {
            let record = try #require(records.first { $0["fields"]?["instruction"] == row["instruction"] })
            let generations = row["generations"]?.arrayValue ?? []
            #expect(record["fields"]?["generations-0"] == generations.first)
            #expect(record["fields"]?["generations-1"] == generations.last)
            #expect(record["fields"]?["id"]?.stringValue?.count == 64)
            #expect(record["metadata"] == ["generations-0-model": "short", "generations-1-model": "long"])
            let isNamed = row["instruction"] == "Which boat has no mast?"
            let suggestions = try #require(record["suggestions"])
            #expect(suggestions["generations-0-rating"]?["value"] == 2)
            // A name as the server takes it.
            #expect(suggestions["generations-0-rating"]?["agent"] == "judge_eu")
            #expect(suggestions["generations-0-rationale"]?["value"] == "Too short.")
            #expect(suggestions["generations-1-rating"]?["value"] == (isNamed ? nil : 5))
            #expect(suggestions["generations-1-rationale"]?["value"] == (isNamed ? "Cannot tell." : "Very good."))
        }
        let settings = try server.python(
            """
            settings = client.datasets("listed").settings
            print(json.dumps({
                "fields": {field.name: field.required for field in settings.fields},
                "questions": {question.name: [question.type, question.required] for question in settings.questions},
                "metadata": {one.name: one.visible_for_annotators for one in settings.metadata},
            }))
            """)
        #expect(
            settings == [
                "fields": ["id": true, "instruction": true, "generations-0": true, "generations-1": false],
                "questions": [
                    "generations-0-rating": ["rating", true], "generations-0-rationale": ["text", false],
                    "generations-1-rating": ["rating", false], "generations-1-rationale": ["text", false],
                ],
                "metadata": ["generations-0-model": false, "generations-1-model": false],
            ])
    }

    /// Two annotators answer with keys of their own, the one over the client, the other over REST.
    private func annotate(_ dataset: String) throws {
        _ = try server.python(
            """
            import httpx
            mine = client.datasets("\(dataset)")
            records = sorted(mine.records, key=lambda record: record.fields["instruction"])
            ann = client.users("ann")
            records[0].responses.add(rg.Response("generations-0-rating", 4, user_id=ann.id, status="submitted"))
            records[0].responses.add(rg.Response("generations-0-rationale", "Näh.", user_id=ann.id, status="submitted"))
            mine.records.log([records[0]])
            ben = httpx.Client(base_url="\(server.url)/api/v1", headers={"X-Argilla-Api-Key": "ben.key"})
            first = {"generations-0-rating": {"value": 1}}
            for record, body in [
                (records[0], {"status": "submitted", "values": first}),
                (records[1], {"status": "draft", "values": first}),
                (records[2], {"status": "discarded", "values": {}}),
            ]:
                ben.post(f"/records/{record._server_id}/responses", json=body).raise_for_status()
            print("{}")
            """)
    }

    @Test func aRunThatRunsAgainAddsNothingAndKeepsAnnotations() async throws {
        try await run(pipeline("again"))
        let first = try listed("again")
        try annotate("again")
        let annotated = try listed("again")
        try await run(pipeline("again"))
        let second = try listed("again")
        #expect(first.count == 3)
        #expect(second.map { $0["id"] } == first.map { $0["id"] })
        #expect(second.map { $0["_server_id"] } == first.map { $0["_server_id"] })
        #expect(second == annotated)
        #expect(second != first)
    }

    /// Some records were sent before the run was stopped.
    @Test func aRunThatGoesOnAddsNothingTwice() async throws {
        let folder = try TemporaryFolder()
        let control = RunControl()
        let calls = Mutex(0)
        let hasStopped = Mutex(false)
        let llm = ScriptedLLM(concurrency: 1) { request in
            let call = calls.withLock { calls in
                calls += 1
                return calls
            }
            // Rows behind these wait for the stop.
            while call > 4, !hasStopped.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
            return "About \(request.messages.last?.text ?? "")"
        }
        let pipeline = try Pipeline("going-on") {
            LoadDataFromDicts(data: (0..<8).map { ["instruction": "Question \($0)"] }).named("load")
                >>> TextGeneration(llm: llm).named("ask")
                >>> TextGenerationToArgilla(ArgillaAddress(datasetName: "going-on"))
                .named("to_argilla", inputBatchSize: 2)
        }
        var request = RunRequest()
        request.cache = RunCache(directory: folder.path)
        request.environment = server.environment
        request.control = control
        request.events = { event in
            guard case .produced(step: "to_argilla", _) = event else { return }
            control.stop(RunStop(.asked))
            hasStopped.withLock { $0 = true }
        }
        await #expect(throws: RunStopped.self) { try await pipeline.execute(request) }
        let first = try listed("going-on")
        #expect(!first.isEmpty && first.count < 8)

        request.control = RunControl()
        request.events = { _ in }
        _ = try await pipeline.execute(request)
        let second = try listed("going-on")
        #expect(Set(second.map { $0["fields"]?["instruction"] }).count == 8)
        #expect(second.count == 8)
        #expect(calls.withLock { $0 } == 8)
    }

    @Test func annotationsComeBackAsTheRealClientGivesThem() async throws {
        try await run(pipeline("back"))
        try annotate("back")
        let distiset = try await Distiset.annotated(
            ArgillaAddress(datasetName: "back"), environment: server.environment)
        let rows = try #require(try distiset["default"]?["train"]?.head(10))
        let list = try server.python(
            """
            records = client.datasets("back").records(with_suggestions=True, with_responses=True)
            print(json.dumps(records.to_list(flatten=True)))
            """)
        let theirs = list.arrayValue ?? []
        #expect(rows.count == 3 && theirs.count == 3)
        for row in rows {
            let their = try #require(theirs.first { $0["_server_id"] == row["_server_id"] }?.objectValue)
            for (name, value) in their { #expect(row[name] ?? .null == value, "\(name)") }
            // All that we have beside it is empty, or names people.
            for (name, value) in row.object where their[name] == nil {
                #expect(value.isNull || name.hasSuffix(".usernames"), "\(name)")
            }
        }
        let first = try #require(rows.first { $0["instruction"] == "What is a boat?" })
        #expect(first["generations-0-rating.responses"] == [4, 1])
        #expect(first["generations-0-rating.responses.usernames"] == ["ann", "ben"])
        #expect(first["generations-0-rating.responses.status"] == ["submitted", "submitted"])
        #expect(first["generations-0-rationale.responses"] == ["Näh."])
        #expect(first["generations-0-rating.suggestion"] == 2)

        let submitted = try await Distiset.annotated(
            ArgillaAddress(datasetName: "back"), records: .answered, responseStatuses: [.submitted],
            environment: server.environment)
        #expect(submitted.rowCount == 1)
        let completed = try await Distiset.annotated(
            ArgillaAddress(datasetName: "back"), records: .completed, environment: server.environment)
        #expect(completed.rowCount == 1)
    }

    @Test func fieldsBearTheNamesThatRowsHave() async throws {
        let load = LoadDataFromDicts(data: [
            ["question": "Why?", "answer": ["Because.", "So.", "Because."], "model": "m-1"],
            ["question": "Why not?", "answer": "Well.", "model": nil], ["question": 3, "answer": "x", "model": nil],
        ]).named("load")
        let step = TextGenerationToArgilla(ArgillaAddress(datasetName: "mapped", datasetWorkspace: "main")).named(
            "to_argilla",
            inputMappings: ["instruction": "question", "generation": "answer", "model_name": "model"])
        let result = try await run(Pipeline("mapped") { load >>> step })
        let rows = try #require(try result.distiset["default"]?["train"]?.head(10))
        #expect(rows.map { $0["question"] } == ["Why?", "Why not?", 3])
        #expect(
            rows.map { $0["distilabel_metadata"]?["failure_to_argilla"]?.stringValue != nil } == [false, false, true])
        #expect(result.summary.steps.last?.failedRows == 1)
        let records = try listed("mapped")
        let pairs = Set(records.map { [$0["fields"]?["question"], $0["fields"]?["answer"]] })
        #expect(pairs == [["Why?", "Because."], ["Why?", "So."], ["Why not?", "Well."]])
        #expect(Set(records.map { $0["metadata"] }) == [["model": "m-1"], [:]])
    }

    @Test func aTrialWritesNothing() async throws {
        try await run(pipeline("trial"), isTrial: true)
        let names = try server.python("print(json.dumps([one.name for one in client.datasets.list()]))")
        #expect(names.arrayValue?.contains("trial") == false)
    }

    @Test(
        arguments: [
            ("ann.key", nil, "403"), ("nobody.key", nil, "ARGILLA_API_KEY"),
            ("owner.key", "mian", "did you mean 'main'?"),
        ] as [(String, String?, String)])
    func saysBeforeAnyModelIsAskedThatItCannotWrite(key: String, workspace: String?, says: String) async throws {
        let calls = Mutex(0)
        let llm = ScriptedLLM { _ in
            calls.withLock { $0 += 1 }
            return "x"
        }
        let step = TextGenerationToArgilla(ArgillaAddress(datasetName: "refused", datasetWorkspace: workspace))
        let pipeline = try Pipeline("refused") {
            LoadDataFromDicts(data: [["instruction": "Why?"]]).named("load") >>> TextGeneration(llm: llm).named("ask")
                >>> step.named("to_argilla")
        }
        let error = await #expect(throws: StepError.self) { try await run(pipeline, key: key) }
        #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
        #expect(error?.step == "to_argilla")
        #expect(calls.withLock { $0 } == 0)
    }

    /// The fields and questions that Python's distilabel 1.5.3 gives a dataset, and no more.
    @Test func takesADatasetThatTheRealClientMade() async throws {
        _ = try server.python(
            """
            numbers = range(2)
            settings = rg.Settings(
                fields=[rg.TextField(name="id"), rg.TextField(name="instruction")]
                + [rg.TextField(name=f"generations-{n}", required=n == 0) for n in numbers],
                questions=[rg.RatingQuestion(f"generations-{n}-rating", [1, 2, 3, 4, 5], required=n == 0) for n in numbers]
                + [rg.TextQuestion(f"generations-{n}-rationale", required=False) for n in numbers],
            )
            rg.Dataset(name="theirs", settings=settings, workspace="main", client=client).create()
            print("{}")
            """)
        let result = try await run(pipeline("theirs"))
        #expect(result.summary.steps.first { $0.name == "to_argilla" }?.failedRows == 0)
        #expect(try listed("theirs").count == 3)
    }

    @Test func aDatasetOfAnotherKindIsLeftAlone() async throws {
        try await run(pipeline("taken"))
        let step = TextGenerationToArgilla(ArgillaAddress(datasetName: "taken"))
        let pipeline = try Pipeline("taken") {
            LoadDataFromDicts(data: [["instruction": "Why?", "generation": "So."]]).named("load")
                >>> step.named("to_argilla")
        }
        let error = await #expect(throws: StepError.self) { try await run(pipeline) }
        #expect(error?.description.contains("has no field 'generation'") == true, "\(error?.description ?? "")")
        #expect(try listed("taken").count == 3)
    }
}
