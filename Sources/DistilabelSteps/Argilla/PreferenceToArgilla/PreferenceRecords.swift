internal import DistilabelArgilla
internal import DistilabelPipeline
internal import DistilabelValues

/// The dataset of `PreferenceToArgilla`, and the records of its rows.
struct PreferenceRecords {
    private let numGenerations: Int
    private let instruction: String
    private let generations: String

    init(_ context: StepContext, numGenerations: Int) {
        self.numGenerations = numGenerations
        instruction = context.column("instruction")
        generations = context.column("generations")
    }

    private func field(_ index: Int) -> String { "\(generations)-\(index)" }

    /// What the dataset shows and asks.
    var settings: ArgillaDatasetSettings {
        let indices = 0..<max(0, numGenerations)
        return ArgillaDatasetSettings(
            fields: [.text("id"), .text(instruction)] + indices.map { .text(field($0), isRequired: $0 == 0) },
            questions: indices.flatMap { index -> [ArgillaQuestion] in
                [
                    .rating(
                        "\(field(index))-rating", title: "How good is \(field(index))?",
                        description: "From 1, of no use as an answer to \(instruction), to 5, as good as can be.",
                        isRequired: index == 0),
                    .text(
                        "\(field(index))-rationale", title: "Why this rating of \(field(index))?", isRequired: false),
                ]
            },
            // Whoever judges should not know whom.
            metadataProperties: indices.map { .terms("\(field($0))-model", isVisibleForAnnotators: false) })
    }

    /// The record of a row.
    ///
    /// - Throws: `RowFailure` when there is nothing that could be rated, or more than there is room for.
    func record(of row: Row) throws -> ArgillaRecord {
        let asked = try row.text("instruction")
        let answers = try row.list("generations")
        guard answers.count <= numGenerations else {
            throw RowFailure(
                "there are \(answers.count) generations, and a record has room for \(numGenerations): set `num_generations` to \(answers.count), and choose another `dataset_name`"
            )
        }
        guard answers.contains(where: { !$0.isNull }) else { throw RowFailure("there are no generations to rate") }
        var content: Value.Object = [instruction: .string(asked)]
        for (index, answer) in answers.enumerated() {
            switch answer {
            case .string: content[field(index)] = answer
            // The first one must be there.
            case .null: if index == 0 { content[field(index)] = "" }
            default: content[field(index)] = .string(JSON.string(answer))
            }
        }
        var metadata = Value.Object()
        for (index, model) in (row["generation_models"]?.arrayValue ?? []).prefix(answers.count).enumerated() {
            if case .string = model { metadata["\(field(index))-model"] = model }
        }
        return ArgillaRecord(
            showing: content, id: sha256(asked), metadata: metadata,
            suggestions: suggestions(of: row, count: answers.count))
    }

    /// What a judge said, as far as the questions take it.
    private func suggestions(of row: Row, count: Int) -> [ArgillaSuggestion] {
        let judge = row["model_name"]?.stringValue
        var suggestions: [ArgillaSuggestion] = []
        for (index, rating) in (row["ratings"]?.arrayValue ?? []).prefix(count).enumerated() {
            // A number that went through a table may have become a double.
            guard let number = rating.doubleValue, let whole = Int(exactly: number), (1...5).contains(whole) else {
                continue
            }
            suggestions.append(
                ArgillaSuggestion(question: "\(field(index))-rating", value: .int(whole), agent: judge))
        }
        for (index, rationale) in (row["rationales"]?.arrayValue ?? []).prefix(count).enumerated() {
            guard let text = rationale.stringValue, !text.isEmpty else { continue }
            suggestions.append(
                ArgillaSuggestion(question: "\(field(index))-rationale", value: .string(text), agent: judge))
        }
        return suggestions
    }
}
