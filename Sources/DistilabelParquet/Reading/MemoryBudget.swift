/// What the buffers of all columns of one batch may take together, so that a few bytes that claim to be many cannot fill the memory.
///
/// One belongs to the cursors of one sequence of batches, which belong to one task at a time.
final class MemoryBudget {
    private let limit: Int
    private var taken = 0
    /// The bytes of values that a batch repeats from values before them.
    private var copied = 0

    init(_ limit: Int) { self.limit = limit }

    /// Notes that a buffer grows.
    func grow(by bytes: Int, _ claim: String) throws {
        guard bytes <= limit - taken else {
            throw ParquetError(
                .damaged, "\(claim), too much for so small a file; raise `pageByteLimit` if that is right")
        }
        taken += bytes
    }

    func release(_ bytes: Int) { taken -= bytes }

    /// Notes that bytes of an earlier value are repeated.
    func copy(_ bytes: Int, _ column: String) throws {
        copied += bytes
        guard copied <= limit else {
            throw ParquetError(
                .damaged,
                "column \(column): far more text than the file has bytes for; raise `pageByteLimit` if that is right")
        }
    }

    /// Forgets the copies of the batch before.
    func startBatch() { copied = 0 }
}
