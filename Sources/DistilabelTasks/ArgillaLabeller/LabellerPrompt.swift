internal import DistilabelValues

/// The prompts of `ArgillaLabeller`.
struct LabellerPrompt {
    let question: LabellerQuestion
    /// What records have, as Argilla describes it; empty for all that they have.
    let fields: [Value]
    let instruction: String
    let guidelines: String?

    /// What the model is told first.
    static let system = """
        You annotate records of a dataset. You get a record and a question about it, sometimes with guidelines and with records that \
        were annotated before. Answer the question about the last record, from what stands in it and nothing else, and give only the JSON \
        that is asked for.
        """

    /// How to answer, by the question's type.
    static let instructions = [
        "label_selection": "Choose the one option that fits the record best, and give its value.",
        "multi_label_selection":
            "Choose every option that fits the record, and give their values; an empty list if none fits.",
        "text": "Write the answer as a text.",
        "rating": "Choose the number on the scale that fits the record best.",
    ]

    /// Guidelines, question, examples and the record.
    func user(record: Value.Object, examples: [Value]) -> String {
        var parts: [String] = []
        if let guidelines, !guidelines.isEmpty { parts.append("Guidelines:\n\(guidelines)") }
        parts.append(asked)
        let shown = examples.compactMap { example -> String? in
            guard let values = example["fields"]?.objectValue, let answer = answer(in: example) else { return nil }
            return "<example>\n\(text(of: values))\nAnswer: \(json(answer))\n</example>"
        }
        if !shown.isEmpty { parts.append("Annotated before:\n" + shown.joined(separator: "\n")) }
        parts.append("Record:\n<record>\n\(text(of: record))\n</record>")
        parts.append("Answer with JSON of this form: \(json(placeholder))")
        return parts.joined(separator: "\n\n")
    }

    private var asked: String {
        var lines = ["Question: \(question.title)"]
        if let description = question.description, !description.isEmpty { lines.append(description) }
        lines.append(instruction)
        if !question.options.isEmpty {
            lines.append(question.type == .rating ? "Scale:" : "Options:")
            lines += question.options.map(line(of:))
        }
        return lines.joined(separator: "\n")
    }

    /// An option: its value, and what annotators read where that says more.
    private func line(of option: Value) -> String {
        let value = option["value"] ?? .null
        let shown = value.stringValue ?? JSON.string(value)
        let more = [option["text"], option["description"]].compactMap { $0?.stringValue }.filter { $0 != shown }
        return "- \(shown)" + (more.isEmpty ? "" : " (\(more.joined(separator: ": ")))")
    }

    /// The fields of a record, each between tags of its name, in the order in which the dataset has them.
    private func text(of values: Value.Object) -> String {
        let described = fields.compactMap { field in
            field["name"]?.stringValue.map { (name: $0, title: field["title"]?.stringValue ?? $0) }
        }
        let shown = described.isEmpty ? values.keys.map { (name: $0, title: $0) } : described
        return shown.compactMap { field in
            values[field.name].flatMap { $0.isNull ? nil : "\(field.title):\n\(Self.text(of: $0))" }
        }.joined(separator: "\n")
    }

    /// A text as it is, a conversation turn by turn, anything else as JSON.
    private static func text(of value: Value) -> String {
        if let text = value.stringValue { return text }
        let turns = value.arrayValue?.map { turn -> String? in
            guard let role = turn["role"]?.stringValue, let content = turn["content"]?.stringValue else { return nil }
            return "\(role): \(content)"
        }
        guard let turns, !turns.isEmpty, !turns.contains(nil) else { return JSON.string(value) }
        return turns.compactMap { $0 }.joined(separator: "\n")
    }

    /// What was answered about an example: by a person, or else by a model.
    private func answer(in example: Value) -> Value? {
        let responses = example["responses"]?[question.name]?.arrayValue ?? []
        let values = responses.map { $0["value"] } + [example["suggestions"]?[question.name]?["value"]]
        return values.compactMap { $0 }.first { !$0.isNull }
    }

    private func json(_ answer: Value) -> String { JSON.string([question.type.key: answer]) }

    private var placeholder: Value {
        switch question.type {
        case .label: "value"
        case .labels: ["value", "value"]
        case .text: "text"
        case .rating: question.options.first?["value"] ?? 1
        }
    }
}
