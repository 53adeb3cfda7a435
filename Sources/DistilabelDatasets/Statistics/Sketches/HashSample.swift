/// Counts different and repeated things by their hashes, in bounded memory.
///
/// Up to ``capacity`` different hashes everything is exact. Beyond, only hashes that end in a zero bit are kept, then
/// in two, and so on, and counts are scaled up: adaptive sampling (Flajolet, "On adaptive sampling", 1990). The count of
/// different things then has a standard error of 1.2/√n for the n hashes that are kept, 0.12 to 0.17 % of a million; where nothing repeats, the count of
/// repetitions is exactly zero.
struct HashSample {
    /// A thing that was seen.
    struct Entry {
        /// The number of its first row, from 0; what does not fit 32 bits is the largest that does.
        var first: UInt32
        /// How often it came.
        var count: UInt32
    }

    /// How many hashes are kept at most: 24 bytes each, 50 MB for a million.
    let capacity: Int
    private var entries: [UInt64: Entry] = [:]
    private var mask: UInt64 = 0
    private var total = 0

    init(capacity: Int = 1 << 20) { self.capacity = max(16, capacity) }

    /// Counts a hash.
    ///
    /// - Returns: The row in which it came first, where that is an earlier one and known.
    @discardableResult
    mutating func add(_ hash: UInt64, row: Int) -> Int? {
        total += 1
        guard hash & mask == 0 else { return nil }
        if let first = entries[hash]?.first {
            entries[hash]?.count &+= 1
            return Int(first)
        }
        entries[hash] = Entry(first: UInt32(clamping: row), count: 1)
        while entries.count > capacity {
            mask = mask << 1 | 1
            let mask = mask
            entries = entries.filter { $0.key & mask == 0 }
        }
        return nil
    }

    /// Whether counts are exact.
    var isExact: Bool { mask == 0 }

    /// How many different things came, exact or scaled up.
    var distinctCount: Int { isExact ? entries.count : min(total, entries.count * scale) }

    private var scale: Int { Int(mask) + 1 }

    /// What is known of repetitions.
    func duplicates() -> DuplicateCount {
        var repeated = 0
        var largest: (count: Int, first: Int)?
        for entry in entries.values where entry.count > 1 {
            repeated += Int(entry.count) - 1
            let group = (count: Int(entry.count), first: Int(entry.first))
            if largest.map({ group.count > $0.count || (group.count == $0.count && group.first < $0.first) }) ?? true {
                largest = group
            }
        }
        return DuplicateCount(
            total: total, distinct: distinctCount, repeated: min(total, repeated * scale),
            largestGroup: largest?.count ?? min(1, total), largestGroupRow: largest.map { $0.first + 1 },
            isExact: isExact)
    }
}

/// How often things repeat.
public struct DuplicateCount: Sendable, Hashable {
    /// How many there are in all, nulls left out.
    public var total: Int
    /// How many different ones.
    public var distinct: Int
    /// How many are equal to an earlier one.
    public var repeated: Int
    /// How often the most frequent one comes; of those that are known where counts are scaled up.
    public var largestGroup: Int
    /// The number of the row in which that one comes first, from 1; nil where nothing repeats.
    public var largestGroupRow: Int?
    /// Whether the counts are exact rather than scaled up from a sample of hashes.
    public var isExact: Bool
}
