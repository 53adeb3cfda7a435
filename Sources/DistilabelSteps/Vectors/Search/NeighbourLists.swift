/// Of each of many vectors its best neighbours so far, the nearest first.
struct NeighbourLists: Sendable {
    /// How many each has room for.
    let width: Int
    /// How near they are, list by list: what is smaller is nearer; infinity where there is none yet.
    private(set) var distances: [Float]
    /// Which they are, list by list; -1 where there is none yet.
    private(set) var neighbours: [Int32]

    /// Makes empty lists.
    init(count: Int, width: Int) {
        self.width = width
        distances = Array(repeating: .infinity, count: count * width)
        neighbours = Array(repeating: -1, count: count * width)
    }

    /// How near a new neighbour of a vector must be to find room.
    func limit(of vector: Int) -> Float { distances[(vector + 1) * width - 1] }

    /// Puts a neighbour in its place, if it is near enough; of equally near ones the lower number stands first.
    mutating func insert(_ neighbour: Int32, at distance: Float, of vector: Int) {
        let first = vector * width
        var place = first + width - 1
        guard isBefore(distance, neighbour, place) else { return }
        while place > first, isBefore(distance, neighbour, place - 1) {
            distances[place] = distances[place - 1]
            neighbours[place] = neighbours[place - 1]
            place -= 1
        }
        distances[place] = distance
        neighbours[place] = neighbour
    }

    private func isBefore(_ distance: Float, _ neighbour: Int32, _ place: Int) -> Bool {
        distance < distances[place]
            || (distance == distances[place] && (neighbours[place] < 0 || neighbour < neighbours[place]))
    }

    /// The neighbours of a vector, the nearest first.
    func list(of vector: Int) -> [(neighbour: Int, distance: Float)] {
        (vector * width..<(vector + 1) * width).lazy
            .filter { neighbours[$0] >= 0 }.map { (Int(neighbours[$0]), distances[$0]) }
    }

    /// Takes what other lists of the same vectors have.
    mutating func merge(_ other: NeighbourLists) {
        for vector in 0..<other.distances.count / other.width {
            for (neighbour, distance) in other.list(of: vector) {
                insert(Int32(truncatingIfNeeded: neighbour), at: distance, of: vector)
            }
        }
    }
}
