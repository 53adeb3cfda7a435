/// Puts vectors into cells around centres, by Lloyd's method (k-means).
enum Clustering {
    private static let rounds = 10

    /// Learns centres.
    ///
    /// - Parameters:
    ///   - table: The vectors.
    ///   - count: How many centres; at most as many as there are vectors.
    ///   - training: From how many vectors, spread evenly over the table.
    static func centres(
        of table: VectorTable<Float>, count: Int, from training: Int
    ) async throws -> VectorTable<Float> {
        // A fixed start, so that equal rows give equal neighbours.
        var random = MersenneTwister(seed: 1234)
        let sample = Array((0..<table.count).shuffled(using: &random).prefix(training))
        let training = VectorTable<Float>(count: sample.count, dimension: table.dimension)
        for (place, vector) in sample.enumerated() { training.set(place, to: table.vector(vector)) }
        var centres = VectorTable<Float>(count: count, dimension: table.dimension)
        for place in 0..<min(count, training.count) { centres.set(place, to: training.vector(place)) }
        for _ in 0..<rounds {
            let nearest = try await nearest(of: training, among: centres)
            let moved = VectorTable<Float>(count: count, dimension: table.dimension)
            var sizes = Array(repeating: 0, count: count)
            for (vector, cell) in nearest.enumerated() {
                sizes[cell] += 1
                for place in 0..<table.dimension { moved.mutable(cell)[place] += training[vector][place] }
            }
            for cell in 0..<count {
                if sizes[cell] == 0 {
                    // An empty cell begins anew at one of the vectors.
                    moved.set(cell, to: training.vector(Int.random(in: 0..<training.count, using: &random)))
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
    static func nearest(of table: VectorTable<Float>, among centres: VectorTable<Float>) async throws -> [Int] {
        let block = 256
        let parts = try await PieceQueue.share((table.count + block - 1) / block) { queue in
            var found: [(Int, Int)] = []
            while let piece = try queue.take() {
                for vector in piece * block..<min(table.count, (piece + 1) * block) {
                    var best = (cell: 0, distance: Float.infinity)
                    for cell in 0..<centres.count {
                        let distance = VectorMath.squaredDistance(table[vector], centres[cell], table.stride)
                        if distance < best.distance { best = (cell, distance) }
                    }
                    found.append((vector, best.cell))
                }
            }
            return found
        }
        var nearest = Array(repeating: 0, count: table.count)
        for (vector, cell) in parts.joined() { nearest[vector] = cell }
        return nearest
    }
}
