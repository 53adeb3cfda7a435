#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Numbers of which quantiles and histograms are asked in the end, in bounded memory.
///
/// As long as there are few different numbers (``exactLimit``) each is counted and everything is exact. Beyond, numbers
/// are counted in buckets whose bounds grow by a constant factor, so that every quantile is within ``accuracy`` of a
/// number that stands at that place: DDSketch (Masson, Rim and Lee, 2019, https://arxiv.org/abs/1908.10693). Lengths of
/// texts up to a gigabyte need 2,100 buckets, any doubles at most 290,000.
struct QuantileSketch {
    /// How many different numbers are told apart.
    static let exactLimit = 4096
    /// How far a quantile may be off beyond, as a part of it.
    static let accuracy = 0.005

    private static let factor = (1 + accuracy) / (1 - accuracy)
    private static let logFactor = log(factor)

    /// How many numbers there are, without those that are not finite.
    private(set) var count = 0
    /// How many are NaN or infinite.
    private(set) var nonFiniteCount = 0
    private(set) var minimum = Double.infinity
    private(set) var maximum = -Double.infinity
    private(set) var isIntegral = true
    private var sum = 0.0
    private var compensation = 0.0
    private var exact: [Double: Int] = [:]
    /// Buckets under their sign and number; nil while counting is exact.
    private var buckets: [Bucket: Int]?

    private enum Bucket: Hashable {
        case negative(Int), zero, positive(Int)

        init(_ number: Double) {
            if number == 0 {
                self = .zero
            } else {
                let index = Int((log(abs(number)) / QuantileSketch.logFactor).rounded(.up))
                self = number > 0 ? .positive(index) : .negative(index)
            }
        }

        /// The number that stands for all in the bucket.
        var middle: Double {
            switch self {
            case .zero: 0
            case .positive(let index): 2 * pow(QuantileSketch.factor, Double(index)) / (QuantileSketch.factor + 1)
            case .negative(let index): -2 * pow(QuantileSketch.factor, Double(index)) / (QuantileSketch.factor + 1)
            }
        }
    }

    mutating func add(_ number: Int) { add(Double(number)) }

    mutating func add(_ number: Double) {
        guard number.isFinite else {
            nonFiniteCount += 1
            return
        }
        count += 1
        minimum = min(minimum, number)
        maximum = max(maximum, number)
        if isIntegral, number.rounded() != number { isIntegral = false }
        // Neumaier's summation: the error does not grow with the count.
        let next = sum + number
        compensation += abs(sum) >= abs(number) ? (sum - next) + number : (number - next) + sum
        sum = next
        if buckets != nil {
            buckets?[Bucket(number), default: 0] += 1
        } else {
            exact[number == 0 ? 0 : number, default: 0] += 1
            if exact.count > Self.exactLimit { coarsen() }
        }
    }

    private mutating func coarsen() {
        var coarse: [Bucket: Int] = [:]
        for (number, count) in exact { coarse[Bucket(number), default: 0] += count }
        buckets = coarse
        exact = [:]
    }

    /// What is known in the end; nil where there is no number.
    func finished() -> Distribution? {
        guard count > 0 else { return nil }
        let counts: [(number: Double, count: Int)]
        if let buckets {
            counts = buckets.map { bucket, count in
                let middle = isIntegral ? bucket.middle.rounded() : bucket.middle
                return (Swift.min(Swift.max(middle, minimum), maximum), count)
            }.sorted { $0.number < $1.number }
        } else {
            counts = exact.map { ($0.key, $0.value) }.sorted { $0.number < $1.number }
        }
        let ranks = Ranks(counts: counts, isExact: buckets == nil)
        return Distribution(
            count: count, nonFiniteCount: nonFiniteCount, minimum: minimum, maximum: maximum,
            mean: (sum + compensation) / Double(count), median: ranks.quantile(0.5), p95: ranks.quantile(0.95),
            isExact: buckets == nil,
            histogram: Histogram.bins(
                of: counts, isIntegral: isIntegral, isExact: buckets == nil, minimum: minimum, maximum: maximum,
                p99: ranks.quantile(0.99)))
    }

    /// Numbers in order, each with its count.
    private struct Ranks {
        var counts: [(number: Double, count: Int)]
        var isExact: Bool

        /// The quantile; between two numbers it is interpolated, as numpy does unless told otherwise.
        func quantile(_ part: Double) -> Double {
            let total = counts.reduce(0) { $0 + $1.count }
            let place = part * Double(total - 1)
            guard isExact else { return number(at: Int(place.rounded())) }
            let low = Int(place.rounded(.down))
            let (first, second) = (number(at: low), number(at: Swift.min(low + 1, total - 1)))
            return first + (second - first) * (place - Double(low))
        }

        private func number(at rank: Int) -> Double {
            var seen = 0
            for (number, count) in counts {
                seen += count
                if rank < seen { return number }
            }
            return counts.last?.number ?? 0
        }
    }
}
