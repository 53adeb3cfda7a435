/// Puts vectors into cells around centres, by Lloyd's method (k-means).
enum Clustering {
    private static let rounds = 10

    /// Learns centres.
    ///
    /// - Parameters:
    ///   - table: The vectors.
    ///   - count: How many centres; at most as many as there are vectors.
    ///   - training: From how many vectors, drawn from the table.
    ///   - workers: How many processors to use; nil for all.
    static func centres(
        of table: VectorTable<Float>, count: Int, from training: Int, workers: Int? = nil
    ) async throws -> VectorTable<Float> {
        // A fixed start, so that equal rows give equal neighbours.
        var random = MersenneTwister(seed: 1234)
        let sample = Array((0..<table.count).shuffled(using: &random).prefix(training))
        let training = VectorTable<Float>(count: sample.count, dimension: table.dimension)
        for (place, vector) in sample.enumerated() {
            training.mutable(place).update(from: table[vector], count: table.stride)
        }
        var centres = VectorTable<Float>(count: count, dimension: table.dimension)
        for place in 0..<min(count, training.count) {
            centres.mutable(place).update(from: training[place], count: table.stride)
        }
        for _ in 0..<rounds {
            let nearest = try await nearest(of: training, among: centres, workers: workers)
            let moved = VectorTable<Float>(count: count, dimension: table.dimension)
            var sizes = Array(repeating: 0, count: count)
            for (vector, cell) in nearest.enumerated() {
                sizes[cell] += 1
                VectorMath.add(training[vector], to: moved.mutable(cell), table.stride)
            }
            for cell in 0..<count {
                if sizes[cell] == 0 {
                    // An empty cell begins anew at one of the vectors.
                    let vector = Int.random(in: 0..<max(1, training.count), using: &random)
                    moved.mutable(cell).update(from: training[vector], count: table.stride)
                } else {
                    let scale = 1 / Float(sizes[cell])
                    for place in 0..<table.dimension { moved.mutable(cell)[place] *= scale }
                }
            }
            centres = moved
        }
        return centres
    }

    /// Of each vector the nearest centre.
    ///
    /// - Parameters:
    ///   - table: The vectors.
    ///   - centres: The centres.
    ///   - workers: How many processors to use; nil for all.
    static func nearest(
        of table: VectorTable<Float>, among centres: VectorTable<Float>, workers: Int? = nil
    ) async throws -> [Int] {
        let blocks = PairSearch.blocks(of: 0..<table.count)
        let columns = PairSearch.blocks(of: 0..<centres.count)
        let lengths = (0..<centres.count).map { VectorMath.dot(centres[$0], centres[$0], centres.stride) }
        let parts = try await PieceQueue.share(blocks.count, among: workers) { queue in
            var found: [(block: Int, cells: [Int])] = []
            var tile = Tile(side: PairSearch.side)
            while let piece = try await queue.take() {
                let rows = blocks[piece]
                var best = Array(repeating: (distance: Float.infinity, cell: 0), count: rows.count)
                for cells in columns {
                    tile.fill(table, rows, centres, cells)
                    for row in 0..<rows.count {
                        for cell in cells {
                            let distance = lengths[cell] - 2 * tile[row, cell - cells.lowerBound]
                            if distance < best[row].distance { best[row] = (distance, cell) }
                        }
                    }
                }
                found.append((piece, best.map(\.cell)))
            }
            return found
        }
        return parts.joined().sorted { $0.block < $1.block }.flatMap(\.cells)
    }
}
