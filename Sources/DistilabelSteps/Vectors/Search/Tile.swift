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
    ///
    /// - Parameters:
    ///   - left: The table of the vectors of the rows.
    ///   - rows: Which of them.
    ///   - right: The table of the vectors of the columns, as long as those of the other.
    ///   - columns: Which of them.
    mutating func fill(
        _ left: VectorTable<Float>, _ rows: Range<Int>, _ right: VectorTable<Float>, _ columns: Range<Int>
    ) {
        let length = left.stride
        let side = side
        products.withUnsafeMutableBufferPointer { products in
            var column = columns.lowerBound
            while column + 2 <= columns.upperBound {
                var row = rows.lowerBound
                while row + 4 <= rows.upperBound {
                    Self.fill(
                        products, row - rows.lowerBound, column - columns.lowerBound, side, left[row], right[column],
                        length)
                    row += 4
                }
                while row < rows.upperBound {
                    for next in column..<column + 2 {
                        products[(row - rows.lowerBound) * side + next - columns.lowerBound] = VectorMath.dot(
                            left[row], right[next], length)
                    }
                    row += 1
                }
                column += 2
            }
            while column < columns.upperBound {
                for row in rows {
                    products[(row - rows.lowerBound) * side + column - columns.lowerBound] = VectorMath.dot(
                        left[row], right[column], length)
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
