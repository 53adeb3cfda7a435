/// Finds all points within a distance of each point.
///
/// Points are sorted along the axis on which they spread most, so that only those are looked at that are near enough on it; with the
/// cosine, where an axis tells nothing, all are.
struct PointSearch: Sendable {
    private let table: VectorTable<Double>
    private let metric: PointMetric
    /// The greatest measure that is near enough.
    private let limit: Double
    /// How far apart on one axis points may be that are near enough.
    private let reach: Double
    /// The points in the order of their place on the axis, and those places.
    private let order: [Int32]
    private let positions: [Double]

    /// How many points there are.
    var count: Int { order.count }

    /// Makes a search.
    ///
    /// - Parameters:
    ///   - table: The points.
    ///   - metric: How distances are measured.
    ///   - distance: The distance; what is just as far belongs to it.
    init(_ table: VectorTable<Double>, metric: PointMetric, distance: Double) {
        let table = metric.prepared(table)
        self.table = table
        self.metric = metric
        limit = metric.measure(ofDistance: distance)
        let exact = metric == .squaredEuclidean ? distance.squareRoot() : metric == .cosine ? .infinity : distance
        // A little more, since sums are rounded; the measure decides.
        reach = exact * (1 + 1e-9)
        var axis = 0
        var greatest = -1.0
        for place in 0..<table.dimension {
            let values = (0..<table.count).lazy.map { table[$0][place] }
            let spread = (values.max() ?? 0) - (values.min() ?? 0)
            if spread > greatest { (axis, greatest) = (place, spread) }
        }
        order = (0..<Int32(table.count)).sorted { table[Int($0)][axis] < table[Int($1)][axis] }
        positions = order.map { table[Int($0)][axis] }
    }

    /// Makes something of the neighbours of points.
    ///
    /// - Parameters:
    ///   - workers: How many processors to use; nil for all.
    ///   - isWanted: Whether a point's neighbours are looked for.
    ///   - make: Makes something of a point and its neighbours, itself included.
    func collect<Made: Sendable>(
        workers: Int?, _ isWanted: @escaping @Sendable (Int) -> Bool,
        _ make: @escaping @Sendable (Int, [Int32]) -> Made
    ) async throws -> [(point: Int, made: Made)] {
        try await gather(workers: workers, into: [(point: Int, made: Made)](), isWanted) { found, point, neighbours in
            found.append((point, make(point, neighbours)))
        }.flatMap { $0 }
    }

    /// Gathers what each worker finds.
    ///
    /// - Parameters:
    ///   - workers: How many processors to use; nil for all.
    ///   - start: With what each worker begins.
    ///   - isWanted: Whether a point's neighbours are looked for.
    ///   - add: Adds a point and its neighbours, itself included, to what the worker has.
    func gather<Made: Sendable>(
        workers: Int?, into start: Made, _ isWanted: @escaping @Sendable (Int) -> Bool,
        _ add: @escaping @Sendable (inout Made, Int, [Int32]) -> Void
    ) async throws -> [Made] {
        let block = 256
        return try await PieceQueue.share((count + block - 1) / block, among: workers) { queue in
            var made = start
            var neighbours: [Int32] = []
            while let piece = try await queue.take() {
                let range = piece * block..<min(count, (piece + 1) * block)
                var first = firstPlace(notBefore: positions[range.lowerBound] - reach)
                for place in range {
                    while positions[first] < positions[place] - reach { first += 1 }
                    let point = Int(order[place])
                    guard isWanted(point) else { continue }
                    neighbours.removeAll(keepingCapacity: true)
                    var other = first
                    while other < count, positions[other] <= positions[place] + reach {
                        if metric.measure(table[point], table[Int(order[other])], table.stride) <= limit {
                            neighbours.append(order[other])
                        }
                        other += 1
                    }
                    add(&made, point, neighbours)
                }
            }
            return made
        }
    }

    private func firstPlace(notBefore position: Double) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if positions[middle] < position { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
