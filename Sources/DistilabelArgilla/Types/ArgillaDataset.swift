/// A dataset of an Argilla server, with what it shows and asks.
public struct ArgillaDataset: Sendable, Hashable {
    /// The server's id.
    public let id: String
    /// The name, unique in its workspace.
    public let name: String
    /// The workspace that it is in.
    public let workspace: ArgillaWorkspace
    /// What it shows and asks.
    public let settings: ArgillaDatasetSettings
}

/// What a dataset shows to annotators, and what it asks them.
public struct ArgillaDatasetSettings: Sendable, Hashable {
    /// What annotators see of a record.
    public var fields: [ArgillaField]
    /// What they are asked.
    public var questions: [ArgillaQuestion]
    /// What records can be filtered by.
    public var metadataProperties: [ArgillaMetadataProperty]
    /// The vectors by which records can be found.
    public var vectors: [ArgillaVectorSettings]
    /// What annotators are told, in Markdown; nil or at least one character.
    public var guidelines: String?
    /// Whether records may have metadata without a property.
    public var allowsExtraMetadata: Bool
    /// How many submitted responses complete a record; at least 1.
    public var minimumSubmitted: Int

    /// Makes settings; to publish a dataset, a field and a question must be required.
    public init(
        fields: [ArgillaField], questions: [ArgillaQuestion], metadataProperties: [ArgillaMetadataProperty] = [],
        vectors: [ArgillaVectorSettings] = [], guidelines: String? = nil, allowsExtraMetadata: Bool = true,
        minimumSubmitted: Int = 1
    ) {
        self.fields = fields
        self.questions = questions
        self.metadataProperties = metadataProperties
        self.vectors = vectors
        self.guidelines = guidelines
        self.allowsExtraMetadata = allowsExtraMetadata
        self.minimumSubmitted = minimumSubmitted
    }

    /// What in a dataset hinders records of these settings; nil when there is nothing.
    ///
    /// A dataset may show and ask more, as long as it does not want fields that the records do not have.
    ///
    /// - Parameter other: The settings of the dataset that is there.
    func mismatch(with other: ArgillaDatasetSettings) -> String? {
        for field in fields {
            guard let there = other.fields.first(where: { $0.name == field.name }) else {
                return "it has no field '\(field.name)'"
            }
            if there.type != field.type {
                return "its field '\(field.name)' is of type \(there.type), not \(field.type)"
            }
        }
        if let wanted = other.fields.first(where: { there in
            there.isRequired && !fields.contains { $0.name == there.name && $0.isRequired }
        }) {
            return "it wants the field '\(wanted.name)' of every record"
        }
        for question in questions {
            guard let there = other.questions.first(where: { $0.name == question.name }) else {
                return "it has no question '\(question.name)'"
            }
            if there.type != question.type {
                return "its question '\(question.name)' is of type \(there.type), not \(question.type)"
            }
        }
        return nil
    }
}
