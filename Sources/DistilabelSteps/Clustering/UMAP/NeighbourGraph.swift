/// The edges between neighbours and how strong they are: UMAP's fuzzy set.
struct NeighbourGraph: Sendable {
    /// Where an edge begins.
    private(set) var heads: [Int32] = []
    /// Where it ends.
    private(set) var tails: [Int32] = []
    /// How strong it is, above 0 and up to 1.
    private(set) var weights: [Float] = []

    /// Joins every point with its neighbours.
    ///
    /// The nearest neighbour of a point has the strength 1; how fast others get weaker is chosen for each point so that the strengths sum up
    /// to the same. An edge that two points see differently gets the probabilistic union of both.
    ///
    /// - Parameters:
    ///   - lists: The neighbours of the points.
    ///   - distance: The distance of what the lists hold.
    init(_ lists: NeighbourLists, count: Int, distance: (Float) -> Float) {
        var strengths: [UInt64: Float] = [:]
        for point in 0..<count {
            let neighbours = lists.list(of: point).map { ($0.neighbour, Double(distance($0.distance))) }
            for ((neighbour, _), strength) in zip(neighbours, Self.strengths(of: neighbours.map(\.1))) {
                strengths[Self.key(point, neighbour)] = Float(strength)
            }
        }
        for (key, there) in strengths.sorted(by: { $0.key < $1.key }) {
            let (point, neighbour) = (Int32(truncatingIfNeeded: key >> 32), Int32(truncatingIfNeeded: key))
            let back = strengths[Self.key(Int(neighbour), Int(point))]
            let weight = there + (back ?? 0) - there * (back ?? 0)
            add(point, neighbour, weight)
            // The way back stands in the table itself where the neighbour sees the point, too.
            if back == nil { add(neighbour, point, weight) }
        }
    }

    private mutating func add(_ head: Int32, _ tail: Int32, _ weight: Float) {
        guard weight > 0 else { return }
        heads.append(head)
        tails.append(tail)
        weights.append(weight)
    }

    private static func key(_ point: Int, _ neighbour: Int) -> UInt64 { UInt64(point) << 32 | UInt64(neighbour) }

    /// How strong the edges to neighbours at some distances are, in ascending order of these.
    private static func strengths(of distances: [Double]) -> [Double] {
        let nearest = distances.first { $0 > 0 } ?? 0
        // The point itself counts as one of the neighbours, as in umap-learn.
        let wanted = Mathematics.binaryLogarithm(Double(distances.count + 1))
        var (low, high, scale) = (0.0, Double.infinity, 1.0)
        func sum() -> Double {
            distances.reduce(0) { $0 + ($1 > nearest ? Mathematics.exponential((nearest - $1) / scale) : 1) }
        }
        for _ in 0..<64 {
            let found = sum()
            if abs(found - wanted) < 1e-5 { break }
            if found > wanted {
                high = scale
                scale = (low + high) / 2
            } else {
                low = scale
                scale = high.isInfinite ? scale * 2 : (low + high) / 2
            }
        }
        let mean = distances.reduce(0, +) / Double(max(1, distances.count))
        scale = max(scale, 1e-3 * mean)
        return distances.map { distance in
            distance <= nearest || scale == 0 ? 1 : Mathematics.exponential((nearest - distance) / scale)
        }
    }
}
