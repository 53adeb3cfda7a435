public import DistilabelValues

/// The column `distilabel_metadata`: what is known of a row beside its data, under Python's names.
public enum Metadata {
    /// The column's name.
    public static let column = "distilabel_metadata"
    /// The key of what a model answered to a step, word for word.
    public static func rawOutputKey(_ step: String) -> String { "raw_output_\(step)" }
    /// The key of what a step asked a model.
    public static func rawInputKey(_ step: String) -> String { "raw_input_\(step)" }
    /// The key of the count of tokens of a step: `{input_tokens, output_tokens}`.
    public static func statisticsKey(_ step: String) -> String { "statistics_\(step)" }
    /// The key of why a step failed on the row.
    ///
    /// Python has no such key.
    public static func failureKey(_ step: String) -> String { "failure_\(step)" }

    /// The metadata of several branches as one: a key of one branch stays as it is, one of several becomes a list.
    public static func merge(_ branches: [Value]) -> Value {
        var merged = Value.Object()
        var counts: [String: Int] = [:]
        for case .object(let object) in branches {
            for (key, value) in object {
                counts[key, default: 0] += 1
                switch (counts[key], merged[key]) {
                case (1, _), (_, nil): merged[key] = value
                case (2, .some(let first)): merged[key] = .array([first, value])
                case (_, .some(.array(let list))): merged[key] = .array(list + [value])
                default: merged[key] = value
                }
            }
        }
        return .object(merged)
    }
}

extension Row {
    /// Notes in the metadata why a step failed on this row, and puts nulls into columns that it should have made, or what the failure
    /// itself says.
    public mutating func noteFailure(_ error: any Error, of step: String, outputs: [String]) {
        if let columns = (error as? RowFailure)?.columns {
            for (name, value) in columns { self[name] = value }
        } else {
            for output in outputs { self[output] = .null }
        }
        addMetadata([Metadata.failureKey(step): .string(String(describing: error))])
    }

    /// Why a step failed on this row; nil where it did not.
    public func failure(of step: String) -> String? {
        let metadata = self[Metadata.column]
        return (metadata?.arrayValue?.last ?? metadata)?[Metadata.failureKey(step)]?.stringValue
    }

    /// Adds entries to the metadata, before those that are there under other keys.
    public mutating func addMetadata(_ entries: Value.Object) {
        guard case .object(let earlier)? = self[Metadata.column] else {
            if case .array(var list)? = self[Metadata.column], !list.isEmpty {
                list.append(.object(entries))
                self[Metadata.column] = .array(list)
            } else {
                self[Metadata.column] = .object(entries)
            }
            return
        }
        self[Metadata.column] = .object(earlier.merging(entries) { _, new in new })
    }
}
