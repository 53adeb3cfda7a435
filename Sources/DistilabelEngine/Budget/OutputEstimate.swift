/// How many tokens the answers of one step may have, learnt from those that were given.
struct OutputEstimate: Sendable {
    private var tokens = Moments()

    /// Calls before which the spread says little, so that the request's own limit counts.
    static let leastCalls = 8
    /// What an answer is taken for when the request sets no limit and nothing was learnt.
    static let unlimited = 1024

    /// Learns what the answers of a call took on average.
    mutating func record(outputTokens: Int, answers: Int) {
        tokens.add(Double(outputTokens) / Double(max(1, answers)))
    }

    /// What one answer may take: two standard deviations above the mean, and no more than the request allows.
    func tokens(atMost maximum: Int?) -> Int {
        guard tokens.count >= Self.leastCalls else { return max(0, maximum ?? Self.unlimited) }
        let learnt = (tokens.mean + 2 * tokens.variance.squareRoot()).rounded(.up)
        let capped = min(learnt, Double(maximum ?? .max))
        return Int(exactly: capped) ?? maximum ?? Self.unlimited
    }
}
