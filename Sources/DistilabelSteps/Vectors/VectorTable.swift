/// Vectors of one length, one behind the other in one piece of memory.
///
/// Behind each stand zeros up to a multiple of eight numbers, so that loops over a vector need no rest; they change no inner product
/// and no distance.
///
/// Unchecked, because it owns its memory by a pointer, which lets the search run over it without copies or bounds checks: whoever makes the table writes it
/// before anybody else has it, and from then on it is only read.
final class VectorTable<Scalar: BinaryFloatingPoint & SIMDScalar & Sendable>: @unchecked Sendable {
    /// How many numbers a vector has.
    let dimension: Int
    /// How many numbers lie between the beginnings of two vectors.
    let stride: Int
    /// How many vectors there are.
    let count: Int
    private let numbers: UnsafeMutablePointer<Scalar>

    /// Makes a table of zeros.
    init(count: Int, dimension: Int) {
        self.count = count
        self.dimension = dimension
        stride = (dimension + 7) / 8 * 8
        numbers = .allocate(capacity: max(1, count * stride))
        numbers.initialize(repeating: 0, count: max(1, count * stride))
    }

    /// Makes a table of vectors, which must all have the same length.
    convenience init(_ vectors: [[Scalar]]) {
        self.init(count: vectors.count, dimension: vectors.first?.count ?? 0)
        for (index, vector) in vectors.enumerated() { set(index, to: vector) }
    }

    deinit { numbers.deallocate() }

    /// Where a vector begins.
    subscript(index: Int) -> UnsafePointer<Scalar> { UnsafePointer(numbers + index * stride) }

    /// Where a vector begins, for whoever makes the table.
    func mutable(_ index: Int) -> UnsafeMutablePointer<Scalar> { numbers + index * stride }

    /// Writes a vector; what is longer than the table's vectors is cut.
    func set(_ index: Int, to vector: some Sequence<Scalar>) {
        for (place, number) in vector.prefix(dimension).enumerated() { numbers[index * stride + place] = number }
    }

    /// A vector.
    func vector(_ index: Int) -> [Scalar] { Array(UnsafeBufferPointer(start: self[index], count: dimension)) }

    /// A table with each vector divided by its length; one of length 0 stays as it is.
    func normalized() -> VectorTable {
        let table = VectorTable(count: count, dimension: dimension)
        for index in 0..<count {
            let length = VectorMath.dot(self[index], self[index], stride).squareRoot()
            let scale = length > 0 ? 1 / length : 1
            for place in 0..<stride { table.mutable(index)[place] = self[index][place] * scale }
        }
        return table
    }
}
