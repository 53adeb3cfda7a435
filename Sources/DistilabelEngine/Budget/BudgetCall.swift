public import DistilabelModels

/// A call that is about to be made, as far as its cost goes.
public struct BudgetCall: Sendable, Hashable {
    /// The step that makes it.
    public var step: String
    /// The model's name.
    public var model: String
    /// What the model takes; nil when not known.
    public var price: Price?
    /// About how many tokens the prompt has; all requests together, when the call makes several.
    public var inputTokens: Int
    /// How many tokens one answer may have at most; nil when the request sets no limit.
    public var maximumOutputTokens: Int?
    /// How many answers are wanted.
    public var answers: Int
    /// How many requests it takes.
    public var requests: Int

    /// Makes a call.
    public init(
        step: String, model: String, price: Price?, inputTokens: Int, maximumOutputTokens: Int?, answers: Int = 1,
        requests: Int = 1
    ) {
        self.step = step
        self.model = model
        self.price = price
        self.inputTokens = inputTokens
        self.maximumOutputTokens = maximumOutputTokens
        self.answers = answers
        self.requests = requests
    }

    /// What the call takes with so many tokens.
    func spending(_ usage: Usage, cachedInputTokens: Int = 0) -> Spending {
        Spending(
            requests: requests, usage: usage,
            cost: price?.cost(of: usage, cachedInputTokens: cachedInputTokens) ?? .zero,
            unpricedRequests: price == nil ? requests : 0)
    }
}

/// Room in a budget that is kept for one call until it is known what it took.
public struct BudgetReservation: Sendable, Hashable {
    /// Tells it from others of the same budget.
    let id: Int
    /// What is kept.
    public let amount: Spending
}
