/// Finds the nearest neighbours of every vector among all others, exactly.
///
/// All pairs are looked at once, in tiles of some hundred vectors that stay in the processor's cache: a pair counts for both of its
/// vectors. The distance of a pair first comes from its inner product and the lengths, `|a|² + |b|² - 2ab`; of the few nearest it is
/// then computed from the differences, so that rounding neither misplaces nor misstates it.
struct ExactSearch: Sendable {
    private let table: VectorTable<Float>
    private let metric: VectorMetric
    /// What a vector adds to the distances from it.
    private let biases: [Float]

    /// How many vectors a tile has on each side.
    private static let side = 128
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

    /// The nearest `k` neighbours of every vector; fewer where there are no more.
    ///
    /// - Parameter workers: How many processors to use; nil for all.
    func neighbours(_ k: Int, workers: Int? = nil) async throws -> NeighbourLists {
        let width = min(k, max(1, table.count - 1))
        let blocks = (table.count + Self.side - 1) / Self.side
        let parts = try await PieceQueue.share(blocks * (blocks + 1) / 2, among: workers) { queue in
            var lists = NeighbourLists(count: table.count, width: width + Self.reserve)
            var tile = Tile(side: Self.side)
            while let piece = try queue.take() {
                let (row, column) = Self.pair(piece, blocks: blocks)
                look(at: range(of: row), range(of: column), with: &tile, into: &lists)
            }
            return lists
        }
        var candidates = parts[0]
        for part in parts.dropFirst() { candidates.merge(part) }
        return refined(candidates, width: width)
    }

    private func range(of block: Int) -> Range<Int> {
        block * Self.side..<min(table.count, (block + 1) * Self.side)
    }

    /// The two blocks of a piece: all pairs of which the first is not behind the second.
    private static func pair(_ piece: Int, blocks: Int) -> (Int, Int) {
        var row = 0
        var rest = piece
        while rest >= blocks - row {
            rest -= blocks - row
            row += 1
        }
        return (row, row + rest)
    }

    /// Looks at the pairs of two blocks.
    private func look(
        at rows: Range<Int>, _ columns: Range<Int>, with tile: inout Tile, into lists: inout NeighbourLists
    ) {
        tile.fill(table, rows, columns)
        let scale: Float = metric == .squaredL2 ? -2 : -1
        var limits = columns.map { lists.limit(of: $0) }
        let isDiagonal = rows == columns
        for row in rows {
            var limit = lists.limit(of: row)
            let bias = biases[row]
            let first = isDiagonal ? row - rows.lowerBound + 1 : 0
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

/// The inner products of the vectors of two blocks.
struct Tile {
    private let side: Int
    private var products: [Float]

    /// Makes room for blocks of at most so many vectors.
    init(side: Int) {
        self.side = side
        products = Array(repeating: 0, count: side * side)
    }

    /// The product of two vectors, by their places in their blocks.
    @inline(__always)
    subscript(row: Int, column: Int) -> Float { products[row * side + column] }

    /// Computes the products, of four vectors with two at a time: so eight sums run side by side, and each number is loaded once for
    /// several of them.
    mutating func fill(_ table: VectorTable<Float>, _ rows: Range<Int>, _ columns: Range<Int>) {
        let length = table.stride
        products.withUnsafeMutableBufferPointer { products in
            var column = columns.lowerBound
            while column + 2 <= columns.upperBound {
                var row = rows.lowerBound
                while row + 4 <= rows.upperBound {
                    Self.fill(
                        products, row - rows.lowerBound, column - columns.lowerBound, side, table[row], table[column],
                        length)
                    row += 4
                }
                while row < rows.upperBound {
                    for next in column..<column + 2 {
                        products[(row - rows.lowerBound) * side + next - columns.lowerBound] = VectorMath.dot(
                            table[row], table[next], length)
                    }
                    row += 1
                }
                column += 2
            }
            while column < columns.upperBound {
                for row in rows {
                    products[(row - rows.lowerBound) * side + column - columns.lowerBound] = VectorMath.dot(
                        table[row], table[column], length)
                }
                column += 1
            }
        }
    }

    @inline(__always)
    private static func fill(
        _ products: UnsafeMutableBufferPointer<Float>, _ row: Int, _ column: Int, _ side: Int,
        _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, _ length: Int
    ) {
        var s00 = SIMD4<Float>(repeating: 0)
        var s01 = s00
        var s10 = s00
        var s11 = s00
        var s20 = s00
        var s21 = s00
        var s30 = s00
        var s31 = s00
        let l0 = UnsafeRawPointer(left)
        let l1 = UnsafeRawPointer(left + length)
        let l2 = UnsafeRawPointer(left + 2 * length)
        let l3 = UnsafeRawPointer(left + 3 * length)
        let r0 = UnsafeRawPointer(right)
        let r1 = UnsafeRawPointer(right + length)
        var place = 0
        let end = length * MemoryLayout<Float>.stride
        while place < end {
            let a = r0.loadUnaligned(fromByteOffset: place, as: SIMD4<Float>.self)
            let b = r1.loadUnaligned(fromByteOffset: place, as: SIMD4<Float>.self)
            let v0 = l0.loadUnaligned(fromByteOffset: place, as: SIMD4<Float>.self)
            s00 += v0 * a
            s01 += v0 * b
            let v1 = l1.loadUnaligned(fromByteOffset: place, as: SIMD4<Float>.self)
            s10 += v1 * a
            s11 += v1 * b
            let v2 = l2.loadUnaligned(fromByteOffset: place, as: SIMD4<Float>.self)
            s20 += v2 * a
            s21 += v2 * b
            let v3 = l3.loadUnaligned(fromByteOffset: place, as: SIMD4<Float>.self)
            s30 += v3 * a
            s31 += v3 * b
            place += MemoryLayout<SIMD4<Float>>.stride
        }
        let target = row * side + column
        products[target] = s00.sum()
        products[target + 1] = s01.sum()
        products[target + side] = s10.sum()
        products[target + side + 1] = s11.sum()
        products[target + 2 * side] = s20.sum()
        products[target + 2 * side + 1] = s21.sum()
        products[target + 3 * side] = s30.sum()
        products[target + 3 * side + 1] = s31.sum()
    }
}
