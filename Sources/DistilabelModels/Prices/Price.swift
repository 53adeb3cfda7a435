/// What a model takes for tokens, in US dollars.
public struct Price: Sendable, Hashable, Codable {
    /// For one token of the prompt.
    public var input: Cost
    /// For one token of the answer.
    public var output: Cost
    /// For one token of the prompt that the provider had kept from an earlier call; as `input` when not known.
    public var cachedInput: Cost?

    /// Makes a price of the costs of single tokens.
    public init(input: Cost, output: Cost, cachedInput: Cost? = nil) {
        self.input = input
        self.output = output
        self.cachedInput = cachedInput
    }

    /// Makes a price as providers state it; nil when a number is negative, no number, or beyond a million dollars.
    ///
    /// - Parameters:
    ///   - input: Dollars per million tokens of the prompt.
    ///   - output: Dollars per million tokens of the answer.
    ///   - cachedInput: Dollars per million tokens of the prompt that the provider had kept.
    public init?(perMillionInput input: Double, output: Double, cachedInput: Double? = nil) {
        guard let input = Self.perToken(input), let output = Self.perToken(output) else { return nil }
        self.init(input: input, output: output)
        if let cachedInput {
            guard let cached = Self.perToken(cachedInput) else { return nil }
            self.cachedInput = cached
        }
    }

    /// What models in this process take: nothing.
    public static let free = Price(input: .zero, output: .zero)

    /// What a call takes.
    ///
    /// - Parameters:
    ///   - usage: All its tokens.
    ///   - cachedInputTokens: How many of the prompt's tokens the provider had kept.
    public func cost(of usage: Usage, cachedInputTokens: Int = 0) -> Cost {
        let cached = min(max(cachedInputTokens, 0), max(usage.inputTokens, 0))
        return input * (usage.inputTokens - cached) + (cachedInput ?? input) * cached + output * usage.outputTokens
    }

    /// A dollar per million tokens is a millionth of a dollar a token: a million picodollars.
    static func perToken(_ dollarsPerMillion: Double) -> Cost? {
        guard dollarsPerMillion >= 0, dollarsPerMillion <= 1_000_000 else { return nil }
        return Cost(picodollars: Int((dollarsPerMillion * 1_000_000).rounded()))
    }
}
