/// Finds the nearest neighbours of vectors among those that they are paired with.
///
/// Pairs are looked at in tiles of some hundred vectors that stay in the processor's cache; a pair counts for both of its vectors. The
/// distance of a pair first comes from its inner product and the lengths, `|a|² + |b|² - 2ab`; of the few nearest it is then computed from the
/// differences, so that rounding neither misplaces nor misstates it.
struct PairSearch: Sendable {
    /// Two blocks of vectors, each of one with each of the other; of a block with itself each pair once.
    struct Blocks: Sendable, Hashable {
        var rows: Range<Int>
        var columns: Range<Int>
    }

    private let table: VectorTable<Float>
    private let metric: VectorMetric
    /// What a vector adds to the distances from it.
    private let biases: [Float]

    /// How many vectors a block has at most.
    static let side = 128
    /// How many more neighbours are looked at again than are wanted.
    private static let reserve = 4

    /// Makes a search.
    init(_ table: VectorTable<Float>, metric: VectorMetric) {
        self.table = table
        self.metric = metric
        biases = (0..<table.count).map {
            metric == .squaredL2 ? VectorMath.dot(table[$0], table[$0], table.stride) : 0
        }
    }

    /// The blocks of a range.
    static func blocks(of range: Range<Int>) -> [Range<Int>] {
        stride(from: range.lowerBound, to: range.upperBound, by: side).map { $0..<min(range.upperBound, $0 + side) }
    }

    /// The nearest `k` neighbours of every vector among all others; fewer where there are no more.
    ///
    /// - Parameter workers: How many processors to use; nil for all.
    func neighbours(_ k: Int, workers: Int? = nil) async throws -> NeighbourLists {
        let blocks = Self.blocks(of: 0..<table.count)
        let pairs = blocks.indices.flatMap { row in
            blocks[row...].map { Blocks(rows: blocks[row], columns: $0) }
        }
        return try await neighbours(k, among: pairs, workers: workers)
    }

    /// The nearest `k` neighbours of every vector among those that it is paired with; fewer where there are no more.
    ///
    /// - Parameters:
    ///   - k: How many neighbours a vector gets.
    ///   - pairs: Which pairs are looked at, none of them twice.
    ///   - workers: How many processors to use; nil for all.
    func neighbours(_ k: Int, among pairs: [Blocks], workers: Int? = nil) async throws -> NeighbourLists {
        let width = min(k, max(1, table.count - 1))
        let parts = try await PieceQueue.share(pairs.count, among: workers) { queue in
            var lists = NeighbourLists(count: table.count, width: width + Self.reserve)
            var tile = Tile(side: Self.side)
            while let piece = try await queue.take() { look(at: pairs[piece], with: &tile, into: &lists) }
            return lists
        }
        var candidates = parts[0]
        for part in parts.dropFirst() { candidates.merge(part) }
        return refined(candidates, width: width)
    }

    /// Looks at the pairs of two blocks.
    private func look(at pair: Blocks, with tile: inout Tile, into lists: inout NeighbourLists) {
        let (rows, columns) = (pair.rows, pair.columns)
        tile.fill(table, rows, table, columns)
        let scale: Float = metric == .squaredL2 ? -2 : -1
        var limits = columns.map { lists.limit(of: $0) }
        for row in rows {
            var limit = lists.limit(of: row)
            let bias = biases[row]
            let first = rows == columns ? row - rows.lowerBound + 1 : 0
            for place in first..<max(first, columns.count) {
                let column = columns.lowerBound + place
                let distance = bias + biases[column] + scale * tile[row - rows.lowerBound, place]
                if distance <= limit {
                    lists.insert(Int32(truncatingIfNeeded: column), at: distance, of: row)
                    limit = lists.limit(of: row)
                }
                if distance <= limits[place] {
                    lists.insert(Int32(truncatingIfNeeded: row), at: distance, of: column)
                    limits[place] = lists.limit(of: column)
                }
            }
        }
    }

    /// The lists with exact distances, cut to the width.
    private func refined(_ candidates: NeighbourLists, width: Int) -> NeighbourLists {
        var lists = NeighbourLists(count: table.count, width: width)
        for vector in 0..<table.count {
            for (neighbour, _) in candidates.list(of: vector) {
                let distance = metric.distance(table[vector], table[neighbour], table.stride)
                lists.insert(Int32(truncatingIfNeeded: neighbour), at: distance, of: vector)
            }
        }
        return lists
    }
}
