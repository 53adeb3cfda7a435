internal import DistilabelArgilla
internal import DistilabelValues

/// How records become rows.
struct AnnotatedRows {
    private let settings: ArgillaDatasetSettings
    /// The names of users, by their ids.
    private let users: [String: String]
    private let empty: Row

    init(_ settings: ArgillaDatasetSettings, users: [String: String]) {
        self.settings = settings
        self.users = users
        var names = ["id", "status", "_server_id"]
        for name in settings.fields.map(\.name) + settings.metadataProperties.map(\.name) + settings.vectors.map(\.name)
            + settings.questions.flatMap({ Self.columns(of: $0.name) }) where !names.contains(name)
        {
            names.append(name)
        }
        empty = Row(columns: Columns(names), values: names.map { _ in .null })
    }

    /// Whether records have vectors.
    var hasVectors: Bool { !settings.vectors.isEmpty }

    private static func columns(of question: String) -> [String] {
        ["responses", "responses.users", "responses.usernames", "responses.status"].map { "\(question).\($0)" }
            + ["suggestion", "suggestion.score", "suggestion.agent"].map { "\(question).\($0)" }
    }

    /// The row of a record; all rows have the same columns, but for metadata of which the dataset does not tell.
    func row(of record: ArgillaRecord) -> Row {
        var row = empty
        row["id"] = record.externalID.map(Value.string) ?? .null
        row["status"] = .string(record.status.rawValue)
        row["_server_id"] = record.id.map(Value.string) ?? .null
        for (name, value) in record.fields { row[name] = value }
        for (name, value) in record.metadata { row[name] = value }
        for (name, vector) in record.vectors { row[name] = .array(vector.map(Value.double)) }
        for question in settings.questions.map(\.name) {
            let answers = record.responses.compactMap { response in
                response.values[question].map { (response: response, value: $0) }
            }
            guard !answers.isEmpty else { continue }
            row["\(question).responses"] = .array(answers.map(\.value))
            row["\(question).responses.users"] = .array(answers.map { .string($0.response.userID) })
            row["\(question).responses.usernames"] = .array(
                answers.map { users[$0.response.userID].map(Value.string) ?? .null })
            row["\(question).responses.status"] = .array(answers.map { .string($0.response.status.rawValue) })
        }
        for suggestion in record.suggestions {
            row["\(suggestion.question).suggestion"] = suggestion.value
            row["\(suggestion.question).suggestion.score"] = suggestion.score ?? .null
            row["\(suggestion.question).suggestion.agent"] = suggestion.agent.map(Value.string) ?? .null
        }
        return row
    }
}
