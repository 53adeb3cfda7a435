/// The directions along which vectors spread most, found by orthogonal iteration.
enum PrincipalComponents {
    private static let rounds = 12

    /// The vectors' places along the first components, scaled so that the farthest stands at 10, with a little noise that keeps equal vectors
    /// apart.
    ///
    /// - Parameters:
    ///   - table: The vectors.
    ///   - dimensions: How many components; those that the vectors do not have are noise.
    ///   - random: Draws the start and the noise.
    /// - Returns: The places, point by point.
    static func layout(
        of table: VectorTable<Float>, dimensions: Int, using random: inout MersenneTwister
    ) -> [Float] {
        let count = min(dimensions, table.dimension)
        let centred = centred(table)
        let axes = VectorTable<Float>(count: count, dimension: table.dimension)
        for axis in 0..<count {
            for place in 0..<table.dimension {
                axes.mutable(axis)[place] = Float.random(in: -1...1, using: &random)
            }
        }
        makeOrthonormal(axes)
        for _ in 0..<rounds {
            let next = (0..<count).map { axis in image(of: axes[axis], under: centred) }
            for (axis, vector) in next.enumerated() { axes.set(axis, to: vector) }
            makeOrthonormal(axes)
        }
        var layout = [Float](repeating: 0, count: table.count * dimensions)
        for point in 0..<table.count {
            for axis in 0..<count {
                layout[point * dimensions + axis] = VectorMath.dot(centred[point], axes[axis], table.stride)
            }
        }
        let farthest = layout.reduce(0) { max($0, abs($1)) }
        let scale = farthest > 0 ? 10 / farthest : 0
        return layout.map { $0 * scale + Float.random(in: -0.01...0.01, using: &random) }
    }

    private static func centred(_ table: VectorTable<Float>) -> VectorTable<Float> {
        var mean = [Double](repeating: 0, count: table.dimension)
        for vector in 0..<table.count {
            for place in 0..<table.dimension { mean[place] += Double(table[vector][place]) }
        }
        let centred = VectorTable<Float>(count: table.count, dimension: table.dimension)
        for vector in 0..<table.count {
            for place in 0..<table.dimension {
                centred.mutable(vector)[place] = table[vector][place] - Float(mean[place] / Double(table.count))
            }
        }
        return centred
    }

    /// The axis multiplied with the vectors' covariance.
    private static func image(of axis: UnsafePointer<Float>, under table: VectorTable<Float>) -> [Float] {
        var image = [Float](repeating: 0, count: table.dimension)
        for vector in 0..<table.count {
            let product = VectorMath.dot(table[vector], axis, table.stride)
            for place in 0..<table.dimension { image[place] += product * table[vector][place] }
        }
        return image
    }

    /// Makes axes of length 1 that stand at right angles, by Gram and Schmidt.
    private static func makeOrthonormal(_ axes: VectorTable<Float>) {
        for axis in 0..<axes.count {
            let vector = axes.mutable(axis)
            for earlier in 0..<axis {
                let product = VectorMath.dot(axes[axis], axes[earlier], axes.stride)
                for place in 0..<axes.dimension { vector[place] -= product * axes[earlier][place] }
            }
            let length = VectorMath.dot(axes[axis], axes[axis], axes.stride).squareRoot()
            if length > 0 { for place in 0..<axes.dimension { vector[place] /= length } }
        }
    }
}
