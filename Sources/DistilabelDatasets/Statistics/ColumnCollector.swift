internal import DistilabelValues

/// Gathers what is in a column, a chunk at a time.
struct ColumnCollector {
    /// Up to how many different values a column is taken for one of categories.
    private static let valueLimit = 12

    private var statistics: ColumnStatistics
    private let nameHash: UInt64
    private let isMetadata: Bool
    private var valueCount = 0
    private var distinct = HashSample(capacity: 4096)
    private var frequent = FrequentValues()
    private var characters = QuantileSketch()
    private var words = QuantileSketch()
    private var lengths = QuantileSketch()
    private var numbers = QuantileSketch()
    private var patterns = NamedCounts()

    init(name: String) {
        statistics = ColumnStatistics(name: name, type: .null)
        nameHash = ContentHash.of(name)
        isMetadata = name == MetadataCollector.column
    }

    /// Takes the values of some rows, and adds each one's hash to that of its row.
    ///
    /// - Parameters:
    ///   - firstRow: The number of the first of them, from 0.
    ///   - rowHashes: One sum a row; nulls and the metadata add nothing.
    mutating func add(_ values: [Value], firstRow: Int, rowHashes: inout [UInt64]) {
        for (position, value) in values.enumerated() {
            statistics.type = statistics.type.widened(by: value)
            if value.isNull { continue }
            valueCount += 1
            // What is known beside the data does not make rows different, and has statistics of its own.
            if isMetadata { continue }
            let hash = ContentHash.of(value)
            rowHashes[position] &+= ContentHash.of(hash, under: nameHash)
            distinct.add(hash, row: firstRow + position)
            frequent.add(hash, label: value.label)
            measure(value)
        }
    }

    private mutating func measure(_ value: Value) {
        switch value {
        case .null, .object: return
        case .bool(let flag): statistics.trueCount = (statistics.trueCount ?? 0) + (flag ? 1 : 0)
        case .int(let number): numbers.add(number)
        case .double(let number): numbers.add(number)
        case .string(let text): measure(text)
        case .array(let items):
            lengths.add(items.count)
            if let turns = Turn.turns(of: value), !turns.isEmpty {
                patterns.add(Turn.pattern(of: turns))
                var whole = TextMeasure("")
                for turn in turns {
                    let length = TextMeasure(turn.content)
                    if length.words == 0 { statistics.blankCount += 1 }
                    whole = whole + length
                }
                characters.add(whole.characters)
                words.add(whole.words)
                return
            }
            for item in items {
                switch item {
                case .int(let number): numbers.add(number)
                case .double(let number): numbers.add(number)
                case .string(let text): measure(text)
                default: continue
                }
            }
        }
    }

    private mutating func measure(_ text: String) {
        let length = TextMeasure(text)
        if length.words == 0 { statistics.blankCount += 1 }
        characters.add(length.characters)
        words.add(length.words)
    }

    /// What is known in the end, of so many rows.
    func finished(rowCount: Int) -> ColumnStatistics {
        var result = statistics
        result.nullCount = rowCount - valueCount
        if !isMetadata { result.distinctCount = distinct.distinctCount }
        result.isDistinctExact = distinct.isExact
        result.characters = characters.finished()
        result.words = words.finished()
        result.lengths = lengths.finished()
        result.numbers = numbers.finished()
        result.rolePatterns = patterns.ranking
        let isCategory = result.type == .string || result.type == .bool
        if isCategory, frequent.lost == 0, frequent.ranking.count <= Self.valueLimit {
            result.values = frequent.ranking.map { NamedCount(name: $0.label, count: $0.count) }
        }
        if let best = frequent.ranking.first, best.count > result.nullCount {
            if best.count > 1 || valueCount == 1 { result.mostFrequent = .init(label: best.label, count: best.count) }
        } else if result.nullCount > 0 {
            result.mostFrequent = .init(label: "null", count: result.nullCount)
        }
        return result
    }
}
