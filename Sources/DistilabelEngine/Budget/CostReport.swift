/// What a run took, by step and by model; all sums are exact.
public struct CostReport: Sendable, Hashable, Codable {
    /// What one step took of one model.
    public struct Line: Sendable, Hashable, Codable {
        /// The step.
        public var step: String
        /// The model's name.
        public var model: String
        /// How much.
        public var spending: Spending
    }

    /// What one step, or one model, took.
    public struct Part: Sendable, Hashable {
        /// The step's or the model's name.
        public var name: String
        /// How much.
        public var spending: Spending
    }

    /// What earlier executions of the same run took; not part of `lines`.
    public var earlier: Spending
    /// What this execution took, in the order in which steps first had an answer.
    public private(set) var lines: [Line] = []

    /// Makes an empty report.
    public init(earlier: Spending = .none) { self.earlier = earlier }

    /// Adds what a call took.
    public mutating func add(_ spending: Spending, step: String, model: String) {
        if let position = lines.firstIndex(where: { $0.step == step && $0.model == model }) {
            lines[position].spending += spending
        } else {
            lines.append(Line(step: step, model: model, spending: spending))
        }
    }

    /// What this execution took.
    public var now: Spending { lines.map(\.spending).reduce(.none, +) }
    /// What the whole run took, with its earlier executions.
    public var total: Spending { earlier + now }
    /// This execution by step.
    public var byStep: [Part] { parts(\.step) }
    /// This execution by model.
    public var byModel: [Part] { parts(\.model) }
    /// Whether all prices were known, so that costs are no lower bounds.
    public var isComplete: Bool { total.unpricedRequests == 0 }

    private func parts(_ name: (Line) -> String) -> [Part] {
        var parts: [Part] = []
        for line in lines {
            let name = name(line)
            if let position = parts.firstIndex(where: { $0.name == name }) {
                parts[position].spending += line.spending
            } else {
                parts.append(Part(name: name, spending: line.spending))
            }
        }
        return parts
    }
}
