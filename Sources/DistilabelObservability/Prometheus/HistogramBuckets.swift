/// The upper bounds into which a histogram sorts what it measures.
public struct HistogramBuckets: Sendable, Hashable {
    /// The bounds, ascending, without infinity; a value that equals one belongs below it.
    public let bounds: [Double]

    /// Makes buckets of any bounds; they are sorted, and what is no number, infinite or there twice is left out.
    public init(_ bounds: [Double]) { self.bounds = Set(bounds.filter(\.isFinite)).sorted() }

    /// Seconds from 5 ms to 5 min, as calls of models take them.
    public static let seconds = HistogramBuckets([
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300,
    ])
    /// Tokens in powers of four, as OpenTelemetry's conventions for generative AI want them.
    public static let tokens = HistogramBuckets((0..<14).map { Double(1 << (2 * $0)) })
    /// Powers of ten in three steps, from a thousandth to ten million, for what is not known.
    public static let general = HistogramBuckets([
        0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4,
        2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6, 5e6, 1e7,
    ])

    /// The bucket of a value, by its index in `bounds`; beyond the last bound the count of bounds.
    func index(of value: Double) -> Int {
        var low = 0
        var high = bounds.count
        while low < high {
            let middle = (low + high) / 2
            if value <= bounds[middle] { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
