internal import DistilabelHTTP
internal import DistilabelValues

/// What became of records that were sent.
public struct ArgillaUpsert: Sendable {
    /// How many the server took.
    public var accepted = 0
    /// Those that it did not: which of the list, and why.
    public var refused: [(index: Int, error: ArgillaError)] = []

    /// Nothing sent.
    public init() {}
}

extension ArgillaClient {
    /// The most records that a server takes at once.
    public static let maximumChunk = 500

    /// Sends records: new ones are added, those whose `externalID` is there get the new fields, metadata and suggestions and keep
    /// their responses.
    ///
    /// Of several with the same `externalID` the last one counts. One record that the server refuses does not keep the others out.
    ///
    /// - Parameters:
    ///   - records: The records, of any number.
    ///   - dataset: Where to.
    ///   - chunk: How many are sent at once, at most ``maximumChunk``.
    /// - Returns: How many were taken, and which were not.
    /// - Throws: `ArgillaError` for what concerns all records.
    public func upsert(
        _ records: [ArgillaRecord], into dataset: ArgillaDataset, chunk: Int = 100
    ) async throws -> ArgillaUpsert {
        let bodies = try records.map { try $0.body(questions: dataset.settings.questions) }
        var places: [String: Int] = [:]
        for (index, record) in records.enumerated() {
            if let id = record.externalID { places[id] = index }
        }
        let last = records.indices.filter { index in
            records[index].externalID.map { places[$0] == index } ?? true
        }
        var result = ArgillaUpsert()
        let size = min(max(1, chunk), Self.maximumChunk)
        for start in stride(from: 0, to: last.count, by: size) {
            try await upsert(
                last[start..<min(start + size, last.count)], of: bodies, into: dataset, result: &result)
        }
        return result
    }

    /// Sends some of the records; where the server refuses them, by halves, until those are found that it means.
    private func upsert(
        _ indices: ArraySlice<Int>, of bodies: [Value], into dataset: ArgillaDataset, result: inout ArgillaUpsert
    ) async throws {
        do {
            _ = try await send(
                .put, "datasets/\(dataset.id)/records/bulk", body: ["items": .array(indices.map { bodies[$0] })])
            result.accepted += indices.count
        } catch let error as ArgillaError where error.code == .invalid || error.code == .tooLarge {
            guard indices.count > 1 else {
                result.refused += indices.map { ($0, error) }
                return
            }
            let middle = indices.startIndex + indices.count / 2
            try await upsert(indices[..<middle], of: bodies, into: dataset, result: &result)
            try await upsert(indices[middle...], of: bodies, into: dataset, result: &result)
        }
    }

    /// Goes through the records of a dataset, with their suggestions and responses, in the order in which they came.
    ///
    /// Read from the server's database, so that its search engine need not be up to date.
    ///
    /// - Parameters:
    ///   - dataset: The dataset.
    ///   - page: How many are asked for at once, 1 to 1,000.
    ///   - includingVectors: Whether their vectors come along.
    ///   - body: Is given one record after the other.
    /// - Throws: `ArgillaError`; `.incomplete` when the server does not give all that it counts.
    public func forEachRecord(
        of dataset: ArgillaDataset, page: Int = 100, includingVectors: Bool = false,
        _ body: (ArgillaRecord) async throws -> Void
    ) async throws {
        let path = "datasets/\(dataset.id)/records"
        // The server sorts by the time of arrival, which many share: at the border of two pages one may come twice and another not at
        // all. So nothing is given twice, and what is missing is looked for once more.
        var seen = Set<String>()
        for _ in 0..<3 {
            var offset = 0
            var total = 0
            repeat {
                let query = Self.query(offset: offset, limit: page, includingVectors: includingVectors)
                let answer = try await send(.get, path, query: query)
                let items = answer["items"]?.arrayValue ?? []
                total = answer["total"]?.intValue ?? (items.isEmpty ? offset : offset + items.count + 1)
                for record in try records(items, of: dataset, path: path) where seen.insert(record.id ?? "").inserted {
                    try await body(record)
                }
                offset += items.count
                if items.isEmpty { break }
            } while offset < total
            if seen.count >= min(offset, total) { return }
        }
        throw ArgillaError(
            code: .incomplete,
            message:
                "Argilla at \(server) does not give all records that it counts in '\(dataset.name)': somebody may be changing it; try again"
        )
    }

    /// The records that a search finds, in the order in which they came; asks the server's search engine.
    ///
    /// - Parameters:
    ///   - query: What is looked for.
    ///   - dataset: Where.
    ///   - offset: How many to pass over.
    ///   - limit: How many at most, 1 to 1,000.
    /// - Returns: The records, and how many there are in all.
    /// - Throws: `ArgillaError`.
    public func search(
        _ query: ArgillaQuery, in dataset: ArgillaDataset, offset: Int = 0, limit: Int = 100
    ) async throws -> (records: [ArgillaRecord], total: Int) {
        let path = "datasets/\(dataset.id)/records/search"
        let answer = try await send(
            .post, path, query: Self.query(offset: offset, limit: limit, includingVectors: false), body: query.body,
            isRepeatable: true)
        let items = (answer["items"]?.arrayValue ?? []).map { $0["record"] ?? .null }
        return (try records(items, of: dataset, path: path), answer["total"]?.intValue ?? items.count)
    }

    private func records(_ items: [Value], of dataset: ArgillaDataset, path: String) throws -> [ArgillaRecord] {
        try items.map { item in
            guard let record = ArgillaRecord(item, questions: dataset.settings.questions) else {
                throw ArgillaFailure.misunderstanding("a record without `id` or `fields`", path: path, at: server)
            }
            return record
        }
    }

    private static func query(offset: Int, limit: Int, includingVectors: Bool) -> [(String, String)] {
        [("include", "suggestions"), ("include", "responses")] + (includingVectors ? [("include", "vectors")] : [])
            + [("offset", String(offset)), ("limit", String(limit))]
    }
}
