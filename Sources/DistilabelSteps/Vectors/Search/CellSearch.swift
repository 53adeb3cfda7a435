/// Finds near neighbours of every vector by looking only at cells of vectors that lie near each other: an inverted file.
///
/// Method: Jégou, Douze and Schmid, "Product Quantization for Nearest Neighbor Search" (2011), without the quantization. Since all
/// vectors are looked for at once, which cells a cell is compared with is decided for the cell, and a pair of cells is compared once for
/// both.
struct CellSearch: Sendable {
    private let metric: VectorMetric
    private let centres: VectorTable<Float>
    /// The vectors, cell by cell, and which they are.
    private let sorted: VectorTable<Float>
    private let order: [Int]
    /// Where the vectors of each cell stand.
    private let ranges: [Range<Int>]

    /// Learns the cells, and puts every vector into the nearest.
    ///
    /// - Parameters:
    ///   - table: The vectors.
    ///   - metric: How nearness is measured.
    ///   - cells: How many cells there are; no more than there are vectors.
    ///   - trainSize: From how many vectors they are learnt; nil for 64 a cell.
    ///   - workers: How many processors to use; nil for all.
    init(
        _ table: VectorTable<Float>, metric: VectorMetric, cells: Int, trainSize: Int? = nil, workers: Int? = nil
    ) async throws {
        self.metric = metric
        let count = max(1, min(cells, table.count))
        let training = min(table.count, max(count, trainSize ?? 64 * count))
        centres = try await Clustering.centres(of: table, count: count, from: training, workers: workers)
        let nearest = try await Clustering.nearest(of: table, among: centres, workers: workers)
        let order = (0..<table.count).sorted { (nearest[$0], $0) < (nearest[$1], $1) }
        let sorted = VectorTable<Float>(count: table.count, dimension: table.dimension)
        for (place, vector) in order.enumerated() {
            sorted.mutable(place).update(from: table[vector], count: table.stride)
        }
        var ranges: [Range<Int>] = []
        var start = 0
        for cell in 0..<count {
            var end = start
            while end < order.count, nearest[order[end]] == cell { end += 1 }
            ranges.append(start..<end)
            start = end
        }
        self.order = order
        self.sorted = sorted
        self.ranges = ranges
    }

    /// The nearest `k` neighbours of every vector that the probed cells hold; fewer where there are no more.
    ///
    /// - Parameters:
    ///   - k: How many neighbours a vector gets.
    ///   - probes: With how many cells, itself included, a cell is compared.
    ///   - workers: How many processors to use; nil for all.
    func neighbours(_ k: Int, probing probes: Int, workers: Int? = nil) async throws -> NeighbourLists {
        let found = try await PairSearch(sorted, metric: metric)
            .neighbours(k, among: pairs(probing: probes), workers: workers)
        var lists = NeighbourLists(count: order.count, width: found.width)
        for place in order.indices {
            for (neighbour, distance) in found.list(of: place) {
                lists.insert(Int32(truncatingIfNeeded: order[neighbour]), at: distance, of: order[place])
            }
        }
        return lists
    }

    /// The blocks of cells that are near each other, each pair of cells once.
    private func pairs(probing probes: Int) -> [PairSearch.Blocks] {
        var cells = Set<[Int]>()
        for cell in 0..<centres.count {
            let distances = (0..<centres.count).map { other in
                (metric.distance(centres[cell], centres[other], centres.stride), other)
            }
            cells.insert([cell, cell])
            for (_, other) in distances.sorted(by: { $0 < $1 }).prefix(probes) {
                cells.insert([min(cell, other), max(cell, other)])
            }
        }
        return cells.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { pair -> [PairSearch.Blocks] in
            let (left, right) = (PairSearch.blocks(of: ranges[pair[0]]), PairSearch.blocks(of: ranges[pair[1]]))
            return left.indices.flatMap { row in
                right[(pair[0] == pair[1] ? row : 0)...].map { PairSearch.Blocks(rows: left[row], columns: $0) }
            }
        }
    }
}
