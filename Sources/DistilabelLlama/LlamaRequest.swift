#if Llama
    public import DistilabelValues

    /// One message of a conversation: who says what.
    public struct LlamaMessage: Sendable, Hashable {
        /// The role, usually `system`, `user` or `assistant`.
        public var role: String
        /// The text.
        public var content: String

        /// Makes a message.
        public init(role: String, content: String) {
            self.role = role
            self.content = content
        }
    }

    /// How the next token is drawn from what the model gives; the order is llama.cpp's: penalties, `topK`, `topP`,
    /// `minP`, temperature.
    ///
    /// The defaults are llama.cpp's, but for the temperature, which is 1. Tokens that are less likely than the best one
    /// by a factor of e²⁰ or more are never drawn.
    public struct LlamaSampling: Sendable, Hashable {
        /// How even the draw is; 0 always takes the best token.
        public var temperature: Double
        /// Draws from the most likely tokens that together have this probability; 1 is off.
        public var topP: Double
        /// Draws from this many most likely tokens; 0 is off.
        public var topK: Int
        /// Leaves out tokens less likely than this fraction of the best one's probability; 0 is off.
        public var minP: Double
        /// Divides the odds of tokens seen lately; 1 is off.
        public var repetitionPenalty: Double
        /// Lowers the log-odds of a token by this, once for every time it was seen lately; 0 is off.
        public var frequencyPenalty: Double
        /// Lowers the log-odds of a token by this when it was seen lately; 0 is off.
        public var presencePenalty: Double
        /// How many of the last tokens, of prompt and answer, count as seen lately.
        public var penaltyWindow: Int
        /// What the draw starts from; nil draws anew each time.
        ///
        /// The same seed and prompt give the same text, on the same build and machine, when the request runs alone.
        /// Beside other requests the sums are added up in another order, and once in a while the last bits make another
        /// token win.
        public var seed: UInt64?

        /// Makes the settings.
        public init(
            temperature: Double = 1, topP: Double = 1, topK: Int = 40, minP: Double = 0.05,
            repetitionPenalty: Double = 1,
            frequencyPenalty: Double = 0, presencePenalty: Double = 0, penaltyWindow: Int = 64, seed: UInt64? = nil
        ) {
            self.temperature = temperature
            self.topP = topP
            self.topK = topK
            self.minP = minP
            self.repetitionPenalty = repetitionPenalty
            self.frequencyPenalty = frequencyPenalty
            self.presencePenalty = presencePenalty
            self.penaltyWindow = penaltyWindow
            self.seed = seed
        }

        /// Always the best token.
        public static let greedy = LlamaSampling(temperature: 0)
    }

    /// What form an answer must have; tokens that would break it are never drawn.
    ///
    /// An answer that reaches its token limit is cut off there and may then be incomplete; its finish reason says so.
    public enum LlamaConstraint: Sendable, Hashable {
        /// A grammar in llama.cpp's notation (GBNF), from the rule `root`.
        case grammar(String)
        /// A JSON document that fits this JSON schema.
        case jsonSchema(Value)
        /// A text that matches this regular expression as a whole.
        case regex(String)
    }

    /// One thing to generate.
    public struct LlamaRequest: Sendable, Hashable {
        /// What the model is given.
        public enum Prompt: Sendable, Hashable {
            /// A conversation, put into the model's own form by its chat template.
            case messages([LlamaMessage])
            /// A text that is used as it stands; names of special tokens in it count as these tokens.
            case text(String)
        }

        /// What the model is given.
        public var prompt: Prompt
        /// The most tokens the answer may have.
        public var maxTokens: Int
        /// How tokens are drawn.
        public var sampling: LlamaSampling
        /// Texts at which the answer ends; they are not part of it.
        public var stop: [String]
        /// The form that the answer must have.
        public var constraint: LlamaConstraint?

        /// Makes a request.
        public init(
            _ prompt: Prompt, maxTokens: Int = 128, sampling: LlamaSampling = LlamaSampling(), stop: [String] = [],
            constraint: LlamaConstraint? = nil
        ) {
            self.prompt = prompt
            self.maxTokens = maxTokens
            self.sampling = sampling
            self.stop = stop
            self.constraint = constraint
        }

        /// Refuses values that are out of their range.
        func check() throws(LlamaError) {
            func require(_ holds: Bool, _ name: String, _ range: String) throws(LlamaError) {
                if !holds { throw LlamaError(.optionInvalid, "\(name) must be \(range)") }
            }
            try require(maxTokens >= 1, "the maximum of new tokens", "1 or more")
            try require(sampling.temperature >= 0 && sampling.temperature.isFinite, "the temperature", "0 or more")
            try require(sampling.topP > 0 && sampling.topP <= 1, "top_p", "above 0 and at most 1")
            try require(sampling.topK >= 0, "top_k", "0 (off) or more")
            try require((0...1).contains(sampling.minP), "min_p", "from 0 (off) to 1")
            try require(
                sampling.repetitionPenalty > 0 && sampling.repetitionPenalty.isFinite, "the repetition penalty",
                "above 0")
            try require(
                sampling.frequencyPenalty.isFinite && sampling.presencePenalty.isFinite, "a penalty", "a finite number")
            try require(sampling.penaltyWindow >= 0, "the penalty window", "0 or more")
        }
    }

    /// An answer, with what it took.
    public struct LlamaCompletion: Sendable, Hashable {
        /// Why an answer ended.
        public enum FinishReason: String, Sendable, Hashable {
            /// The model ended it, a stop text came, or the constraint was fulfilled.
            case stop
            /// It reached its limit of tokens, or the context was full.
            case length
        }

        /// The text.
        public var text: String
        /// Why it ended.
        public var finishReason: FinishReason
        /// How many tokens the prompt has.
        public var promptTokens: Int
        /// How many of the prompt's tokens were taken from another sequence with the same beginning, and not evaluated
        /// again.
        public var sharedTokens: Int
        /// How many tokens were generated, the one that ends the answer included.
        public var completionTokens: Int
        /// From submission until a sequence was free.
        public var waitTime: Duration
        /// From then until the first token was drawn.
        public var promptTime: Duration
        /// From the first token to the end.
        public var generationTime: Duration
    }

#endif
