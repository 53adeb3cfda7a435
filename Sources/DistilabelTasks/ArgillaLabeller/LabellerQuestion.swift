internal import DistilabelModels
internal import DistilabelPipeline
internal import DistilabelValues

/// A question of an Argilla dataset, as far as a model can be asked it.
struct LabellerQuestion {
    /// The types that a model can be asked.
    enum Kind: String, CaseIterable {
        case label = "label_selection"
        case labels = "multi_label_selection"
        case text
        case rating

        /// Under which key the answer stands.
        var key: String {
            switch self {
            case .label: "label"
            case .labels: "labels"
            case .text: "text"
            case .rating: "rating"
            }
        }
    }

    let name: String
    let title: String
    let description: String?
    let type: Kind
    /// What can be chosen: objects with a `value`, and for labels a `text` and a `description`.
    let options: [Value]

    /// Reads a question.
    ///
    /// - Throws: `RowFailure` that says what is missing.
    init(_ value: Value) throws {
        guard let name = value["name"]?.stringValue else { throw RowFailure("the question has no `name`") }
        let type = value["settings"]?["type"]?.stringValue ?? ""
        guard let kind = Kind(rawValue: type) else {
            let list = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw RowFailure(
                "the question '\(name)' has a type that no model is asked, '\(type)' (it must be one of \(list))")
        }
        self.name = name
        title = value["title"]?.stringValue ?? name
        description = value["description"]?.stringValue
        self.type = kind
        options = (value["settings"]?["options"]?.arrayValue ?? []).filter { $0["value"].map { !$0.isNull } ?? false }
        if kind != .text, options.isEmpty { throw RowFailure("the question '\(name)' has no `options` to choose from") }
    }

    /// The form that answers must have.
    var form: StructuredOutput {
        let values = Value.array(options.compactMap { $0["value"] })
        let answer: Value =
            switch type {
            case .label: ["type": "string", "enum": values]
            case .labels: ["type": "array", "items": ["type": "string", "enum": values]]
            case .text: ["type": "string"]
            case .rating: ["type": "integer", "enum": values]
            }
        return .json([
            "type": "object", "properties": [type.key: answer], "required": [.string(type.key)],
            "additionalProperties": false,
        ])
    }

    /// The answer in the JSON that a model gave.
    ///
    /// - Throws: `RowFailure` when there is none, or it is of another kind.
    func value(in answer: Value) throws -> Value {
        guard let value = answer[type.key] else { throw RowFailure("the answer's JSON has no `\(type.key)`") }
        let fits =
            switch type {
            case .label, .text: value.stringValue != nil
            case .labels: value.arrayValue?.allSatisfy { $0.stringValue != nil } ?? false
            case .rating: value.intValue != nil
            }
        guard fits else {
            throw RowFailure(
                "the answer's `\(type.key)` is no \(type == .labels ? "list of labels" : type == .rating ? "whole number" : "text") but \(value.kindName)"
            )
        }
        return value
    }
}
