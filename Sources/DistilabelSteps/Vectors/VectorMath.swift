/// Loops over vectors of a ``VectorTable``, whose lengths are multiples of eight.
///
/// Sums are kept in eight lanes, so that the compiler needs no permission to add in another order.
enum VectorMath {
    /// The inner product.
    @inline(__always)
    static func dot<Scalar: BinaryFloatingPoint & SIMDScalar>(
        _ left: UnsafePointer<Scalar>, _ right: UnsafePointer<Scalar>, _ length: Int
    ) -> Scalar {
        var sums = SIMD8<Scalar>(repeating: 0)
        for place in stride(from: 0, to: length, by: 8) { sums += load(left + place) * load(right + place) }
        return sums.sum()
    }

    /// The square of the Euclidean distance.
    @inline(__always)
    static func squaredDistance<Scalar: BinaryFloatingPoint & SIMDScalar>(
        _ left: UnsafePointer<Scalar>, _ right: UnsafePointer<Scalar>, _ length: Int
    ) -> Scalar {
        var sums = SIMD8<Scalar>(repeating: 0)
        for place in stride(from: 0, to: length, by: 8) {
            let difference = load(left + place) - load(right + place)
            sums += difference * difference
        }
        return sums.sum()
    }

    /// The sum of the differences: the Manhattan distance.
    @inline(__always)
    static func sumOfDifferences<Scalar: BinaryFloatingPoint & SIMDScalar>(
        _ left: UnsafePointer<Scalar>, _ right: UnsafePointer<Scalar>, _ length: Int
    ) -> Scalar {
        var sums = SIMD8<Scalar>(repeating: 0)
        for place in stride(from: 0, to: length, by: 8) {
            let difference = load(left + place) - load(right + place)
            sums += difference.replacing(with: -difference, where: difference .< 0)
        }
        return sums.sum()
    }

    /// The greatest difference: the Chebyshev distance.
    @inline(__always)
    static func greatestDifference<Scalar: BinaryFloatingPoint & SIMDScalar>(
        _ left: UnsafePointer<Scalar>, _ right: UnsafePointer<Scalar>, _ length: Int
    ) -> Scalar {
        var greatest: Scalar = 0
        for place in 0..<length { greatest = max(greatest, abs(left[place] - right[place])) }
        return greatest
    }

    /// Adds a vector to another.
    @inline(__always)
    static func add<Scalar: BinaryFloatingPoint & SIMDScalar>(
        _ vector: UnsafePointer<Scalar>, to sum: UnsafeMutablePointer<Scalar>, _ length: Int
    ) {
        for place in 0..<length { sum[place] += vector[place] }
    }

    @inline(__always)
    static func load<Scalar: SIMDScalar>(_ pointer: UnsafePointer<Scalar>) -> SIMD8<Scalar> {
        UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Scalar>.self)
    }
}
