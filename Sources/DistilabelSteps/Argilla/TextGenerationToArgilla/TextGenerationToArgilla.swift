internal import DistilabelArgilla
public import DistilabelPipeline
public import DistilabelValues

/// Sends instructions and answers to an Argilla server, where people say whether the answers are good.
///
/// A record an answer: the fields `id`, `instruction` and `generation`, named after the columns that rows have, and the question
/// `quality` (`bad`, `good`). The rows go on as they are.
public struct TextGenerationToArgilla: BatchStep {
    /// Which dataset of which server.
    public var argilla: ArgillaAddress

    /// Makes the step.
    public init(_ argilla: ArgillaAddress) { self.argilla = argilla }

    /// The instruction and the answer, or a list of answers; the model that gave them goes along as metadata.
    public var inputs: [InputColumn] { ["instruction", "generation", .optional("model_name")] }
    /// None.
    public var outputs: [String] { [] }

    /// A dataset without a name, a missing address or key.
    public func problems(in environment: [String: String]) -> [String] { argilla.problems(in: environment) }

    /// Makes the dataset, or sees that the one that is there fits.
    public func prepare(in context: StepContext) async throws { try await sending(in: context).prepare() }

    /// Sends the rows.
    public func process(_ rows: [Row], in context: StepContext) async throws -> [Row] {
        try await sending(in: context).send(rows) { try records(of: $0, in: context) }
    }

    private func sending(in context: StepContext) -> ArgillaSending {
        ArgillaSending(
            address: argilla,
            settings: ArgillaDatasetSettings(
                fields: [
                    .text("id"), .text(context.column("instruction")), .text(context.column("generation")),
                ],
                questions: [
                    .label(
                        "quality", title: "How good is the answer?",
                        labels: [(value: "bad", text: "👎"), (value: "good", text: "👍")])
                ],
                // Whoever judges should not know whom.
                metadataProperties: [
                    .terms(context.column("model_name"), isVisibleForAnnotators: false)
                ]), context: context)
    }

    private func records(of row: Row, in context: StepContext) throws -> [ArgillaRecord] {
        let instruction = try row.text("instruction")
        var generations: [String] = []
        for value in row["generation"]?.arrayValue ?? [row["generation"] ?? .null] {
            guard let text = value.stringValue else {
                if value.isNull { continue }
                throw RowFailure("`generation` is no text but \(value.kindName)")
            }
            if !generations.contains(text) { generations.append(text) }
        }
        guard !generations.isEmpty else { throw RowFailure("there is no answer in `generation` that could be judged") }
        var metadata = Value.Object()
        if case .string? = row["model_name"] { metadata[context.column("model_name")] = row["model_name"] }
        return generations.map { generation in
            ArgillaRecord(
                showing: [
                    context.column("instruction"): .string(instruction),
                    context.column("generation"): .string(generation),
                ], id: sha256(instruction), metadata: metadata)
        }
    }

    /// The defaults; the dataset's name must be given.
    public static var defaults: TextGenerationToArgilla { TextGenerationToArgilla(ArgillaAddress()) }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.argilla.text_generation" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary:
                "Sends instructions and answers to an Argilla server, where people say whether the answers are good.",
            discussion:
                "A record an answer, equal ones once. Its id follows from what it shows, so a run that goes on, or runs again, adds nothing twice and takes no annotation away. The rows go on as they are.",
            parameters: ArgillaAddress.documentation, source: "https://docs.argilla.io/latest/")
    }
}

extension StepContext {
    /// What rows call a column that the step reads.
    func column(_ name: String) -> String { inputMappings[name] ?? name }
}
