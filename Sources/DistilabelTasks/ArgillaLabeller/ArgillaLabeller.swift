public import DistilabelModels
public import DistilabelPipeline
public import DistilabelValues

/// Lets a model answer a question of an Argilla dataset about a record, as a suggestion for annotators.
///
/// The question, the fields, examples and guidelines are parameters, or columns of the row, which come first. It sends nothing to
/// Argilla.
public struct ArgillaLabeller: LLMTask {
    /// The model.
    public var llm: LLM
    /// What the model is told first.
    public var systemPrompt: String = LabellerPrompt.system
    /// How the model is told to answer, by the question's type: `label_selection`, `multi_label_selection`, `text`, `rating`.
    public var questionToLabelInstruction: [String: String] = LabellerPrompt.instructions
    /// Records that people, or models, have answered: `{fields, responses: {question: [{value}]}, suggestions: {question: {value}}}`.
    public var exampleRecords: [Value]?
    /// What records have, as Argilla describes it: `{name, title, settings}`; all that they have where not set.
    public var fields: [Value]?
    /// The question, as Argilla describes it: `{name, title, description, settings: {type, options}}`.
    public var question: Value?
    /// What annotators are told.
    public var guidelines: String?
    /// What all tasks let the user set.
    public var settings = TaskSettings()

    /// Makes the task.
    ///
    /// - Parameters:
    ///   - llm: The model that answers.
    ///   - question: The question, as Argilla describes it; nil where rows have a column `question`.
    ///   - fields: What records have, as Argilla describes it.
    ///   - exampleRecords: Records with answers.
    ///   - guidelines: What annotators are told.
    public init(
        llm: any LanguageModel, question: Value? = nil, fields: [Value]? = nil, exampleRecords: [Value]? = nil,
        guidelines: String? = nil
    ) {
        self.llm = LLM(llm)
        self.question = question
        self.fields = fields
        self.exampleRecords = exampleRecords
        self.guidelines = guidelines
    }

    /// The record, and whatever of the parameters differs from row to row.
    public var inputs: [InputColumn] {
        [
            "record", .optional("fields"), .optional("question"), .optional("example_records"), .optional("guidelines"),
        ]
    }
    /// The suggestion: `{value, question_name, type: model, agent}`.
    public var outputs: [String] { ["suggestion", "model_name"] }

    /// A question that a model cannot be asked.
    public func problems() -> [String] {
        guard let question else { return [] }
        do {
            _ = try LabellerQuestion(question)
            return []
        } catch {
            return ["`question` is none that can be asked: \(error)"]
        }
    }

    /// Shows the record and the question, examples and guidelines, and asks for JSON.
    public func prompt(for row: Row) throws -> Prompt {
        guard case .object(let record)? = row["record"], case .object(let values)? = record["fields"] else {
            throw RowFailure("`record` is no record: it must be an object with `fields`")
        }
        let question = try question(for: row)
        let prompt = LabellerPrompt(
            question: question, fields: Self.given(row["fields"])?.arrayValue ?? fields ?? [],
            instruction: questionToLabelInstruction[question.type.rawValue]
                ?? LabellerPrompt.instructions[question.type.rawValue] ?? "",
            guidelines: Self.given(row["guidelines"])?.stringValue ?? guidelines)
        let examples = Self.given(row["example_records"])?.arrayValue ?? exampleRecords ?? []
        return Prompt(
            [.system(systemPrompt), .user(prompt.user(record: values, examples: examples))],
            structuredOutput: llm.model.structuredOutput == nil ? question.form : nil)
    }

    /// The form for the task's own question.
    public var defaultStructuredOutput: StructuredOutput? {
        question.flatMap { try? LabellerQuestion($0) }?.form
    }

    /// The suggestion, from JSON.
    ///
    /// Whether the answer is among the question's options is for whoever looks at the suggestion.
    public func parse(_ text: String?, for row: Row) throws -> Value.Object {
        guard let text else { return ["suggestion": .null] }
        let question = try question(for: row)
        guard let answer = try? JSON.parse(text), case .object = answer else {
            throw RowFailure("the answer is no JSON object")
        }
        return [
            "suggestion": [
                "value": try question.value(in: answer), "question_name": .string(question.name), "type": "model",
                "agent": .string(llm.model.modelName),
            ]
        ]
    }

    /// The question about a row.
    private func question(for row: Row) throws -> LabellerQuestion {
        guard let question = Self.given(row["question"]) ?? question else {
            throw RowFailure("there is no question: set `question`, or give rows a column of that name")
        }
        return try LabellerQuestion(question)
    }

    /// What a row says; nil where it says nothing.
    private static func given(_ value: Value?) -> Value? {
        guard let value, !value.isNull else { return nil }
        return value
    }

    /// The defaults; the model must be given.
    public static var defaults: ArgillaLabeller { ArgillaLabeller(llm: PlaceholderLLM()) }
    /// The model.
    public static var requiredKeys: [String] { ["llm"] }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.tasks.argilla_labeller" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary:
                "Lets a model answer a question of an Argilla dataset about a record, as a suggestion for annotators.",
            discussion:
                "Answers are JSON, in a form that follows from the question. The columns fields, question, example_records and guidelines come before the parameters of the same names. It sends nothing to Argilla.",
            parameters: TaskDocumentation.parameters.merging([
                "system_prompt": "what the model is told first",
                "question_to_label_instruction":
                    "how the model is told to answer, by the question's type: label_selection, multi_label_selection, text, rating",
                "example_records":
                    "records with answers: {fields, responses: {question: [{value}]}, suggestions: {question: {value}}}",
                "fields":
                    "what records have, as Argilla describes it: {name, title, settings}; all that they have when not set",
                "question":
                    "the question, as Argilla describes it: {name, title, description, settings: {type, options}}",
                "guidelines": "what annotators are told",
            ]) { _, own in own },
            source: "https://docs.argilla.io/latest/")
    }
}
