public import DistilabelValues

/// What annotators judge: a record of a dataset, with what models suggest and what people answered.
public struct ArgillaRecord: Sendable, Hashable {
    /// Whether enough people have answered.
    public enum Status: String, Sendable, Hashable, Codable, CaseIterable {
        /// Not yet.
        case pending
        /// Yes.
        case completed
    }

    /// The server's id; nil for one that is not there yet.
    public var id: String?
    /// The id that whoever sent it gave it, unique in its dataset: a record sent again under it is the same record.
    public var externalID: String?
    /// Whether enough people have answered; the server's to say.
    public var status: Status
    /// What annotators see, by the field's name.
    public var fields: Value.Object
    /// What it can be filtered by.
    public var metadata: Value.Object
    /// What models, or people, suggest; at most one a question.
    public var suggestions: [ArgillaSuggestion]
    /// What people answered, one an annotator; never sent, so that records sent again keep theirs.
    public var responses: [ArgillaResponse]
    /// The vectors, by name.
    public var vectors: [String: [Double]]

    /// Makes a record that is to be sent.
    public init(
        externalID: String? = nil, fields: Value.Object, metadata: Value.Object = [:],
        suggestions: [ArgillaSuggestion] = [], vectors: [String: [Double]] = [:]
    ) {
        self.externalID = externalID
        status = .pending
        self.fields = fields
        self.metadata = metadata
        self.suggestions = suggestions
        responses = []
        self.vectors = vectors
    }
}

/// An answer to a question that annotators may take over.
public struct ArgillaSuggestion: Sendable, Hashable {
    /// Who suggests.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// A model.
        case model
        /// A person.
        case human
    }

    /// The question's name.
    public var question: String
    /// The answer: a text, a number or a list, as the question's type has it.
    public var value: Value
    /// Who suggests it, such as the model's name.
    ///
    /// The server takes 1 to 200 ASCII letters, digits, spaces and `-_:./` with a letter or digit among them; others are sent as `_`.
    public var agent: String?
    /// How sure it is, 0 to 1; a list of that for answers that are lists.
    public var score: Value?
    /// Who suggests.
    public var kind: Kind?

    /// Makes a suggestion.
    public init(
        question: String, value: Value, agent: String? = nil, score: Double? = nil, kind: Kind? = .model
    ) {
        self.question = question
        self.value = value
        self.agent = agent
        self.score = score.map(Value.double)
        self.kind = kind
    }
}

/// What one annotator answered about a record.
public struct ArgillaResponse: Sendable, Hashable {
    /// How far the annotator is.
    public enum Status: String, Sendable, Hashable, Codable, CaseIterable {
        /// Kept, and not handed in.
        case draft
        /// Handed in.
        case submitted
        /// The annotator does not want to answer.
        case discarded
    }

    /// The annotator's id.
    public var userID: String
    /// How far the annotator is.
    public var status: Status
    /// The answers, by the question's name; a discarded response may have none.
    public var values: Value.Object

    /// Makes a response.
    public init(userID: String, status: Status, values: Value.Object) {
        self.userID = userID
        self.status = status
        self.values = values
    }
}
