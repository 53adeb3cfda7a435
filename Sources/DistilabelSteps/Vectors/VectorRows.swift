internal import DistilabelPipeline
internal import DistilabelValues

/// The rows of a step whose vectors can be worked with, and why those of the others cannot.
struct VectorRows<Scalar: BinaryFloatingPoint & SIMDScalar & Sendable>: Sendable {
    /// The vectors that can.
    let table: VectorTable<Scalar>
    /// Of each of them, the position of its row.
    let positions: [Int]
    /// Of each other row, what is wrong with it.
    let failures: [Int: RowFailure]

    /// Reads a column of lists of finite numbers, all of one length: that of the first.
    init(_ rows: [Row], column: String) {
        var positions: [Int] = []
        var failures: [Int: RowFailure] = [:]
        var dimension = 0
        for (position, row) in rows.enumerated() {
            do {
                let list = try row.list(column)
                if positions.isEmpty { dimension = list.count }
                try Self.check(list, of: column, dimension: dimension)
                positions.append(position)
            } catch {
                failures[position] = error as? RowFailure ?? RowFailure(String(describing: error))
            }
        }
        table = VectorTable(count: positions.count, dimension: positions.isEmpty ? 0 : dimension)
        for (vector, position) in positions.enumerated() {
            let numbers = table.mutable(vector)
            for (place, item) in (rows[position][column]?.arrayValue ?? []).enumerated() {
                numbers[place] = Scalar(item.doubleValue ?? 0)
            }
        }
        self.positions = positions
        self.failures = failures
    }

    private static func check(_ list: [Value], of column: String, dimension: Int) throws {
        guard !list.isEmpty else { throw RowFailure("`\(column)` is an empty list") }
        guard list.count == dimension else {
            throw RowFailure("`\(column)` has \(list.count) numbers, where the first row has \(dimension)")
        }
        for (place, item) in list.enumerated() {
            guard let number = item.doubleValue, number.isFinite else {
                let found = item.doubleValue.map { "\($0)" } ?? item.kindName
                throw RowFailure("`\(column)[\(place)]` is no finite number but \(found)")
            }
        }
    }

    /// The rows with new columns: those of a vector where there is one, else nulls and the reason.
    ///
    /// - Parameters:
    ///   - rows: The rows that were read.
    ///   - outputs: The columns that the step makes.
    ///   - step: The step's name.
    ///   - columns: The new columns of the row of a vector.
    func completing(
        _ rows: [Row], outputs: [String], step: String, with columns: (_ vector: Int) -> [(name: String, value: Value)]
    ) -> [Row] {
        var made = rows
        for (vector, position) in positions.enumerated() { made[position].set(columns(vector)) }
        for (position, failure) in failures { made[position].noteFailure(failure, of: step, outputs: outputs) }
        return made
    }
}
