/// Some of the rows of a dataset, by a bit a row.
struct RowSelection: Hashable, Sendable {
    private var words: [UInt64]
    private(set) var count = 0

    /// Selects none of some rows.
    init(of total: Int) { words = Array(repeating: 0, count: (total + 63) / 64) }

    mutating func insert(_ row: Int) {
        let bit = UInt64(1) << UInt64(row % 64)
        if words[row / 64] & bit == 0 {
            words[row / 64] |= bit
            count += 1
        }
    }

    func contains(_ row: Int) -> Bool { row / 64 < words.count && words[row / 64] >> UInt64(row % 64) & 1 == 1 }
}
