/// How the distance of two points is measured, under scipy's names.
///
/// Names: https://docs.scipy.org/doc/scipy/reference/spatial.distance.html
enum PointMetric: Sendable, CaseIterable {
    case euclidean, squaredEuclidean, manhattan, chebyshev, cosine

    /// The metric of a name; nil where there is none.
    init?(_ name: String) {
        guard let found = Self.allCases.first(where: { $0.names.contains(name) }) else { return nil }
        self = found
    }

    private var names: [String] {
        switch self {
        case .euclidean: ["euclidean", "l2"]
        case .squaredEuclidean: ["sqeuclidean"]
        case .manhattan: ["manhattan", "l1", "cityblock"]
        case .chebyshev: ["chebyshev"]
        case .cosine: ["cosine"]
        }
    }

    /// All names.
    static let names = allCases.flatMap(\.names).joined(separator: ", ")

    /// What a check says of a name that is none.
    static func problem(_ name: String) -> String { "`metric` '\(name)' is not supported: take one of \(names)" }

    /// A number that grows with the distance and costs less than it.
    @inline(__always)
    func measure<Scalar: BinaryFloatingPoint & SIMDScalar>(
        _ left: UnsafePointer<Scalar>, _ right: UnsafePointer<Scalar>, _ length: Int
    ) -> Scalar {
        switch self {
        case .euclidean, .squaredEuclidean: VectorMath.squaredDistance(left, right, length)
        case .manhattan: VectorMath.sumOfDifferences(left, right, length)
        case .chebyshev: VectorMath.greatestDifference(left, right, length)
        case .cosine: 1 - VectorMath.dot(left, right, length)
        }
    }

    /// The measure of a distance.
    func measure<Scalar: BinaryFloatingPoint>(ofDistance distance: Scalar) -> Scalar {
        self == .euclidean ? distance * distance : distance
    }

    /// The distance of a measure.
    func distance<Scalar: BinaryFloatingPoint>(ofMeasure measure: Scalar) -> Scalar {
        self == .euclidean ? measure.squareRoot() : measure
    }

    /// The table that measures are taken of: for the cosine its vectors at length 1.
    func prepared<Scalar>(_ table: VectorTable<Scalar>) -> VectorTable<Scalar> {
        self == .cosine ? table.normalized() : table
    }
}
