/// What is in a column.
public struct ColumnStatistics: Sendable, Hashable {
    /// A value that comes often.
    public struct Frequent: Sendable, Hashable {
        /// The value in few words; `null` for nulls.
        public var label: String
        /// How often it comes at least.
        public var count: Int
    }

    /// The name.
    public var name: String
    /// The type that accepts all its values.
    public var type: ColumnType
    /// How many rows have null there, or lack the column.
    public var nullCount = 0
    /// How many different values there are, nulls left out; nil for `distilabel_metadata`, which has statistics of its own.
    public var distinctCount: Int?
    /// Whether that is exact; beyond 4,096 values it is an estimate with a standard error of 2 to 3 %.
    public var isDistinctExact = true
    /// The most frequent value, nulls among them, where it is surely more frequent than a 65th of the rows.
    public var mostFrequent: Frequent?
    /// The values of a column of texts or truth values that has a few only, a dozen at most, and how often each comes; the most
    /// frequent first.
    public var values: [NamedCount] = []
    /// How many texts hold nothing but white space; of lists, texts in them; of conversations, turns.
    public var blankCount = 0
    /// The lengths of texts in Unicode code points; of lists those of the texts in them, of conversations those of all turns
    /// together.
    public var characters: Distribution?
    /// The lengths of the same texts in words, which white space parts.
    public var words: Distribution?
    /// The lengths of lists; of conversations the number of turns.
    public var lengths: Distribution?
    /// The numbers; of lists those in them.
    public var numbers: Distribution?
    /// How many are true, where there are truth values.
    public var trueCount: Int?
    /// Which roles take turns in conversations, and how often: `system user assistant`.
    public var rolePatterns: [NamedCount] = []
}

extension ColumnStatistics {
    /// From which share of the rows on one value makes a column nearly constant.
    public static let nearConstantShare = 0.95

    /// How many different values there are, as people read it.
    var distinctText: String {
        distinctCount.map { (isDistinctExact ? "" : "~") + NumberText.whole($0) } ?? "–"
    }

    /// The value that all rows have, or nearly all: at least ``nearConstantShare`` of at least 20.
    func nearConstant(of rowCount: Int) -> Frequent? {
        guard let value = mostFrequent, rowCount >= 20,
            Double(value.count) >= Self.nearConstantShare * Double(rowCount)
        else { return nil }
        return value
    }
}
