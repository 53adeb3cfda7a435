public import DistilabelValues

/// Something that annotators are asked about a record.
public struct ArgillaQuestion: Sendable, Hashable, Codable {
    /// The server's id; nil for one that is not there yet.
    public var id: String?
    /// The name, unique in its dataset; 1 to 200 characters.
    public var name: String
    /// What stands above it; 1 to 500 characters.
    public var title: String
    /// What explains it; nil or 1 to 1,000 characters.
    public var description: String?
    /// Whether a response must answer it.
    public var isRequired: Bool
    /// Its type, and what else the type has: `{type: rating, options: [{value: 1}, …]}`.
    public var settings: Value

    /// Makes a question.
    public init(
        name: String, title: String? = nil, description: String? = nil, isRequired: Bool = true, settings: Value
    ) {
        self.name = name
        self.title = title ?? name
        self.description = description
        self.isRequired = isRequired
        self.settings = settings
    }

    /// Asks for a number out of 2 to 11 between 0 and 10.
    public static func rating(
        _ name: String, title: String? = nil, description: String? = nil, isRequired: Bool = true,
        values: [Int] = Array(1...5)
    ) -> ArgillaQuestion {
        ArgillaQuestion(
            name: name, title: title, description: description, isRequired: isRequired,
            settings: ["type": "rating", "options": .array(values.map { ["value": .int($0)] })])
    }

    /// Asks for a text.
    public static func text(
        _ name: String, title: String? = nil, description: String? = nil, isRequired: Bool = true,
        usesMarkdown: Bool = false
    ) -> ArgillaQuestion {
        ArgillaQuestion(
            name: name, title: title, description: description, isRequired: isRequired,
            settings: ["type": "text", "use_markdown": .bool(usesMarkdown)])
    }

    /// Asks for one of at least two labels.
    ///
    /// - Parameter labels: The values, and what annotators read for each.
    public static func label(
        _ name: String, title: String? = nil, description: String? = nil, isRequired: Bool = true,
        labels: [(value: String, text: String)]
    ) -> ArgillaQuestion {
        ArgillaQuestion(
            name: name, title: title, description: description, isRequired: isRequired,
            settings: ["type": "label_selection", "options": options(labels)])
    }

    /// Asks for any of at least two labels.
    ///
    /// - Parameter labels: The values, and what annotators read for each.
    public static func labels(
        _ name: String, title: String? = nil, description: String? = nil, isRequired: Bool = true,
        labels: [(value: String, text: String)]
    ) -> ArgillaQuestion {
        ArgillaQuestion(
            name: name, title: title, description: description, isRequired: isRequired,
            settings: ["type": "multi_label_selection", "options": options(labels)])
    }

    private static func options(_ labels: [(value: String, text: String)]) -> Value {
        .array(labels.map { ["value": .string($0.value), "text": .string($0.text)] })
    }

    /// `rating`, `text`, `label_selection`, `multi_label_selection`, `ranking` or `span`.
    public var type: String { settings["type"]?.stringValue ?? "" }

    private enum CodingKeys: String, CodingKey {
        case id, name, title, description, settings
        case isRequired = "required"
    }
}
