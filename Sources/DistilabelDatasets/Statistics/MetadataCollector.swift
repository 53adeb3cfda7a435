internal import DistilabelValues

/// Gathers what `distilabel_metadata` says, a chunk at a time.
struct MetadataCollector {
    static let column = "distilabel_metadata"
    private static let failure = "failure_"
    private static let tokens = "statistics_"
    /// How many steps and reasons are told apart.
    private static let limit = 256

    private struct Kind: Hashable {
        var step: String
        var reason: String
    }

    private var statistics = MetadataStatistics()
    private var failures: OrderedDictionary<Kind, Int> = [:]
    private var failureCount = 0
    private var steps: OrderedDictionary<String, MetadataStatistics.Tokens> = [:]

    mutating func add(_ values: [Value]) {
        for value in values where !value.isNull {
            statistics.rowCount += 1
            let before = failureCount
            take(value)
            if failureCount > before { statistics.failedRowCount += 1 }
        }
    }

    private mutating func take(_ value: Value) {
        switch value {
        case .object(let object): for (key, entry) in object where !entry.isNull { take(entry, under: key) }
        case .array(let values): for value in values { take(value) }
        // Metadata of different forms are text in Parquet.
        case .string(let text):
            if let parsed = try? JSON.parse(text), parsed.stringValue == nil { take(parsed) }
        default: return
        }
    }

    private mutating func take(_ entry: Value, under key: String) {
        // What several branches say under one key is a list.
        if case .array(let entries) = entry {
            for entry in entries where !entry.isNull { take(entry, under: key) }
        } else if key.hasPrefix(Self.failure), let reason = entry.stringValue {
            failureCount += 1
            let kind = Kind(step: String(key.dropFirst(Self.failure.count)), reason: Value.string(reason).label)
            let known = failures[kind] != nil || failures.count < Self.limit
            failures[known ? kind : Kind(step: "(others)", reason: "(others)"), default: 0] += 1
        } else if key.hasPrefix(Self.tokens) {
            let step = String(key.dropFirst(Self.tokens.count))
            let input = entry["input_tokens"]?.doubleValue
            let output = entry["output_tokens"]?.doubleValue
            guard input != nil || output != nil else { return }
            let name = steps[step] != nil || steps.count < Self.limit ? step : "(others)"
            var tokens = steps[name] ?? .init(step: name)
            tokens.calls += 1
            tokens.input &+= input.flatMap { Int(exactly: $0.rounded()) } ?? 0
            tokens.output &+= output.flatMap { Int(exactly: $0.rounded()) } ?? 0
            steps[name] = tokens
        }
    }

    func finished() -> MetadataStatistics? {
        guard statistics.rowCount > 0 else { return nil }
        var result = statistics
        result.failures = failures.map { .init(step: $0.key.step, reason: $0.key.reason, count: $0.value) }
        result.failures.sort { $0.count != $1.count ? $0.count > $1.count : $0.reason < $1.reason }
        result.tokens = Array(steps.values)
        return result
    }
}
