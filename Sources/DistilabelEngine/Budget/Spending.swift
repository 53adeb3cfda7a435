public import DistilabelModels

/// What calls took, or may take: requests, tokens and money.
public struct Spending: Sendable, Hashable, Codable {
    /// Requests that were sent.
    public var requests: Int
    /// Their tokens.
    public var usage: Usage
    /// Their cost, as far as prices are known.
    public var cost: Cost
    /// Requests among them to models of unknown price: with any, `cost` is a lower bound.
    public var unpricedRequests: Int

    /// Makes an amount.
    public init(
        requests: Int = 0, usage: Usage = .none, cost: Cost = .zero,
        unpricedRequests: Int = 0
    ) {
        self.requests = requests
        self.usage = usage
        self.cost = cost
        self.unpricedRequests = unpricedRequests
    }

    /// Nothing.
    public static let none = Spending()

    /// Tokens of prompts and answers.
    public var tokens: Int { usage.tokens }

    /// Adds two amounts.
    public static func + (left: Spending, right: Spending) -> Spending {
        Spending(
            requests: left.requests + right.requests, usage: left.usage + right.usage, cost: left.cost + right.cost,
            unpricedRequests: left.unpricedRequests + right.unpricedRequests)
    }

    /// Adds an amount.
    public static func += (left: inout Spending, right: Spending) { left = left + right }

    /// Takes away an amount that is part of the first.
    static func - (left: Spending, right: Spending) -> Spending {
        Spending(
            requests: left.requests - right.requests,
            usage: Usage(
                inputTokens: left.usage.inputTokens - right.usage.inputTokens,
                outputTokens: left.usage.outputTokens - right.usage.outputTokens),
            cost: left.cost - right.cost, unpricedRequests: left.unpricedRequests - right.unpricedRequests)
    }
}
