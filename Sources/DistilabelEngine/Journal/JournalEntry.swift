public import DistilabelModels
internal import DistilabelValues

/// What came of a request, as the journal keeps it.
public struct JournalEntry: Sendable {
    /// How it ended.
    public enum Outcome: Sendable {
        /// The model answered.
        case answered(GenerationResponse)
        /// It did not, and asking again would not have helped then.
        case failed(LanguageModelError)
    }

    /// How it ended.
    public var outcome: Outcome
    /// The model's name.
    public var model: String
    /// When it was asked, in seconds since 1970.
    public var started: Double
    /// The seconds from asking to the answer, waits and tries included.
    public var seconds: Double
    /// What it cost, in trillionths of a dollar; nil where the price is not known.
    public var cost: Int?

    /// Makes an entry.
    public init(outcome: Outcome, model: String, started: Double, seconds: Double, cost: Int? = nil) {
        self.outcome = outcome
        self.model = model
        self.started = started
        self.seconds = seconds
        self.cost = cost
    }

    /// The tokens of the answer.
    var usage: Usage {
        if case .answered(let response) = outcome { response.totalUsage } else { .none }
    }
}

/// The JSON in which the journal keeps outcomes.
enum JournalCoding {
    static func text(of outcome: JournalEntry.Outcome) -> String {
        switch outcome {
        case .answered(let response):
            JSON.string([
                "generations": .array(response.generations.map(value)),
                "usage": .array(
                    response.usage.map {
                        ["input_tokens": .int($0.inputTokens), "output_tokens": .int($0.outputTokens)]
                    }),
            ])
        case .failed(let error): JSON.string(["code": .string(error.code.rawValue), "message": .string(error.message)])
        }
    }

    static func outcome(of text: String, isFailure: Bool) throws -> JournalEntry.Outcome {
        let value = try JSON.parse(text)
        if isFailure {
            let code = value["code"]?.stringValue.flatMap(LanguageModelError.Code.init(rawValue:))
            return .failed(
                LanguageModelError(
                    code: code ?? .invalidResponse, message: value["message"]?.stringValue ?? "", isForAllRows: false))
        }
        let usage = (value["usage"]?.arrayValue ?? []).map {
            Usage(
                inputTokens: $0["input_tokens"]?.intValue ?? 0, outputTokens: $0["output_tokens"]?.intValue ?? 0)
        }
        return .answered(
            GenerationResponse(
                generations: (value["generations"]?.arrayValue ?? []).map(generation), usage: usage))
    }

    private static func value(of generation: Generation) -> Value {
        var object: Value.Object = ["text": generation.text.map(Value.string) ?? .null]
        if let reason = generation.finishReason { object["finish_reason"] = .string(reason.word) }
        if let logprobs = generation.logprobs { object["logprobs"] = logprobs }
        return .object(object)
    }

    private static func generation(of value: Value) -> Generation {
        Generation(
            text: value["text"]?.stringValue,
            finishReason: value["finish_reason"]?.stringValue.map { FinishReason($0) },
            logprobs: value["logprobs"])
    }
}
