import DistilabelArgilla
import DistilabelHTTP
import DistilabelTesting
import DistilabelValues
import Testing

/// Records there and back.
struct ArgillaRecordTests {
    /// A server with the dataset, and what it answers about records.
    private func server(_ answer: @escaping @Sendable (HTTPRequest, Int) -> HTTPResponse) -> CannedArgilla {
        CannedArgilla { request, index in Sample.answer(request) ?? answer(request, index) }
    }

    private func records(_ count: Int) -> [ArgillaRecord] {
        (0..<count).map { ArgillaRecord(externalID: "r\($0)", fields: ["text": .string("text \($0)")]) }
    }

    private func sent(to server: CannedArgilla) -> [[Value]] {
        server.requests.filter { $0.method == .put }.map { $0.value["items"]?.arrayValue ?? [] }
    }

    @Test func sendsWhatTheServerTakes() async throws {
        let server = server { _, _ in .json(#"{"items":[]}"#) }
        let dataset = try await Sample.dataset(of: server)
        let record = ArgillaRecord(
            externalID: "r", fields: ["text": "x"], metadata: ["model": "m"],
            suggestions: [ArgillaSuggestion(question: "score", value: 3, agent: "judge", score: 0.5)],
            vectors: ["v": [1, 0.5]])
        let result = try await server.client().upsert([record, ArgillaRecord(fields: ["text": "y"])], into: dataset)
        #expect(result.accepted == 2)
        #expect(result.refused.isEmpty)
        #expect(server.requests.last?.line == "PUT /api/v1/datasets/d-1/records/bulk")
        #expect(
            sent(to: server) == [
                [
                    [
                        "external_id": "r", "fields": ["text": "x"], "metadata": ["model": "m"],
                        "vectors": ["v": [1.0, 0.5]],
                        "suggestions": [
                            ["question_id": "q-1", "value": 3, "agent": "judge", "score": 0.5, "type": "model"]
                        ],
                    ],
                    ["fields": ["text": "y"]],
                ]
            ])
    }

    @Test func sendsManyInChunksAndEachOnce() async throws {
        let server = server { _, _ in .json(#"{"items":[]}"#) }
        let dataset = try await Sample.dataset(of: server)
        var records = records(25)
        records.append(ArgillaRecord(externalID: "r3", fields: ["text": "newer"]))
        let result = try await server.client().upsert(records, into: dataset, chunk: 10)
        #expect(result.accepted == 25)
        let sent = sent(to: server)
        #expect(sent.map(\.count) == [10, 10, 5])
        #expect(sent.joined().filter { $0["external_id"] == "r3" }.map { $0["fields"]?["text"] } == ["newer"])
    }

    /// The server refuses a whole chunk for one record.
    @Test(arguments: [422, 413]) func aRefusedRecordKeepsNoOtherOut(status: Int) async throws {
        let server = server { request, _ in
            let isBad = request.value["items"]?.arrayValue?.contains {
                ["r4", "r17"].contains($0["external_id"]?.stringValue)
            }
            return isBad == true ? .json(#"{"detail":"Record at position 0 is bad"}"#, status: status) : .json("{}")
        }
        let dataset = try await Sample.dataset(of: server)
        let result = try await server.client().upsert(records(20), into: dataset, chunk: 20)
        #expect(result.accepted == 18)
        #expect(result.refused.map(\.index) == [4, 17])
        #expect(result.refused.first?.error.message.contains("Record at position 0 is bad") == true)
    }

    @Test func whatConcernsAllRecordsIsAnError() async throws {
        let server = server { _, _ in .json("{}", status: 403) }
        let dataset = try await Sample.dataset(of: server)
        let error = await #expect(throws: ArgillaError.self) {
            try await server.client().upsert(records(20), into: dataset)
        }
        #expect(error?.code == .forbidden)
        #expect(sent(to: server).count == 1)
        let other = ArgillaRecord(fields: [:], suggestions: [ArgillaSuggestion(question: "none", value: 1)])
        await #expect(throws: ArgillaError.self) { try await server.client().upsert([other], into: dataset) }
    }

    @Test(arguments: [
        ("gpt-4o", "gpt-4o"), ("org/model:tag v1.5_x", "org/model:tag v1.5_x"), ("modèle@eu(1)", "mod_le_eu_1_"),
        ("🐢", nil), ("--", nil), (String(repeating: "a", count: 300), String(repeating: "a", count: 200)),
    ]) func sendsNamesThatTheServerTakes(agent: String, sentAs: String?) async throws {
        let server = server { _, _ in .json("{}") }
        let dataset = try await Sample.dataset(of: server)
        let suggestion = ArgillaSuggestion(question: "score", value: 1, agent: agent)
        _ = try await server.client().upsert(
            [ArgillaRecord(fields: ["text": "x"], suggestions: [suggestion])], into: dataset)
        #expect(sent(to: server).first?.first?["suggestions"]?.arrayValue?.first?["agent"]?.stringValue == sentAs)
    }

    // MARK: - Reading

    private static let record = #"""
        {"id":"s-1","status":"completed","fields":{"text":"x"},"metadata":{"model":"m"},"external_id":"r","responses":[\#
        {"id":"a-1","values":{"score":{"value":2}},"status":"submitted","record_id":"s-1","user_id":"u-1"},\#
        {"id":"a-2","values":null,"status":"discarded","record_id":"s-1","user_id":"u-2"}],"suggestions":[\#
        {"question_id":"q-1","type":"model","value":3,"agent":"judge","score":null,"id":"g-1"}],"vectors":{"v":[1,0.5]}}
        """#

    @Test func readsWhatTheServerGives() async throws {
        let server = server { _, _ in .json(#"{"items":[\#(Self.record)],"total":1}"#) }
        let dataset = try await Sample.dataset(of: server)
        var read: [ArgillaRecord] = []
        try await server.client().forEachRecord(of: dataset, page: 7, includingVectors: true) { read.append($0) }
        let record = try #require(read.first)
        #expect(
            server.requests.last?.line
                == "GET /api/v1/datasets/d-1/records?include=suggestions&include=responses&include=vectors&offset=0&limit=7"
        )
        #expect(record.id == "s-1" && record.externalID == "r" && record.status == .completed)
        #expect(
            record.fields == ["text": "x"] && record.metadata == ["model": "m"] && record.vectors == ["v": [1, 0.5]])
        #expect(record.suggestions == [ArgillaSuggestion(question: "score", value: 3, agent: "judge")])
        #expect(
            record.responses == [
                ArgillaResponse(userID: "u-1", status: .submitted, values: ["score": 2]),
                ArgillaResponse(userID: "u-2", status: .discarded, values: [:]),
            ])
    }

    private static func page(_ ids: [String], total: Int) -> HTTPResponse {
        .json(#"{"items":[\#(ids.map { #"{"id":"\#($0)","fields":{}}"# }.joined(separator: ","))],"total":\#(total)}"#)
    }

    private func ids(_ pages: [[String]], total: Int) async throws -> [String] {
        let server = server { request, _ in
            let offset = request.url.split(separator: "offset=").last?.prefix { $0 != "&" } ?? "0"
            return Self.page(pages[(Int(offset) ?? 0) / 2], total: total)
        }
        let dataset = try await Sample.dataset(of: server)
        var ids: [String] = []
        try await server.client().forEachRecord(of: dataset, page: 2) { ids.append($0.id ?? "") }
        return ids
    }

    @Test func readsPageByPage() async throws {
        #expect(try await ids([["a", "b"], ["c", "d"], ["e"]], total: 5) == ["a", "b", "c", "d", "e"])
        #expect(try await ids([[]], total: 0).isEmpty)
    }

    /// Records that came at the same moment stand in no order: at a border one came twice, and another not at all.
    @Test func looksAgainForWhatIsMissing() async throws {
        let server = server { request, index in
            let isFirstPage = request.url.contains("offset=0")
            // The dataset took the first five requests.
            let pass = (index - 5) / 2
            if isFirstPage { return Self.page(["a", "b"], total: 4) }
            return Self.page(pass == 0 ? ["b", "d"] : ["c", "d"], total: 4)
        }
        let dataset = try await Sample.dataset(of: server)
        var ids: [String] = []
        try await server.client().forEachRecord(of: dataset, page: 2) { ids.append($0.id ?? "") }
        #expect(ids == ["a", "b", "d", "c"])
    }

    @Test func saysThatRecordsAreMissing() async throws {
        let server = server { request, _ in
            Self.page(request.url.contains("offset=0") ? ["a", "b"] : ["b", "a"], total: 4)
        }
        let dataset = try await Sample.dataset(of: server)
        let error = await #expect(throws: ArgillaError.self) {
            try await server.client().forEachRecord(of: dataset, page: 2) { _ in }
        }
        #expect(error?.code == .incomplete)
    }

    @Test func searches() async throws {
        let server = server { _, _ in .json(#"{"items":[{"record":\#(Self.record),"query_score":1.0}],"total":9}"#) }
        let dataset = try await Sample.dataset(of: server)
        let query = ArgillaQuery(
            text: "boats", status: .pending, responseStatuses: [.draft], metadata: ["model": ["m", "n"]])
        let found = try await server.client().search(query, in: dataset, offset: 3, limit: 1)
        #expect(found.total == 9 && found.records.map(\.id) == ["s-1"])
        let value = try #require(server.requests.last).value
        #expect(value["query"] == ["text": ["q": "boats"]])
        #expect(
            value["filters"] == [
                "and": [
                    ["type": "terms", "scope": ["entity": "record", "property": "status"], "values": ["pending"]],
                    ["type": "terms", "scope": ["entity": "response", "property": "status"], "values": ["draft"]],
                    [
                        "type": "terms", "scope": ["entity": "metadata", "metadata_property": "model"],
                        "values": ["m", "n"],
                    ],
                ]
            ])
    }

    /// Whatever a server gives, there are records or an error of ours.
    @Test(arguments: [1, 2, 3] as [UInt64]) func survivesAnyAnswer(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let page = Array(#"{"items":[\#(Self.record)],"total":1}"#.utf8)
        let bodies = (0..<300).map { _ -> [UInt8] in
            var body = page
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<body.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: body[place] = UInt8.random(in: 0...255, using: &random)
                case 1: body.removeSubrange(place..<min(body.count, place + Int.random(in: 1...9, using: &random)))
                default: body.insert(contentsOf: Array(#"[{"":-1e999,null]"#.utf8.shuffled(using: &random)), at: place)
                }
            }
            return body
        }
        let server = server { _, index in HTTPResponse(status: 200, body: bodies[index % bodies.count]) }
        let dataset = try await Sample.dataset(of: server)
        let client = try server.client()
        for _ in bodies {
            do {
                try await client.forEachRecord(of: dataset, page: 1) { #expect($0.id != nil) }
            } catch {
                #expect(error is ArgillaError, "\(error)")
            }
        }
    }
}
