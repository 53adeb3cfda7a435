internal import DistilabelArgilla
public import DistilabelPipeline
public import DistilabelValues

/// Sends instructions, each with several answers, to an Argilla server, where people rate the answers.
///
/// A record a row: the fields `id`, `instruction` and `generations-0` …, and for each answer the questions `generations-0-rating`
/// (1 to 5) and `generations-0-rationale`; all named after the columns that rows have. What a judge said in `ratings` and
/// `rationales` is suggested. The rows go on as they are.
public struct PreferenceToArgilla: BatchStep {
    /// Which dataset of which server.
    public var argilla: ArgillaAddress
    /// How many answers a record has room for.
    public var numGenerations: Int

    /// Makes the step.
    ///
    /// - Parameters:
    ///   - argilla: Which dataset of which server.
    ///   - numGenerations: How many answers a record has room for.
    public init(_ argilla: ArgillaAddress, numGenerations: Int) {
        self.argilla = argilla
        self.numGenerations = numGenerations
    }

    /// The instruction and the answers; what a judge said of them, who gave them and who judged.
    public var inputs: [InputColumn] {
        [
            "instruction", "generations", .optional("ratings"), .optional("rationales"),
            .optional("generation_models"), .optional("model_name"),
        ]
    }
    /// None.
    public var outputs: [String] { [] }

    /// No room for answers.
    public func problems() -> [String] { numGenerations < 1 ? ["`num_generations` must be at least 1"] : [] }
    /// A dataset without a name, a missing address or key.
    public func problems(in environment: [String: String]) -> [String] { argilla.problems(in: environment) }

    /// Makes the dataset, or sees that the one that is there fits.
    public func prepare(in context: StepContext) async throws { try await sending(in: context).prepare() }

    /// Sends the rows.
    public func process(_ rows: [Row], in context: StepContext) async throws -> [Row] {
        let shape = PreferenceRecords(context, numGenerations: numGenerations)
        return try await sending(in: context).send(rows) { [try shape.record(of: $0)] }
    }

    private func sending(in context: StepContext) -> ArgillaSending {
        ArgillaSending(
            address: argilla, settings: PreferenceRecords(context, numGenerations: numGenerations).settings,
            context: context)
    }

    /// The defaults; the number of answers must be given, and the dataset's name.
    public static var defaults: PreferenceToArgilla { PreferenceToArgilla(ArgillaAddress(), numGenerations: 0) }
    /// The number of answers.
    public static var requiredKeys: [String] { ["num_generations"] }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.argilla.preference" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary:
                "Sends instructions, each with several answers, to an Argilla server, where people rate the answers.",
            discussion:
                "A record a row; ratings from 1 to 5 and rationales that a judge gave are suggested. A record's id follows from what it shows, so a run that goes on, or runs again, adds nothing twice and takes no annotation away. The rows go on as they are.",
            parameters: ArgillaAddress.documentation.merging([
                "num_generations": "how many answers a record has room for; a row with more is not sent, and says so"
            ]) { _, own in own },
            source: "https://docs.argilla.io/latest/")
    }
}
