/// How near two vectors are to each other, under faiss' numbers.
///
/// Numbers: https://github.com/facebookresearch/faiss/wiki/MetricType-and-distances
enum VectorMetric: Int, Sendable, CaseIterable {
    /// The inner product: what is greater is nearer.
    case innerProduct = 0
    /// The square of the Euclidean distance.
    case squaredL2 = 1

    /// The distance of which the smallest is the nearest: the square of the Euclidean distance, or the inner product with its sign changed.
    @inline(__always)
    func distance(_ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, _ length: Int) -> Float {
        switch self {
        case .innerProduct: -VectorMath.dot(left, right, length)
        case .squaredL2: VectorMath.squaredDistance(left, right, length)
        }
    }

    /// What faiss reports as the score of a distance.
    func score(ofDistance distance: Float) -> Float { self == .innerProduct ? -distance : distance }
}
