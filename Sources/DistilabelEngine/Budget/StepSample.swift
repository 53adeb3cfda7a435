public import DistilabelModels

/// What one step did with the rows of a sample.
public struct StepSample: Sendable, Hashable {
    /// The step.
    public var name: String
    /// Rows that came in.
    public var rowsIn: Int
    /// Rows that went out.
    public var rowsOut: Int
    /// The server that the step asks, with its limits; nil for a step that asks no model.
    public var endpoint: Endpoint?
    /// Tokens of the prompt, by call.
    public private(set) var inputTokens = Moments()
    /// Tokens of the answer, by call.
    public private(set) var outputTokens = Moments()
    /// Seconds, by call.
    public private(set) var seconds = Moments()
    /// US dollars, by call; calls of unknown price are not in it.
    public private(set) var dollars = Moments()

    /// Makes a sample without calls.
    public init(name: String, rowsIn: Int = 0, rowsOut: Int = 0, endpoint: Endpoint? = nil) {
        self.name = name
        self.rowsIn = rowsIn
        self.rowsOut = rowsOut
        self.endpoint = endpoint
    }

    /// How many calls there were.
    public var calls: Int { seconds.count }

    /// Counts a call.
    ///
    /// - Parameters:
    ///   - usage: Its tokens.
    ///   - seconds: How long it took.
    ///   - price: What the model takes; nil when not known.
    public mutating func record(_ usage: Usage, seconds: Double, price: Price?) {
        inputTokens.add(Double(usage.inputTokens))
        outputTokens.add(Double(usage.outputTokens))
        self.seconds.add(seconds)
        if let price { dollars.add(price.cost(of: usage).dollars) }
    }
}
