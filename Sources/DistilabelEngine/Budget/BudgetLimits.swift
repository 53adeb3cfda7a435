public import DistilabelModels

/// How much a run may take at most, its earlier executions included; nil for no limit.
public struct BudgetLimits: Sendable, Hashable, Codable {
    /// In money.
    public var maxCost: Cost?
    /// In tokens of prompts and answers.
    public var maxTokens: Int?
    /// In requests.
    public var maxRequests: Int?

    /// Makes limits.
    public init(maxCost: Cost? = nil, maxTokens: Int? = nil, maxRequests: Int? = nil) {
        self.maxCost = maxCost
        self.maxTokens = maxTokens
        self.maxRequests = maxRequests
    }

    /// No limits.
    public static let none = BudgetLimits()

    /// The first limit that an amount goes over, or nil when it keeps them all.
    func exceeded(by amount: Spending) -> BudgetError.Code? {
        if let maxCost, amount.cost > maxCost { return .cost }
        if let maxTokens, amount.tokens > maxTokens { return .tokens }
        if let maxRequests, amount.requests > maxRequests { return .requests }
        return nil
    }
}

/// A model as a step of a pipeline asks it: what prices are looked up for before a run.
public struct ModelUse: Sendable, Hashable {
    /// The step.
    public var step: String
    /// The model's name.
    public var model: String
    /// Its server, as a name or an address; nil for a model in this process.
    public var host: String?

    /// Makes a use.
    public init(step: String, model: String, host: String?) {
        self.step = step
        self.model = model
        self.host = host
    }

    /// Makes the use of what stands behind an endpoint.
    public init(step: String, endpoint: Endpoint) {
        self.init(step: step, model: endpoint.model, host: endpoint.host)
    }
}

extension BudgetLimits {
    /// What is wrong when the cost is limited and some models have no known price; nil when all is well.
    ///
    /// To be asked before a run: with an unknown price a limit in money cannot be kept.
    public func missingPrices(for uses: [ModelUse], in prices: PriceTable) -> BudgetError? {
        guard maxCost != nil else { return nil }
        let unpriced = uses.filter { prices.price(of: $0.model, at: $0.host) == nil }
        return unpriced.isEmpty ? nil : BudgetError(unpriced: unpriced)
    }
}
