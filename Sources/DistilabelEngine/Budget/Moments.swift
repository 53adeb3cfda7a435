/// How many numbers there were, their mean and their spread, kept without the numbers (Welford's method).
public struct Moments: Sendable, Hashable, Codable {
    /// How many numbers.
    public private(set) var count = 0
    /// Their mean; 0 when there are none.
    public private(set) var mean = 0.0
    private var squares = 0.0

    /// Makes the moments of some numbers.
    public init(_ numbers: some Sequence<Double> = EmptyCollection()) {
        for number in numbers { add(number) }
    }

    /// Counts a number.
    public mutating func add(_ number: Double) {
        count += 1
        let distance = number - mean
        mean += distance / Double(count)
        squares += distance * (number - mean)
    }

    /// The sum of the numbers.
    public var sum: Double { mean * Double(count) }
    /// The variance of what the numbers are a sample of; 0 for fewer than two.
    public var variance: Double { count < 2 ? 0 : max(0, squares / Double(count - 1)) }
}
