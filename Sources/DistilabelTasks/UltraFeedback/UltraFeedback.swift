public import DistilabelModels
public import DistilabelPipeline
public import DistilabelValues

/// Lets a model rate several answers to an instruction.
///
/// Method: UltraFeedback, https://arxiv.org/abs/2310.01377
public struct UltraFeedback: LLMTask {
    /// The quality that is judged.
    public enum Aspect: String, Sendable, Hashable, Codable, CaseIterable {
        /// Whether an answer is correct, clear and of use; also gives types.
        case helpfulness
        /// Whether an answer is as sure of itself as it should be.
        case honesty
        /// Whether an answer does what the instruction says.
        case instructionFollowing = "instruction-following"
        /// Whether an answer invents nothing; also gives types.
        case truthfulness
        /// The answer as a whole.
        case overallRating = "overall-rating"

        /// Whether the answer names types beside ratings.
        var hasTypes: Bool { self == .helpfulness || self == .truthfulness }
    }

    /// The model.
    public var llm: LLM
    /// The quality that is judged.
    public var aspect = Aspect.overallRating
    /// What all tasks let the user set.
    public var settings = TaskSettings()

    /// Makes the task.
    ///
    /// - Parameters:
    ///   - llm: The model that judges.
    ///   - aspect: The quality that is judged.
    ///   - settings: What all tasks let the user set.
    public init(llm: any LanguageModel, aspect: Aspect = .overallRating, settings: TaskSettings = TaskSettings()) {
        self.llm = LLM(llm)
        self.aspect = aspect
        self.settings = settings
    }

    private var answer: UltraFeedbackAnswer { UltraFeedbackAnswer(hasTypes: aspect.hasTypes) }

    /// The instruction and the list of answers to it.
    public var inputs: [InputColumn] { ["instruction", "generations"] }
    /// Lists with an item an answer.
    public var outputs: [String] { answer.columns + ["model_name"] }

    /// Shows the instruction and the answers, and asks for ratings.
    public func prompt(for row: Row) throws -> Prompt {
        let instruction = try row.text("instruction")
        let values = try row.list("generations")
        guard !values.isEmpty else { throw RowFailure("`generations` is empty, so there is nothing to rate") }
        let generations = values.map { $0.stringValue ?? ($0.isNull ? "None" : JSON.string($0)) }
        let prompt = UltraFeedbackPrompt(aspect: aspect)
        return Prompt(
            [
                .system(prompt.system(count: generations.count)),
                .user(prompt.user(instruction: instruction, generations: generations, isJSON: isJSON)),
            ],
            structuredOutput: llm.model.structuredOutput == nil && isJSON ? form(count: generations.count) : nil)
    }

    /// Whether answers are JSON: the task's own form, or one that the model was given.
    private var isJSON: Bool {
        guard let form = llm.model.structuredOutput else { return settings.useDefaultStructuredOutput }
        return form.format != .regex
    }

    /// The form for any number of answers; each row's own form fixes their number.
    public var defaultStructuredOutput: StructuredOutput? { form(count: nil) }

    /// Lists of ratings from 1 to 5 and of reasons, with as many items as there are answers.
    private func form(count: Int?) -> StructuredOutput {
        func list(_ items: Value) -> Value {
            var list: Value = ["type": "array", "items": items]
            if let count {
                list["minItems"] = .int(count)
                list["maxItems"] = .int(count)
            }
            return list
        }
        let reason: Value = ["type": "string", "maxLength": 120]
        let rating: Value = ["type": "integer", "minimum": 1, "maximum": 5]
        var properties: Value = ["ratings": list(rating), "rationales": list(reason)]
        if aspect.hasTypes {
            let type: Value = ["anyOf": [["type": "integer", "minimum": 1, "maximum": 3], ["type": "null"]]]
            properties = [
                "types": list(type), "rationales": list(reason), "ratings": list(rating),
                "rationales_for_ratings": list(reason),
            ]
        }
        return .json([
            "type": "object", "properties": properties,
            "required": .array((properties.objectValue?.keys.map(Value.string)) ?? []), "additionalProperties": false,
        ])
    }

    /// The lists, from sections of text or from JSON.
    public func parse(_ text: String?, for row: Row) throws -> Value.Object {
        let count = row["generations"]?.arrayValue?.count ?? 0
        guard let text else { return answer.nothing(count: count) }
        guard isJSON else { return try answer.read(text: text) }
        guard let value = try? JSON.parse(text), case .object = value else {
            throw RowFailure("the answer is no JSON object", columns: answer.nothing(count: count))
        }
        var lists = Value.Object()
        for column in answer.columns {
            // Python asks for the last list under two names, of which neither is the column's.
            let keys =
                column == "rationales-for-ratings"
                ? ["rationales_for_ratings", "rationales_for_rating", column] : [column]
            guard let list = keys.lazy.compactMap({ value[$0]?.arrayValue }).first else {
                throw RowFailure("the answer's JSON has no list `\(keys[0])`")
            }
            lists[column] = .array(list)
        }
        if let rating = lists["ratings"]?.arrayValue?.first(where: { $0.doubleValue == nil && !$0.isNull }) {
            throw RowFailure("the answer's JSON has a rating that is no number but \(rating.kindName)")
        }
        return lists
    }

    /// The defaults; the model must be given.
    public static var defaults: UltraFeedback { UltraFeedback(llm: PlaceholderLLM()) }
    /// The model.
    public static var requiredKeys: [String] { ["llm"] }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.tasks.ultrafeedback" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Lets a model rate several answers to an instruction.",
            discussion:
                "Helpfulness and truthfulness also give the columns types and rationales-for-ratings. A section of the answer that cannot be read gives nulls.",
            parameters: TaskDocumentation.parameters.merging([
                "aspect": "the quality that is judged"
            ]) { _, own in own },
            source: "https://arxiv.org/abs/2310.01377")
    }
}
