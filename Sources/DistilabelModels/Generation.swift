public import DistilabelValues

/// What a task asks a model.
public struct GenerationRequest: Sendable, Hashable {
    /// The conversation so far.
    public var messages: [Message]
    /// How many answers are wanted, at least one.
    public var numberOfGenerations: Int
    /// The form that the answer must have; before the model's own setting.
    public var structuredOutput: StructuredOutput?
    /// Tells equal requests of a run apart (the row's and the sample's number), so that seeds can differ.
    public var occurrence: Int

    /// Makes a request.
    public init(
        messages: [Message], numberOfGenerations: Int = 1, structuredOutput: StructuredOutput? = nil,
        occurrence: Int = 0
    ) {
        self.messages = messages
        self.numberOfGenerations = numberOfGenerations
        self.structuredOutput = structuredOutput
        self.occurrence = occurrence
    }
}

/// How many tokens a call took.
public struct Usage: Sendable, Hashable, Codable {
    /// Tokens of the prompt.
    public var inputTokens: Int
    /// Tokens of the answer.
    public var outputTokens: Int

    /// Makes a count.
    public init(inputTokens: Int, outputTokens: Int) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
    }

    /// No tokens.
    public static let none = Usage(inputTokens: 0, outputTokens: 0)

    /// Tokens of prompts and answers together.
    public var tokens: Int { inputTokens + outputTokens }

    /// Adds two counts.
    public static func + (left: Usage, right: Usage) -> Usage {
        Usage(inputTokens: left.inputTokens + right.inputTokens, outputTokens: left.outputTokens + right.outputTokens)
    }
}

/// Why a model stopped writing.
public enum FinishReason: Sendable, Hashable {
    /// It was done, or met a stop text.
    case stop
    /// The limit of tokens was reached.
    case length
    /// The provider withheld the answer.
    case contentFilter
    /// Another word of the provider's.
    case other(String)

    /// Reads OpenAI's words.
    public init(_ word: String) {
        switch word {
        case "stop": self = .stop
        case "length": self = .length
        case "content_filter": self = .contentFilter
        default: self = .other(word)
        }
    }

    /// OpenAI's word for it.
    public var word: String {
        switch self {
        case .stop: "stop"
        case .length: "length"
        case .contentFilter: "content_filter"
        case .other(let word): word
        }
    }
}

/// One answer.
public struct Generation: Sendable, Hashable {
    /// The text; nil when the model gave none.
    public var text: String?
    /// Why it ended there, where that is known.
    public var finishReason: FinishReason?
    /// Log-probabilities by token, `[[{token, logprob}]]`, where they were asked for.
    public var logprobs: Value?

    /// Makes an answer.
    public init(text: String?, finishReason: FinishReason? = nil, logprobs: Value? = nil) {
        self.text = text
        self.finishReason = finishReason
        self.logprobs = logprobs
    }
}

/// What a model answered to one request.
public struct GenerationResponse: Sendable, Hashable {
    /// The answers, as many as were asked for.
    public var generations: [Generation]
    /// What each call took: one entry for all answers of a provider that makes several in one call, else one an answer; may be empty.
    public var usage: [Usage]
    /// What the provider said of its limits along with it.
    public var limits: RateLimits?

    /// Makes a response.
    public init(generations: [Generation], usage: [Usage] = [], limits: RateLimits? = nil) {
        self.generations = generations
        self.usage = usage
        self.limits = limits
    }

    /// The tokens of all calls together.
    public var totalUsage: Usage { usage.reduce(.none, +) }
}

/// The form that an answer must have.
public struct StructuredOutput: Sendable, Hashable, Codable {
    /// How the form is described.
    public enum Format: String, Sendable, Hashable, Codable, CaseIterable {
        /// By a JSON schema.
        case json
        /// By a regular expression.
        case regex
    }

    /// How the form is described; JSON unless said otherwise.
    public var format: Format?
    /// The JSON schema (an object, or a text that holds one) or the regular expression (a text).
    public var schema: Value
    /// Python's choice of a way to ask for JSON; read, and of no effect here.
    public var mode: String?
    /// Python's count of tries for an answer of the wrong form; read, and of no effect here.
    public var maxRetries: Int?
    /// The white space that JSON may have, as a regular expression; read, and of no effect here.
    public var whitespacePattern: String?

    /// Makes the form of answers that are JSON of a schema.
    public static func json(_ schema: Value) -> StructuredOutput { StructuredOutput(format: .json, schema: schema) }
    /// Makes the form of answers that a regular expression matches.
    public static func regex(_ pattern: String) -> StructuredOutput {
        StructuredOutput(format: .regex, schema: .string(pattern))
    }

    /// Makes a form.
    public init(format: Format?, schema: Value) {
        self.format = format
        self.schema = schema
    }

    private enum CodingKeys: CodingKey {
        case format, schema, mode, maxRetries, whitespacePattern
    }

    /// Writes what is set: Python refuses nulls here, and each of its ways to a form knows other keys.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        if let format { try container.encode(format, forKey: .format) }
        try container.encode(schema, forKey: .schema)
        if let mode { try container.encode(mode, forKey: .mode) }
        if let maxRetries { try container.encode(maxRetries, forKey: .maxRetries) }
        if let whitespacePattern { try container.encode(whitespacePattern, forKey: .whitespacePattern) }
    }
}
