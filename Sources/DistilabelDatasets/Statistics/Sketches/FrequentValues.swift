internal import DistilabelValues

/// Finds values that make up much of a column, in bounded memory.
///
/// Misra and Gries, "Finding repeated elements" (1982): a value that makes up more than 1/(limit+1) of all is surely kept,
/// and its count is too small by at most ``lost``, which is zero while there are no more than `limit` different values.
struct FrequentValues {
    /// A value and how often it came.
    struct Entry {
        var count: Int
        var label: String
    }

    private let limit: Int
    private var entries: [UInt64: Entry] = [:]
    /// By how much counts are too small at most.
    private(set) var lost = 0

    init(limit: Int = 64) { self.limit = limit }

    mutating func add(_ hash: UInt64, label: @autoclosure () -> String) {
        if entries[hash] != nil {
            entries[hash]?.count += 1
        } else if entries.count < limit {
            entries[hash] = Entry(count: 1, label: label())
        } else {
            lost += 1
            for (key, entry) in entries {
                if entry.count == 1 { entries[key] = nil } else { entries[key]?.count -= 1 }
            }
        }
    }

    /// The most frequent values, each with the count that is sure, the most frequent first.
    var ranking: [Entry] {
        entries.values.sorted { $0.count != $1.count ? $0.count > $1.count : $0.label < $1.label }
    }
}

extension Value {
    /// The value in few words: the beginning of a text, or of the compact JSON of anything else.
    var label: String {
        switch self {
        case .string(let text): Self.beginning(of: text)
        case .array(let values) where roughByteCount > 200: "(a list of \(values.count))"
        case .object(let object) where roughByteCount > 200: "(an object of \(object.count))"
        default: JSON.string(self)
        }
    }

    private static func beginning(of text: String) -> String {
        let scalars = text.unicodeScalars.prefix(80)
        return scalars.endIndex == text.unicodeScalars.endIndex ? text : String(String.UnicodeScalarView(scalars)) + "…"
    }
}

/// Counts under a few names, in order of arrival; what comes once there are too many names is counted together.
struct NamedCounts {
    private let limit: Int
    private(set) var counts: OrderedDictionary<String, Int> = [:]
    /// How many came under names that had no place any more.
    private(set) var others = 0

    init(limit: Int = 64) { self.limit = limit }

    mutating func add(_ name: String, count: Int = 1) {
        if counts[name] != nil || counts.count < limit { counts[name, default: 0] += count } else { others += count }
    }

    /// The names and their counts, the largest first.
    var ranking: [NamedCount] {
        var ranking = counts.map { NamedCount(name: $0.key, count: $0.value) }
        ranking.sort { $0.count != $1.count ? $0.count > $1.count : $0.name < $1.name }
        if others > 0 { ranking.append(NamedCount(name: "(others)", count: others)) }
        return ranking
    }
}

/// How often something of a name came.
public struct NamedCount: Sendable, Hashable {
    /// The name; `(others)` for all that came after there were 64 names.
    public var name: String
    /// How often.
    public var count: Int
}
