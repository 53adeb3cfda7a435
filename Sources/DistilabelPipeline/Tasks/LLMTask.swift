public import DistilabelModels
public import DistilabelValues

/// A step that asks a language model about each row and parses what it says.
///
/// Most tasks say what to ask and how to read the answer; one that asks several times about a row (to evolve a text, say)
/// implements ``answers(for:asking:)`` instead.
public protocol LLMTask: Step {
    /// The model.
    var llm: LLM { get set }
    /// What all tasks let the user set.
    var settings: TaskSettings { get set }
    /// What to ask about a row.
    ///
    /// - Throws: `RowFailure` when the row cannot be asked about.
    func prompt(for row: Row) throws -> Prompt
    /// Reads an answer: the values of the columns in `outputs`.
    ///
    /// - Parameters:
    ///   - text: What the model said; nil when it said nothing.
    ///   - row: The row that was asked about.
    /// - Throws: `RowFailure` when the answer cannot be read: the outputs are null, and the reason stands in the metadata.
    func parse(_ text: String?, for row: Row) throws -> Value.Object
    /// The JSON form that answers get with `use_default_structured_output`; nil when the task has none.
    var defaultStructuredOutput: StructuredOutput? { get }
    /// Asks about a row and reads the answers: as many as `num_generations`.
    func answers(for row: Row, asking: Asking) async throws -> [TaskAnswer]
}

/// What to ask a model.
public struct Prompt: Sendable, Hashable {
    /// The conversation.
    public var messages: [Message]
    /// The form that the answer must have, where the row or the task states one.
    public var structuredOutput: StructuredOutput?

    /// Makes a prompt.
    public init(_ messages: [Message], structuredOutput: StructuredOutput? = nil) {
        self.messages = messages
        self.structuredOutput = structuredOutput
    }
}

/// How a task asks its model: given by the engine, which counts, waits and retries.
public struct Asking: Sendable {
    /// Asks.
    public let ask: @Sendable (GenerationRequest) async throws -> GenerationResponse
    /// The number of the row in the run, from which requests get their occurrence.
    public let occurrence: Int

    /// Makes a way to ask.
    public init(occurrence: Int = 0, ask: @escaping @Sendable (GenerationRequest) async throws -> GenerationResponse) {
        self.occurrence = occurrence
        self.ask = ask
    }
}

/// Why a row cannot be processed: its own fault, not that of the run.
public struct RowFailure: Error, Sendable, CustomStringConvertible {
    /// What is wrong and, where there is one, the mend.
    public var reason: String
    /// The columns that the row gets all the same; nulls in all outputs when not set.
    public var columns: Value.Object?

    /// Makes a failure.
    public init(_ reason: String, columns: Value.Object? = nil) {
        self.reason = reason
        self.columns = columns
    }

    /// The reason.
    public var description: String { reason }
}

/// One answer to a task, read.
public struct TaskAnswer: Sendable {
    /// The columns read from it.
    public var columns: Value.Object
    /// What the model said, word for word: a text, null, or a list of texts of a task that asks several times.
    public var rawOutput: Value
    /// What was asked: the messages.
    public var rawInput: Value
    /// The tokens it took, `{input_tokens, output_tokens}`; null where the provider does not say.
    public var statistics: Value
    /// Why it could not be read.
    public var failure: String?
    /// More metadata, under keys that already carry the step's name.
    public var moreMetadata: Value.Object
    /// Other things that the model gave (`logprobs`): they become columns `llm_<step>_<key>`.
    public var extras: Value.Object

    /// Makes an answer.
    public init(
        columns: Value.Object, rawOutput: Value, rawInput: Value = .null, statistics: Value = .null,
        failure: String? = nil, moreMetadata: Value.Object = [:], extras: Value.Object = [:]
    ) {
        self.columns = columns
        self.rawOutput = rawOutput
        self.rawInput = rawInput
        self.statistics = statistics
        self.failure = failure
        self.moreMetadata = moreMetadata
        self.extras = extras
    }
}

/// What becomes of a row on which a task fails.
public enum OnFailure: String, Sendable, Hashable, Codable, CaseIterable {
    /// It goes on with nulls, and the reason in its metadata.
    case null
    /// It does not go on; it is counted.
    case drop
    /// It ends the run.
    case fail
}

/// What all tasks let the user set, beside the model.
public struct TaskSettings: DefaultsProviding, FlattenedSettings, Sendable, Hashable {
    /// Whether the answers to a row go into lists of one row, instead of a row each.
    public var groupGenerations = false
    /// Whether the metadata gets what the model said.
    public var addRawOutput = true
    /// Whether the metadata gets what was asked.
    public var addRawInput = true
    /// How many answers are asked for about each row.
    public var numGenerations = 1
    /// Whether the model must answer in the task's own JSON form.
    public var useDefaultStructuredOutput = false
    /// What becomes of a row about which the model could not be asked, or whose answer cannot be read.
    public var onFailure = OnFailure.null

    /// Makes the settings' defaults.
    public init(
        numGenerations: Int = 1, groupGenerations: Bool = false, addRawOutput: Bool = true, addRawInput: Bool = true,
        useDefaultStructuredOutput: Bool = false
    ) {
        self.numGenerations = numGenerations
        self.groupGenerations = groupGenerations
        self.addRawOutput = addRawOutput
        self.addRawInput = addRawInput
        self.useDefaultStructuredOutput = useDefaultStructuredOutput
    }

    /// The defaults.
    public static var defaults: TaskSettings { TaskSettings() }
}
