/// Finds near neighbours of every vector among all others by looking only into the cells that are nearest to it: an inverted file.
///
/// Method: Jégou, Douze and Schmid, "Product Quantization for Nearest Neighbor Search" (2011), without the quantization.
struct CellSearch: Sendable {
    private let table: VectorTable<Float>
    private let metric: VectorMetric
    private let centres: VectorTable<Float>
    /// The vectors of each cell.
    private let members: [[Int32]]

    /// Learns the cells, and puts every vector into the nearest.
    ///
    /// - Parameters:
    ///   - table: The vectors.
    ///   - metric: How nearness is measured.
    ///   - cells: How many cells there are; no more than there are vectors.
    ///   - trainSize: From how many vectors they are learnt; nil for 64 a cell.
    init(_ table: VectorTable<Float>, metric: VectorMetric, cells: Int, trainSize: Int? = nil) async throws {
        self.table = table
        self.metric = metric
        let count = max(1, min(cells, table.count))
        let training = min(table.count, max(count, trainSize ?? 64 * count))
        centres = try await Clustering.centres(of: table, count: count, from: training)
        let nearest = try await Clustering.nearest(of: table, among: centres)
        var members = Array(repeating: [Int32](), count: count)
        for (vector, cell) in nearest.enumerated() { members[cell].append(Int32(truncatingIfNeeded: vector)) }
        self.members = members
    }

    /// The nearest `k` neighbours of every vector that the probed cells hold; fewer where there are no more.
    ///
    /// - Parameters:
    ///   - k: How many neighbours a vector gets.
    ///   - probes: How many cells are looked into for each vector.
    ///   - workers: How many processors to use; nil for all.
    func neighbours(_ k: Int, probing probes: Int, workers: Int? = nil) async throws -> NeighbourLists {
        let width = min(k, max(1, table.count - 1))
        let probes = min(probes, centres.count)
        // Cell by cell, since its members look into much the same cells, which then are in the cache.
        let parts = try await PieceQueue.share(members.count, among: workers) { queue in
            var lists = NeighbourLists(count: table.count, width: width)
            while let cell = try queue.take() {
                for vector in members[cell] {
                    look(for: Int(vector), probing: probes, into: &lists)
                }
            }
            return lists
        }
        var found = parts[0]
        for part in parts.dropFirst() { found.merge(part) }
        return found
    }

    private func look(for vector: Int, probing probes: Int, into lists: inout NeighbourLists) {
        var nearest = NeighbourLists(count: 1, width: probes)
        for centre in 0..<centres.count {
            let distance = VectorMath.squaredDistance(table[vector], centres[centre], table.stride)
            nearest.insert(Int32(truncatingIfNeeded: centre), at: distance, of: 0)
        }
        for (cell, _) in nearest.list(of: 0) {
            for other in members[cell] where other != vector {
                let distance = metric.distance(table[vector], table[Int(other)], table.stride)
                if distance <= lists.limit(of: vector) { lists.insert(other, at: distance, of: vector) }
            }
        }
    }
}
