/// A number that was extrapolated, with the range in which it lies 19 times of 20.
public struct Projection: Sendable, Hashable {
    /// What is expected.
    public var mean: Double
    /// The lower end; nil when the sample is too small to tell.
    public var low: Double?
    /// The upper end; nil when the sample is too small to tell.
    public var high: Double?

    /// Makes a projection.
    public init(mean: Double, low: Double?, high: Double?) {
        self.mean = mean
        self.low = low
        self.high = high
    }

    /// Nothing, for certain.
    static let zero = Projection(mean: 0, low: 0, high: 0)

    /// The sum; ranges add up as if all were high, or low, together, since the same rows make all steps dear.
    static func + (left: Projection, right: Projection) -> Projection {
        left.combined(with: right, +)
    }

    /// The number times a factor that is certain.
    static func * (left: Projection, right: Double) -> Projection {
        Projection(mean: left.mean * right, low: left.low.map { $0 * right }, high: left.high.map { $0 * right })
    }

    /// Whichever is larger, end by end.
    static func larger(_ left: Projection, _ right: Projection) -> Projection { left.combined(with: right, max) }

    private func combined(with other: Projection, _ operation: (Double, Double) -> Double) -> Projection {
        var (low, high): (Double?, Double?)
        if let left = self.low, let right = other.low { low = operation(left, right) }
        if let left = self.high, let right = other.high { high = operation(left, right) }
        return Projection(mean: operation(mean, other.mean), low: low, high: high)
    }

    /// The total over all rows of what calls of a sample took.
    ///
    /// The calls that a row makes vary, and what each takes does. With calls K a row and an amount X a call, a row's
    /// variance is E[K]·Var(X) + E[X]²·Var(K). The rows not in the sample vary around a mean that itself is known
    /// only from the sample, which makes a total over N of n sampled rows vary by N·|N − n|/n times that; the range
    /// comes from Student's distribution.
    ///
    /// - Parameters:
    ///   - amounts: What each call took.
    ///   - sampledRows: The source rows of the sample, at least one.
    ///   - totalRows: All source rows.
    static func total(of amounts: Moments, sampledRows: Int, totalRows: Int) -> Projection {
        guard amounts.count > 0 else {
            return Projection(mean: 0, low: nil, high: nil)
        }
        let (sampled, total) = (Double(sampledRows), Double(totalRows))
        let mean = amounts.sum * total / sampled
        if sampledRows == totalRows { return Projection(mean: mean, low: mean, high: mean) }
        guard amounts.count > 1, sampledRows > 1 else { return Projection(mean: mean, low: nil, high: nil) }
        let calls = Double(amounts.count) / sampled
        // The least that a whole number of this mean can vary: exact for a filter, which lets a row through or not.
        let fraction = calls - calls.rounded(.down)
        let rowVariance = calls * amounts.variance + amounts.mean * amounts.mean * fraction * (1 - fraction)
        let deviation = (rowVariance * total * abs(total - sampled) / sampled).squareRoot()
        let half = deviation * studentQuantile(min(amounts.count, sampledRows) - 1)
        // What the sample took is part of the whole.
        let least = totalRows > sampledRows ? amounts.sum : 0
        return Projection(mean: mean, low: max(least, mean - half), high: mean + half)
    }

    /// The point of Student's distribution beyond which lies a fortieth, by the expansion around the normal
    /// distribution's.
    static func studentQuantile(_ degrees: Int) -> Double {
        switch degrees {
        case ...1: return 12.706
        case 2: return 4.303
        default:
            let inverse = 1 / Double(degrees)
            return 1.95996 + inverse * (2.37227 + inverse * (2.82250 + inverse * 2.55585))
        }
    }
}
