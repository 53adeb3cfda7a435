internal import DistilabelValues

extension ArgillaRecord {
    /// What is sent of a record.
    ///
    /// - Parameter questions: The dataset's questions, under which suggestions go.
    /// - Throws: `ArgillaError` when a suggestion is for none of them.
    func body(questions: [ArgillaQuestion]) throws -> Value {
        var body: Value = ["fields": .object(fields)]
        if let id { body["id"] = .string(id) }
        if let externalID { body["external_id"] = .string(externalID) }
        // What is left out stays as it is on the server.
        if !metadata.isEmpty { body["metadata"] = .object(metadata) }
        if !vectors.isEmpty {
            body["vectors"] = .object(Value.Object(vectors.mapValues { .array($0.map(Value.double)) }) { $1 })
        }
        if !suggestions.isEmpty {
            body["suggestions"] = .array(
                try suggestions.map { suggestion in
                    guard let id = questions.first(where: { $0.name == suggestion.question })?.id else {
                        throw ArgillaError(
                            code: .mismatch,
                            message: "the dataset has no question '\(suggestion.question)' that could get a suggestion")
                    }
                    return suggestion.body(questionID: id)
                })
        }
        return body
    }

    /// Reads a record that the server sent; nil when it is none.
    init?(_ value: Value, questions: [ArgillaQuestion]) {
        guard let id = value["id"]?.stringValue, let fields = value["fields"]?.objectValue else { return nil }
        self.init(
            externalID: value["external_id"]?.stringValue, fields: fields,
            metadata: value["metadata"]?.objectValue ?? [:],
            vectors: Dictionary(
                (value["vectors"]?.objectValue ?? [:]).compactMap { name, vector in
                    vector.arrayValue.map { (name, $0.compactMap(\.doubleValue)) }
                }
            ) { $1 })
        self.id = id
        status = value["status"]?.stringValue.flatMap(Status.init) ?? .pending
        suggestions = (value["suggestions"]?.arrayValue ?? []).compactMap { suggestion in
            questions.first { $0.id == suggestion["question_id"]?.stringValue }.map {
                ArgillaSuggestion(suggestion, of: $0)
            }
        }
        responses = (value["responses"]?.arrayValue ?? []).compactMap(ArgillaResponse.init)
    }
}

extension ArgillaSuggestion {
    /// The most characters that an agent's name may have.
    private static let agentLimit = 200

    fileprivate func body(questionID: String) -> Value {
        var body: Value = ["question_id": .string(questionID), "value": value]
        if let agent = agent.flatMap(Self.sendable) { body["agent"] = .string(agent) }
        if let score { body["score"] = score }
        if let kind { body["type"] = .string(kind.rawValue) }
        return body
    }

    fileprivate init(_ value: Value, of question: ArgillaQuestion) {
        self.init(
            question: question.name, value: value["value"] ?? .null, agent: value["agent"]?.stringValue,
            kind: value["type"]?.stringValue.flatMap(Kind.init))
        if let score = value["score"], !score.isNull { self.score = score }
    }

    /// The name of an agent as the server takes it; nil where nothing of it is left.
    static func sendable(_ agent: String) -> String? {
        var hasWord = false
        let letters = agent.unicodeScalars.prefix(agentLimit).map { scalar -> Character in
            let isWord = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            hasWord = hasWord || isWord
            return isWord || "-_:./ ".unicodeScalars.contains(scalar) ? Character(scalar) : "_"
        }
        return hasWord ? String(letters) : nil
    }
}

extension ArgillaResponse {
    fileprivate init?(_ value: Value) {
        guard let user = value["user_id"]?.stringValue,
            let status = value["status"]?.stringValue.flatMap(Status.init)
        else { return nil }
        self.init(
            userID: user, status: status,
            values: (value["values"]?.objectValue ?? [:]).mapValues { $0["value"] ?? .null })
    }
}
