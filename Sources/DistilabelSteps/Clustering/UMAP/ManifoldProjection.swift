/// Lays points out in a few dimensions: UMAP's optimisation, from a start along the principal components.
struct ManifoldProjection: Sendable {
    /// How many dimensions the layout has.
    let dimensions: Int
    /// From what random choices start.
    let seed: UInt32

    /// umap-learn's defaults.
    private static let neighbours = 15
    private static let repulsions = 5
    /// The curve `1 / (1 + a x^2b)` of how near two points are: that of a least distance of 0.1.
    private static let a: Float = 1.576_943_5
    private static let b: Float = 0.895_060_9
    /// Above so many points neighbours are looked for in cells.
    private static let exactLimit = 20_000

    /// The points of vectors.
    ///
    /// - Parameters:
    ///   - table: The vectors.
    ///   - metric: How distances are measured.
    ///   - workers: How many processors look for neighbours; nil for all.
    func points(of table: VectorTable<Float>, metric: PointMetric, workers: Int?) async throws -> [[Float]] {
        let count = table.count
        guard count > 1 else { return Array(repeating: Array(repeating: 0, count: dimensions), count: count) }
        let prepared = metric.prepared(table)
        let k = min(Self.neighbours, count) - 1
        let lists = try await neighbours(k, of: prepared, metric: metric, workers: workers)
        let graph = NeighbourGraph(lists, count: count) { squared in
            switch metric {
            // Of vectors of length 1 the square of the distance is twice the cosine's.
            case .cosine: squared / 2
            case .euclidean: max(0, squared).squareRoot()
            default: squared
            }
        }
        var random = MersenneTwister(seed: seed)
        var layout = PrincipalComponents.layout(of: prepared, dimensions: dimensions, using: &random)
        try await optimise(&layout, count: count, graph: graph, using: &random)
        return (0..<count).map { Array(layout[$0 * dimensions..<($0 + 1) * dimensions]) }
    }

    private func neighbours(
        _ k: Int, of table: VectorTable<Float>, metric: PointMetric, workers: Int?
    ) async throws -> NeighbourLists {
        switch metric {
        case .euclidean, .squaredEuclidean, .cosine:
            if table.count <= Self.exactLimit {
                return try await PairSearch(table, metric: .squaredL2).neighbours(k, workers: workers)
            }
            let cells = 2 * Int(Double(table.count).squareRoot())
            let search = try await CellSearch(table, metric: .squaredL2, cells: cells, workers: workers)
            return try await search.neighbours(k, probing: cells / 16, workers: workers)
        case .manhattan, .chebyshev:
            let parts = try await PieceQueue.share(table.count, among: workers) { queue in
                var lists = NeighbourLists(count: table.count, width: k)
                while let point = try await queue.take() {
                    for other in 0..<table.count where other != point {
                        lists.insert(
                            Int32(other), at: metric.measure(table[point], table[other], table.stride), of: point)
                    }
                }
                return lists
            }
            var found = parts[0]
            for part in parts.dropFirst() { found.merge(part) }
            return found
        }
    }

    /// Moves the ends of edges towards each other, the stronger the more often, and away from points drawn at random.
    private func optimise(
        _ layout: inout [Float], count: Int, graph: NeighbourGraph, using random: inout MersenneTwister
    ) async throws {
        let epochs = count <= 10_000 ? 500 : 200
        let strongest = graph.weights.max() ?? 1
        let edges = graph.weights.indices.filter { graph.weights[$0] >= strongest / Float(epochs) }
        // After how many epochs an edge is due again.
        let periods = edges.map { strongest / graph.weights[$0] }
        var due = periods
        var draw = SmallRandom(state: random.next())
        for epoch in 0..<epochs {
            await Task.yield()
            try Task.checkCancellation()
            let rate = 1 - Float(epoch) / Float(epochs)
            layout.withUnsafeMutableBufferPointer { layout in
                for (place, edge) in edges.enumerated() where due[place] <= Float(epoch + 1) {
                    due[place] += periods[place]
                    let head = Int(graph.heads[edge]) * dimensions
                    attract(layout, head, Int(graph.tails[edge]) * dimensions, rate)
                    for _ in 0..<Self.repulsions {
                        repel(layout, head, draw.below(count) * dimensions, rate)
                    }
                }
            }
        }
    }

    @inline(__always)
    private func attract(_ layout: UnsafeMutableBufferPointer<Float>, _ head: Int, _ tail: Int, _ rate: Float) {
        let squared = squaredDistance(layout, head, tail)
        guard squared > 0 else { return }
        let power = Mathematics.power(squared, Self.b)
        let pull = -2 * Self.a * Self.b * power / squared / (Self.a * power + 1)
        for place in 0..<dimensions {
            let step = clipped(pull * (layout[head + place] - layout[tail + place])) * rate
            layout[head + place] += step
            layout[tail + place] -= step
        }
    }

    @inline(__always)
    private func repel(_ layout: UnsafeMutableBufferPointer<Float>, _ head: Int, _ other: Int, _ rate: Float) {
        guard head != other else { return }
        let squared = squaredDistance(layout, head, other)
        guard squared > 0 else { return }
        let push = 2 * Self.b / ((0.001 + squared) * (Self.a * Mathematics.power(squared, Self.b) + 1))
        for place in 0..<dimensions {
            layout[head + place] += clipped(push * (layout[head + place] - layout[other + place])) * rate
        }
    }

    @inline(__always)
    private func squaredDistance(_ layout: UnsafeMutableBufferPointer<Float>, _ left: Int, _ right: Int) -> Float {
        var sum: Float = 0
        for place in 0..<dimensions {
            let difference = layout[left + place] - layout[right + place]
            sum += difference * difference
        }
        return sum
    }

    /// A step is no longer than four.
    @inline(__always)
    private func clipped(_ step: Float) -> Float { max(-4, min(4, step)) }
}

/// Numbers that need not be good, only fast: xorshift64*.
private struct SmallRandom {
    private var state: UInt64

    init(state: UInt64) { self.state = state | 1 }

    mutating func below(_ limit: Int) -> Int {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return Int((state &* 0x2545_F491_4F6C_DD1D).multipliedFullWidth(by: UInt64(limit)).high)
    }
}
