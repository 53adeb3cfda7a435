/// Finds the clusters of DBSCAN.
///
/// A point with enough neighbours is a middle; middles that are neighbours belong to one cluster, and a point near a middle to its
/// cluster, of several to the one with the lowest number. Neighbours are looked for anew in each of three passes instead of kept, so that
/// memory does not grow with their number.
struct DensityClustering: Sendable {
    private let search: PointSearch
    private let minimum: Int
    private let workers: Int?

    /// Makes a clustering.
    ///
    /// - Parameters:
    ///   - search: Finds the points near a point.
    ///   - minimum: How many neighbours, itself included, make a point a middle.
    ///   - workers: How many processors to use; nil for all.
    init(_ search: PointSearch, minimum: Int, workers: Int? = nil) {
        self.search = search
        self.minimum = minimum
        self.workers = workers
    }

    /// The number of each point's cluster, in the order of their first middles; -1 for a point in none.
    func labels() async throws -> [Int] {
        let minimum = minimum
        var isMiddle = Array(repeating: false, count: search.count)
        for found in try await search.collect(workers: workers, { _ in true }, { $1.count >= minimum }) {
            isMiddle[found.point] = found.made
        }
        let middles = isMiddle
        var sets = DisjointSets(count: search.count)
        let links = try await search.gather(
            workers: workers, into: DisjointSets(count: search.count), { middles[$0] },
            { sets, point, neighbours in
                for neighbour in neighbours where middles[Int(neighbour)] { sets.unite(point, Int(neighbour)) }
            })
        for part in links { for point in 0..<search.count { sets.unite(point, part.root(of: point)) } }
        var numbers: [Int: Int] = [:]
        var labels = Array(repeating: -1, count: search.count)
        for point in 0..<search.count where middles[point] {
            let root = sets.root(of: point)
            let number = numbers[root] ?? numbers.count
            numbers[root] = number
            labels[point] = number
        }
        let known = labels
        for found in try await search.collect(
            workers: workers, { !middles[$0] }, { $1.lazy.map { known[Int($0)] }.filter { $0 >= 0 }.min() ?? -1 })
        {
            labels[found.point] = found.made
        }
        return labels
    }
}

/// Sets of numbers without one in common, which can be united.
struct DisjointSets: Sendable {
    private var parents: [Int32]

    /// Makes a set of each number below `count`.
    init(count: Int) { parents = Array(0..<Int32(count)) }

    /// The lowest number of a number's set.
    func root(of number: Int) -> Int {
        var number = number
        while Int(parents[number]) != number { number = Int(parents[number]) }
        return number
    }

    /// Makes one set of the sets of two numbers.
    mutating func unite(_ left: Int, _ right: Int) {
        let (left, right) = (shortenedRoot(of: left), shortenedRoot(of: right))
        if left < right { parents[right] = Int32(left) } else { parents[left] = Int32(right) }
    }

    /// The root, with the way to it made shorter.
    private mutating func shortenedRoot(of number: Int) -> Int {
        var number = number
        while Int(parents[number]) != number {
            parents[number] = parents[Int(parents[number])]
            number = Int(parents[number])
        }
        return number
    }
}
