public import DistilabelModels
public import DistilabelPipeline
public import DistilabelValues

/// A task made of closures, for a program of one's own: what to ask about a row, and how to read the answer.
///
///     let translate = PromptTask(llm: model, inputs: ["text"], output: "english") { row in
///         "Translate into English. Answer with the translation only.\n\n\(try row.text("text"))"
///     }
///
///     let label = PromptTask(llm: model, inputs: ["text"], outputs: ["is_spam"]) { row in
///         [.system("Answer with yes or no."), .user("Is this spam? \(try row.text("text"))")]
///     } parse: { answer, _ in
///         ["is_spam": .bool(answer.lowercased().hasPrefix("yes"))]
///     }
///
/// What a closure throws becomes the failure of its row. A closure cannot be written to a file: saving a pipeline with one is an error
/// that says so.
public struct PromptTask: LLMTask {
    /// The model.
    public var llm: LLM
    /// What all tasks let the user set.
    public var settings: TaskSettings
    /// The columns that it reads.
    public let inputs: [InputColumn]
    /// The columns that it makes, `model_name` last.
    public let outputs: [String]
    private let ask: @Sendable (Row) throws -> Prompt
    private let read: @Sendable (String, Row) throws -> Value.Object

    /// Makes a task that reads an answer with a closure.
    ///
    /// - Parameters:
    ///   - llm: The model.
    ///   - inputs: The columns that it reads.
    ///   - outputs: The columns that it makes; `model_name` comes by itself.
    ///   - settings: What all tasks let the user set.
    ///   - prompt: What to ask about a row: a text, a list of messages, or a `Prompt` with the form that the answer must have.
    ///   - parse: Gives the columns of an answer; it is not called, and the columns are null, where the model said nothing.
    public init(
        llm: any LanguageModel, inputs: [InputColumn], outputs: [String], settings: TaskSettings = TaskSettings(),
        prompt: @escaping @Sendable (Row) throws -> Prompt,
        parse: @escaping @Sendable (_ answer: String, _ row: Row) throws -> Value.Object
    ) {
        self.llm = LLM(llm)
        self.settings = settings
        self.inputs = inputs
        self.outputs = outputs.filter { $0 != "model_name" } + ["model_name"]
        ask = prompt
        read = parse
    }

    /// Asks what the closure says.
    public func prompt(for row: Row) throws -> Prompt { try ask(row) }

    /// Reads the answer as the closure says; a column that it does not give is null.
    public func parse(_ text: String?, for row: Row) throws -> Value.Object {
        guard let text else { return nullOutputs }
        return nullOutputs.merging(try read(text, row)) { _, said in said }
    }
}

// MARK: - Spellings

extension PromptTask {
    /// Makes a task whose answer goes into a column as it is.
    ///
    /// - Parameters:
    ///   - llm: The model.
    ///   - inputs: The columns that it reads.
    ///   - output: The column of the answer.
    ///   - settings: What all tasks let the user set.
    ///   - prompt: What to ask about a row: a text, a list of messages, or a `Prompt`.
    public init(
        llm: any LanguageModel, inputs: [InputColumn], output: String = "generation",
        settings: TaskSettings = TaskSettings(), prompt: @escaping @Sendable (Row) throws -> Prompt
    ) {
        self.init(llm: llm, inputs: inputs, outputs: [output], settings: settings, prompt: prompt) { answer, _ in
            [output: .string(answer)]
        }
    }

    /// Makes a task that reads a value of one type from each row and makes the columns of a value of another of the answer.
    ///
    ///     struct Text: Codable { var text: String }
    ///     struct Length: Codable { var words: Int }
    ///     let count = PromptTask(llm: model, inputs: ["text"], outputs: ["words"]) { (text: Text) in
    ///         "How many words has this? \(text.text)"
    ///     } parse: { answer, _ in
    ///         Length(words: Int(answer) ?? 0)
    ///     }
    ///
    /// - Parameters:
    ///   - llm: The model.
    ///   - inputs: The columns that it reads.
    ///   - outputs: The columns that it makes; `model_name` comes by itself.
    ///   - settings: What all tasks let the user set.
    ///   - keyStyle: How the names of properties stand as columns; `.snakeCase` makes `modelName` of the column `model_name`.
    ///   - prompt: What to ask: a text, a list of messages, or a `Prompt`.
    ///   - parse: Gives the columns of an answer.
    public init<Input: Decodable & SendableMetatype, Output: Encodable & SendableMetatype>(
        llm: any LanguageModel, inputs: [InputColumn], outputs: [String], settings: TaskSettings = TaskSettings(),
        keyStyle: KeyStyle = .asWritten, prompt: @escaping @Sendable (Input) throws -> Prompt,
        parse: @escaping @Sendable (_ answer: String, _ input: Input) throws -> Output
    ) {
        self.init(llm: llm, inputs: inputs, outputs: outputs, settings: settings) { row in
            try prompt(row.decode(Input.self, keyStyle: keyStyle))
        } parse: { answer, row in
            try Row(encoding: parse(answer, row.decode(Input.self, keyStyle: keyStyle)), keyStyle: keyStyle).object
        }
    }
}

// MARK: - Files

extension PromptTask {
    /// Always an error: a closure cannot be read.
    public init(from decoder: any Decoder) throws { throw Self.error }
    /// Always an error: a closure cannot be written.
    public func encode(to encoder: any Encoder) throws { throw Self.error }

    private static var error: ValueCodingError {
        ValueCodingError(
            code: .invalid, path: "",
            message: "a task made of closures cannot stand in a file: make it a type of your own, and register that")
    }

    /// A task that says nothing; the model must be given.
    public static var defaults: PromptTask { PromptTask(llm: PlaceholderLLM(), inputs: []) { _ in "" } }
}
