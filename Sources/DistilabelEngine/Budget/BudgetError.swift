internal import DistilabelModels

/// Why a call may not be made: a limit is reached, or cannot be kept.
public struct BudgetError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What it is about.
    public enum Code: String, Sendable, CaseIterable {
        /// The limit in money.
        case cost
        /// The limit in tokens.
        case tokens
        /// The limit in requests.
        case requests
        /// A limit in money and a model of unknown price.
        case unknownPrice
    }

    /// What it is about.
    public var code: Code
    /// Which limit, how much was spent, and how to go on.
    public var message: String
    /// What the run had taken, its earlier executions included.
    public var spent: Spending
    /// What the refused call was thought to take.
    public var refused: Spending

    /// The message.
    public var description: String { message }

    /// A call of a step does not fit any more.
    init(_ code: Code, limits: BudgetLimits, spent: Spending, refused: Spending, step: String) {
        self.code = code
        self.spent = spent
        self.refused = refused
        let (option, limit, used, next) =
            switch code {
            case .cost, .unknownPrice:
                ("--max-cost", "\(limits.maxCost ?? .zero)", "\(spent.cost)", "\(refused.cost)")
            case .tokens:
                ("--max-tokens", "\(limits.maxTokens ?? 0) tokens", "\(spent.tokens)", "\(refused.tokens)")
            case .requests:
                ("--max-requests", "\(limits.maxRequests ?? 0) requests", "\(spent.requests)", "\(refused.requests)")
            }
        message =
            "the budget of \(limit) leaves no room for the next call of step '\(step)': \(used) is spent and "
            + "the call may take \(next) more; all answers so far are kept, so run it again "
            + "with a higher \(option) to go on from here"
    }

    /// The price of some models is not known.
    init(unpriced: [ModelUse]) {
        code = .unknownPrice
        spent = .none
        refused = .none
        var order: [ModelUse] = []
        var steps: [ModelUse: [String]] = [:]
        for use in unpriced {
            let model = ModelUse(step: "", model: use.model, host: use.host)
            if steps[model] == nil { order.append(model) }
            steps[model, default: []].append("'\(use.step)'")
        }
        let list = order.map { model in
            let users = steps[model] ?? []
            let label = users.count == 1 ? "step" : "steps"
            return "'\(model.model)' at \(Self.place(model)) (\(label) \(users.joined(separator: ", ")))"
        }
        message =
            "a limit of cost cannot be kept, because no price is known of \(list.joined(separator: ", ")); "
            + "state it in US dollars per million tokens (0 where a server costs nothing) in a file such as "
            + #"{"models": [{"model": "\#(order.first?.model ?? "")", "input": 0.5, "output": 1.5}]} "#
            + "and give that with `--prices FILE`, or leave `--max-cost` out"
    }

    /// A server without the name and password that an address may hold.
    private static func place(_ use: ModelUse) -> Substring {
        guard let host = use.host else { return "an unknown server" }
        return host.split(separator: "@").last ?? "an unknown server"
    }
}
