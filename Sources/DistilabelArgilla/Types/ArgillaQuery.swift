internal import DistilabelValues

/// What records are looked for; all conditions must hold.
public struct ArgillaQuery: Sendable, Hashable {
    /// Words that the fields must have.
    public var text: String?
    /// Whether enough people must have answered; nil for both.
    public var status: ArgillaRecord.Status?
    /// How far annotators must be, one of these; empty for any.
    public var responseStatuses: [ArgillaResponse.Status]
    /// Values that the metadata must have, one of them under each name.
    public var metadata: [String: [String]]

    /// Makes a query; without conditions it finds all records.
    public init(
        text: String? = nil, status: ArgillaRecord.Status? = nil, responseStatuses: [ArgillaResponse.Status] = [],
        metadata: [String: [String]] = [:]
    ) {
        self.text = text
        self.status = status
        self.responseStatuses = responseStatuses
        self.metadata = metadata
    }

    /// What is sent.
    var body: Value {
        var filters: [Value] = []
        func terms(_ scope: Value, _ values: [String]) {
            filters.append(["type": "terms", "scope": scope, "values": .array(values.map(Value.string))])
        }
        if let status { terms(["entity": "record", "property": "status"], [status.rawValue]) }
        if !responseStatuses.isEmpty {
            terms(["entity": "response", "property": "status"], responseStatuses.map(\.rawValue))
        }
        for (name, values) in metadata.sorted(by: { $0.key < $1.key }) {
            terms(["entity": "metadata", "metadata_property": .string(name)], values)
        }
        var body: Value = [
            "sort": [
                ["scope": ["entity": "record", "property": "inserted_at"], "order": "asc"],
                ["scope": ["entity": "record", "property": "id"], "order": "asc"],
            ]
        ]
        if let text { body["query"] = ["text": ["q": .string(text)]] }
        if !filters.isEmpty { body["filters"] = ["and": .array(filters)] }
        return body
    }
}
