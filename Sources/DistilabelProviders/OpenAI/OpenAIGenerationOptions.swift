public import DistilabelValues

/// The `generation_kwargs` of models behind OpenAI's chat API, under Python's names.
public struct OpenAIGenerationOptions: DefaultsProviding, Sendable, Hashable {
    /// Most tokens of an answer; sent as `max_tokens`.
    public var maxNewTokens = 128
    /// Whether log-probabilities are wanted.
    public var logprobs: Bool?
    /// For how many tokens at each place.
    public var topLogprobs: Int?
    /// Of no effect on chat; read because Python's has it.
    public var echo: Bool?
    /// From -2 to 2: positive values discourage words that were said often.
    public var frequencyPenalty = 0.0
    /// From -2 to 2: positive values discourage words that were said at all.
    public var presencePenalty = 0.0
    /// How random the choice of words is; 0 takes the likeliest.
    public var temperature = 1.0
    /// Only the likeliest words that make up this share are chosen from.
    public var topP = 1.0
    /// Texts at which the answer ends: one, or a list.
    public var stop: Value = .null
    /// Makes equal requests give equal answers, where the server can.
    public var seed: Int?
    /// OpenAI's `response_format`, as it is.
    public var responseFormat: Value = .null
    /// More keys of the request, for servers that understand more.
    public var extraBody: Value = .null

    /// Makes the defaults.
    public init(
        maxNewTokens: Int = 128, temperature: Double = 1.0, topP: Double = 1.0, stop: Value = .null, seed: Int? = nil
    ) {
        self.maxNewTokens = maxNewTokens
        self.temperature = temperature
        self.topP = topP
        self.stop = stop
        self.seed = seed
    }

    /// The defaults.
    public static var defaults: OpenAIGenerationOptions { OpenAIGenerationOptions() }

    /// As keys of a request.
    var parameters: Value.Object {
        var all: Value.Object = [
            "max_tokens": .int(maxNewTokens),
            "temperature": .double(temperature),
            "top_p": .double(topP),
            "frequency_penalty": .double(frequencyPenalty),
            "presence_penalty": .double(presencePenalty),
            "stop": stop,
            "response_format": responseFormat,
        ]
        if let logprobs { all["logprobs"] = .bool(logprobs) }
        if let topLogprobs { all["top_logprobs"] = .int(topLogprobs) }
        if let seed { all["seed"] = .int(seed) }
        for (key, value) in extraBody.objectValue ?? [:] { all[key] = value }
        return all
    }
}
