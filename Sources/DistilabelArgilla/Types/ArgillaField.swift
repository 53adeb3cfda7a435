public import DistilabelValues

/// Something of a record that annotators see.
public struct ArgillaField: Sendable, Hashable, Codable {
    /// The name, unique in its dataset; 1 to 200 characters.
    public var name: String
    /// What stands above it; 1 to 500 characters.
    public var title: String
    /// Whether every record must have it.
    public var isRequired: Bool
    /// Its type, and what else the type has: `{type: text, use_markdown: false}`.
    public var settings: Value

    /// Makes a field.
    public init(name: String, title: String? = nil, isRequired: Bool = true, settings: Value) {
        self.name = name
        self.title = title ?? name
        self.isRequired = isRequired
        self.settings = settings
    }

    /// Makes a text.
    public static func text(
        _ name: String, title: String? = nil, isRequired: Bool = true, usesMarkdown: Bool = false
    ) -> ArgillaField {
        ArgillaField(
            name: name, title: title, isRequired: isRequired,
            settings: ["type": "text", "use_markdown": .bool(usesMarkdown)])
    }

    /// Makes a conversation: a list of `{role, content}`.
    public static func chat(
        _ name: String, title: String? = nil, isRequired: Bool = true, usesMarkdown: Bool = true
    ) -> ArgillaField {
        ArgillaField(
            name: name, title: title, isRequired: isRequired,
            settings: ["type": "chat", "use_markdown": .bool(usesMarkdown)])
    }

    /// `text`, `chat`, `image` or `custom`.
    public var type: String { settings["type"]?.stringValue ?? "" }

    private enum CodingKeys: String, CodingKey {
        case name, title, settings
        case isRequired = "required"
    }
}

/// A vector by which records can be found.
public struct ArgillaVectorSettings: Sendable, Hashable, Codable {
    /// The name, unique in its dataset.
    public var name: String
    /// What stands above it.
    public var title: String
    /// How many numbers it has.
    public var dimensions: Int

    /// Makes the settings of a vector.
    public init(name: String, title: String? = nil, dimensions: Int) {
        self.name = name
        self.title = title ?? name
        self.dimensions = dimensions
    }
}

/// Something that records can be filtered by.
public struct ArgillaMetadataProperty: Sendable, Hashable, Codable {
    /// The name, unique in its dataset.
    public var name: String
    /// What stands above it.
    public var title: String
    /// Its type, and what else the type has: `{type: terms}`, `{type: integer, min: 0}`, `{type: float}`.
    public var settings: Value
    /// Whether annotators see it.
    public var isVisibleForAnnotators: Bool

    /// Makes a property.
    public init(name: String, title: String? = nil, settings: Value, isVisibleForAnnotators: Bool = true) {
        self.name = name
        self.title = title ?? name
        self.settings = settings
        self.isVisibleForAnnotators = isVisibleForAnnotators
    }

    /// Makes a property whose values are texts, or lists of them.
    public static func terms(
        _ name: String, title: String? = nil, isVisibleForAnnotators: Bool = true
    ) -> ArgillaMetadataProperty {
        ArgillaMetadataProperty(
            name: name, title: title, settings: ["type": "terms"], isVisibleForAnnotators: isVisibleForAnnotators)
    }

    private enum CodingKeys: String, CodingKey {
        case name, title, settings
        case isVisibleForAnnotators = "visible_for_annotators"
    }
}
