import DistilabelArgilla
import DistilabelHTTP
import DistilabelValues
import Testing

/// Datasets: found, made, completed, refused; the bodies are those that argilla 2.8.0 takes.
struct ArgillaDatasetTests {
    @Test func findsADataset() async throws {
        let server = CannedArgilla { request, _ in Sample.answer(request) ?? .json("", status: 404) }
        let found = try await server.client().dataset(named: "answers", in: Sample.workspace)
        let dataset = try #require(found)
        #expect(dataset.settings.fields == Sample.settings.fields)
        #expect(dataset.settings.questions.map(\.id) == ["q-1"])
        #expect(dataset.settings.minimumSubmitted == 2)
    }

    @Test func makesADataset() async throws {
        let server = CannedArgilla { request, index in
            if index == 0 { return .json(#"{"items":[]}"#) }
            // Nothing is there until it was sent.
            if index < 6, request.method == .get { return .json(#"{"items":[]}"#) }
            if request.method != .get { return .json(Sample.header, status: 201) }
            return Sample.answer(request) ?? .json("", status: 404)
        }
        _ = try await Sample.dataset(of: server)
        let changes = server.requests.filter { $0.method != .get }
        #expect(
            changes.map(\.line) == [
                "POST /api/v1/datasets", "POST /api/v1/datasets/d-1/fields", "POST /api/v1/datasets/d-1/questions",
                "PUT /api/v1/datasets/d-1/publish",
            ])
        #expect(
            changes.prefix(3).map(\.value) == [
                [
                    "name": "answers", "workspace_id": "w-1", "allow_extra_metadata": true,
                    "distribution": ["strategy": "overlap", "min_submitted": 1],
                ],
                [
                    "name": "text", "title": "text", "required": true,
                    "settings": ["type": "text", "use_markdown": false],
                ],
                [
                    "name": "score", "title": "How good?", "required": true,
                    "settings": ["type": "rating", "options": [["value": 1], ["value": 2], ["value": 3]]],
                ],
            ])
    }

    /// A run that was killed between the making of a dataset and its opening.
    @Test func completesADatasetThatWasBegun() async throws {
        let server = CannedArgilla { request, index in
            if request.line.hasSuffix("questions"), request.method == .get, index < 4 { return .json(#"{"items":[]}"#) }
            return Sample.answer(request, status: "draft") ?? .json("{}")
        }
        _ = try await Sample.dataset(of: server)
        #expect(
            server.requests.filter { $0.method != .get }.map(\.line) == [
                "POST /api/v1/datasets/d-1/questions", "PUT /api/v1/datasets/d-1/publish",
            ])
    }

    @Test func takesADatasetThatIsThere() async throws {
        let server = CannedArgilla { request, _ in Sample.answer(request) ?? .json("", status: 404) }
        #expect(try await Sample.dataset(of: server).id == "d-1")
        #expect(server.requests.allSatisfy { $0.method == .get })
    }

    /// Two runs that begin at the same moment.
    @Test func takesADatasetThatAnotherMade() async throws {
        let server = CannedArgilla { request, index in
            if index == 0 { return .json(#"{"items":[]}"#) }
            if request.method == .post { return .json(#"{"detail":"already exists"}"#, status: 409) }
            return Sample.answer(request) ?? .json("", status: 404)
        }
        #expect(try await Sample.dataset(of: server).id == "d-1")
    }

    static let others: [(ArgillaDatasetSettings, String)] = [
        (ArgillaDatasetSettings(fields: [.text("other")], questions: []), "no field 'other'"),
        (ArgillaDatasetSettings(fields: [.chat("text")], questions: []), "type text, not chat"),
        (ArgillaDatasetSettings(fields: [], questions: []), "wants the field 'text' of every record"),
        (ArgillaDatasetSettings(fields: [.text("text", isRequired: false)], questions: []), "wants the field 'text'"),
        (ArgillaDatasetSettings(fields: [.text("text")], questions: [.text("why")]), "no question 'why'"),
        (ArgillaDatasetSettings(fields: [.text("text")], questions: [.text("score")]), "type rating, not text"),
    ]

    @Test(arguments: others.indices) func refusesADatasetOfAnotherKind(_ index: Int) async throws {
        let (settings, says) = Self.others[index]
        let server = CannedArgilla { request, _ in Sample.answer(request) ?? .json("", status: 404) }
        let error = await #expect(throws: ArgillaError.self) {
            try await server.client().ensureDataset(named: "answers", in: Sample.workspace, settings: settings)
        }
        #expect(error?.code == .mismatch)
        #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
        #expect(server.requests.allSatisfy { $0.method == .get })
    }

    @Test func findsTheWorkspace() async throws {
        let server = CannedArgilla { _, _ in
            .json(#"{"items":[{"id":"w-1","name":"main","x":1},{"id":"w-2","name":"reviews"}]}"#)
        }
        let client = try server.client()
        #expect(try await client.workspace().name == "main")
        #expect(try await client.workspace(named: "reviews").id == "w-2")
        let error = await #expect(throws: ArgillaError.self) { try await client.workspace(named: "review") }
        #expect(error?.code == .notFound)
        #expect(error?.message.contains("'main', 'reviews'") == true)
        #expect(error?.message.contains("did you mean 'reviews'?") == true)
    }

    @Test func escapesNames() async throws {
        let server = CannedArgilla { _, _ in .json(#"{"items":[]}"#) }
        #expect(try await server.client().dataset(named: "a b&c=ü/?", in: Sample.workspace) == nil)
        #expect(
            server.requests.first?.line == "GET /api/v1/me/datasets?workspace_id=w-1&name=a%20b%26c%3D%C3%BC%2F%3F")
    }
}
