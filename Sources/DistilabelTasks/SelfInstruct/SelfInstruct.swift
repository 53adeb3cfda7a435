public import DistilabelModels
public import DistilabelPipeline
public import DistilabelValues

/// Asks a model for instructions about a topic.
///
/// Method: Self-Instruct, https://arxiv.org/abs/2212.10560
public struct SelfInstruct: LLMTask {
    /// The model.
    public var llm: LLM
    /// How many instructions are asked for about each topic.
    public var numInstructions = 5
    /// What the instructions should be like.
    public var criteriaForQueryGeneration = SelfInstructPrompt.criteria
    /// Who will have to answer them.
    public var applicationDescription = "AI assistant"
    /// What all tasks let the user set.
    public var settings = TaskSettings()

    /// Makes the task.
    ///
    /// - Parameters:
    ///   - llm: The model.
    ///   - numInstructions: How many instructions are asked for about each topic.
    ///   - criteriaForQueryGeneration: What they should be like; the built-in text when nil.
    ///   - applicationDescription: Who will have to answer them.
    ///   - settings: What all tasks let the user set.
    public init(
        llm: any LanguageModel, numInstructions: Int = 5, criteriaForQueryGeneration: String? = nil,
        applicationDescription: String = "AI assistant", settings: TaskSettings = TaskSettings()
    ) {
        self.llm = LLM(llm)
        self.numInstructions = numInstructions
        self.criteriaForQueryGeneration = criteriaForQueryGeneration ?? SelfInstructPrompt.criteria
        self.applicationDescription = applicationDescription
        self.settings = settings
    }

    /// The topic.
    public var inputs: [InputColumn] { ["input"] }
    /// The list of instructions.
    public var outputs: [String] { ["instructions", "model_name"] }

    /// A count below one.
    public func problems() -> [String] {
        numInstructions < 1 ? ["`num_instructions` must be at least 1, not \(numInstructions)"] : []
    }

    /// `{"instructions": […]}` with as many texts as are asked for.
    public var defaultStructuredOutput: StructuredOutput? {
        let text: Value = ["type": "string", "minLength": 12, "maxLength": 120]
        let list: Value = [
            "type": "array", "items": text, "minItems": .int(numInstructions), "maxItems": .int(numInstructions),
        ]
        return .json([
            "type": "object", "properties": ["instructions": list], "required": ["instructions"],
            "additionalProperties": false,
        ])
    }

    /// Asks for the instructions.
    public func prompt(for row: Row) throws -> Prompt {
        Prompt([
            .user(
                SelfInstructPrompt.text(
                    topic: try row.text("input"), count: numInstructions, application: applicationDescription,
                    criteria: criteriaForQueryGeneration, isJSON: settings.useDefaultStructuredOutput))
        ])
    }

    /// The lines that are not empty, or the texts of the JSON that are not.
    public func parse(_ text: String?, for row: Row) throws -> Value.Object {
        guard let text else { return ["instructions": []] }
        if settings.useDefaultStructuredOutput {
            guard case .array(let list)? = (try? JSON.parse(text))?["instructions"] else {
                throw RowFailure(
                    "the answer is no JSON with a list `instructions` (perhaps `max_new_tokens` cut it off)")
            }
            return ["instructions": .array(list.filter { $0.stringValue?.isEmpty == false })]
        }
        let lines = text.unicodeScalars.split { $0 == "\n" }.map { String($0) }
        return ["instructions": .array(lines.filter { !$0.isEmpty }.map(Value.string))]
    }

    /// The defaults; the model must be given.
    public static var defaults: SelfInstruct { SelfInstruct(llm: PlaceholderLLM()) }
    /// The model.
    public static var requiredKeys: [String] { ["llm"] }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.tasks.self_instruct" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Asks a model for instructions about a topic.",
            parameters: TaskDocumentation.parameters.merging([
                "num_instructions": "how many instructions are asked for about each topic",
                "criteria_for_query_generation": "what the instructions should be like",
                "application_description": "who will have to answer them",
            ]) { _, own in own },
            source: "https://arxiv.org/abs/2212.10560")
    }
}
