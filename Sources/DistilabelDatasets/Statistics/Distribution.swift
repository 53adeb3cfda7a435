/// How numbers are spread: lengths, ratings, the values of a column.
public struct Distribution: Sendable, Hashable {
    /// A part of the range.
    public struct Bin: Sendable, Hashable {
        /// Where it begins.
        public var lower: Double
        /// Where it ends; the same as ``lower`` where the bin is a single number.
        ///
        /// What is equal to it belongs to the next bin, in the last one to it.
        public var upper: Double
        /// How many numbers lie in it.
        public var count: Int
        /// Whether it gathers the few numbers that lie far above the others.
        public var isTail: Bool
    }

    /// How many numbers there are, without those that are not finite.
    public var count: Int
    /// How many are NaN or infinite; they count nowhere else.
    public var nonFiniteCount: Int
    /// The smallest.
    public var minimum: Double
    /// The largest.
    public var maximum: Double
    /// The arithmetic mean.
    public var mean: Double
    /// The median; between two numbers their middle.
    public var median: Double
    /// What 95 % of the numbers do not exceed, interpolated between neighbours.
    public var p95: Double
    /// Whether median, percentile and histogram are exact; if not, they are within half a percent of the numbers.
    public var isExact: Bool
    /// The histogram, from the smallest to the largest; of a dozen different numbers at most, each is a bin.
    public var histogram: [Bin]
}

/// Chooses the bins of a histogram.
enum Histogram {
    /// How many bins there are about.
    private static let wanted = 16
    /// Up to how many different numbers are bins of their own.
    private static let singleLimit = 12

    static func bins(
        of counts: [(number: Double, count: Int)], isIntegral: Bool, isExact: Bool, minimum: Double, maximum: Double,
        p99: Double
    ) -> [Distribution.Bin] {
        if isExact, counts.count <= singleLimit {
            return counts.map { .init(lower: $0.number, upper: $0.number, count: $0.count, isTail: false) }
        }
        // A few very large numbers would leave all others in one bin.
        let hasTail = maximum - minimum > 2 * (p99 - minimum) && p99 > minimum
        let high = hasTail ? p99 : maximum
        let step = niceStep((high / Double(wanted)) - (minimum / Double(wanted)), isIntegral: isIntegral)
        guard step.isFinite, step > 0 else {
            let total = counts.reduce(0) { $0 + $1.count }
            return [.init(lower: minimum, upper: maximum, count: total, isTail: false)]
        }
        let start = (minimum / step).rounded(.down)
        let steps = (high / step).rounded(.down) - start
        // At the ends of what doubles hold, steps cannot be told apart any more.
        guard steps >= 0, steps <= Double(4 * wanted), (start * step).isFinite,
            ((start + steps + 1) * step).isFinite
        else {
            let total = counts.reduce(0) { $0 + $1.count }
            return [.init(lower: minimum, upper: maximum, count: total, isTail: false)]
        }
        let binCount = Int(steps) + 1
        var bins = (0..<binCount).map { index in
            Distribution.Bin(
                lower: (start + Double(index)) * step, upper: (start + Double(index + 1)) * step, count: 0,
                isTail: false)
        }
        let end = bins[binCount - 1].upper
        if maximum > end { bins.append(.init(lower: end, upper: maximum, count: 0, isTail: true)) }
        for (number, count) in counts {
            // The place of what lies far in the tail may be beyond all integers.
            let place = (number / step) - start
            var index = place >= Double(bins.count) ? bins.count - 1 : max(0, Int(place.rounded(.down)))
            // The division may land a hair beside the bound that is printed.
            if index > 0, number < bins[index].lower { index -= 1 }
            if index < bins.count - 1, number >= bins[index].upper { index += 1 }
            bins[index].count += count
        }
        if let last = bins.indices.last, last > 0, bins[last].count == 0 { bins.removeLast() }
        return bins
    }

    /// The next larger of 1, 2, 2.5 and 5 times a power of ten; whole for whole numbers.
    private static func niceStep(_ raw: Double, isIntegral: Bool) -> Double {
        guard raw > 0, raw.isFinite else { return 0 }
        var power = 1.0
        while power * 10 <= raw { power *= 10 }
        while power > raw, power > 1e-300 { power /= 10 }
        let factors = isIntegral && power < 10 ? [1.0, 2, 5, 10] : [1.0, 2, 2.5, 5, 10]
        let step = (factors.first { $0 * power >= raw } ?? 10) * power
        return isIntegral ? max(1, step.rounded()) : step
    }
}
