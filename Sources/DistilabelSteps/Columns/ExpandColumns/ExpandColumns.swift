public import DistilabelPipeline
public import DistilabelValues

/// Makes a row of each item of a column of lists.
public struct ExpandColumns: RowStep {
    /// The columns of lists, and under which names their items stand in the new rows.
    public var columns: ColumnNames
    /// Which of them are texts that hold lists as JSON.
    public var encoded = Encoded.all(false)
    /// Whether the counts of tokens are divided among the new rows.
    public var splitStatistics = false

    /// Makes the step.
    public init(_ columns: ColumnNames, encoded: Encoded = .all(false), splitStatistics: Bool = false) {
        self.columns = columns
        self.encoded = encoded
        self.splitStatistics = splitStatistics
    }

    /// The columns of lists.
    public var inputs: [InputColumn] { columns.pairs.map { InputColumn($0.name) } }
    /// The columns of items.
    public var outputs: [String] { columns.pairs.map(\.new) }

    /// Nothing to expand, or JSON in a column that is not expanded.
    public func problems() -> [String] {
        var problems: [String] = []
        if columns.pairs.isEmpty { problems.append("`columns` is empty: name the columns of lists") }
        if case .some(let names) = encoded {
            for name in names where !columns.pairs.contains(where: { $0.name == name }) {
                problems.append("`encoded` names '\(name)', which is not among `columns`")
            }
        }
        return problems
    }

    /// A row an item; of lists of different lengths the shorter ones give nulls.
    ///
    /// An empty list gives no row.
    public func process(_ row: Row, in context: StepContext) async throws -> [Row] {
        let lists = try columns.pairs.map { try list(in: row, column: $0.name) }
        let count = lists.map(\.count).max() ?? 0
        var base = row
        if splitStatistics, count > 0 { Self.split(&base, into: count) }
        // Once for all the new rows, which then share their columns.
        base.set(columns.pairs.map { ($0.new, .null) })
        return (0..<count).map { index in
            var new = base
            for (pair, list) in zip(columns.pairs, lists) { new[pair.new] = index < list.count ? list[index] : .null }
            return new
        }
    }

    private func list(in row: Row, column: String) throws -> [Value] {
        var value = row[column] ?? .null
        if isEncoded(column) {
            guard case .string(let text) = value else {
                throw RowFailure("column '\(column)' holds no JSON text but \(value.kindName)")
            }
            do {
                value = try JSON.parse(text)
            } catch {
                throw RowFailure("column '\(column)' holds no JSON: \(error)")
            }
        }
        guard case .array(let list) = value else {
            throw RowFailure("column '\(column)' holds no list but \(value.kindName)")
        }
        return list
    }

    private func isEncoded(_ column: String) -> Bool {
        switch encoded {
        case .all(let all): all
        case .some(let names): names.contains(column)
        }
    }

    /// Divides the tokens of each task by the number of rows, dropping what is left over, as Python does.
    private static func split(_ row: inout Row, into count: Int) {
        guard case .object(var metadata)? = row[Metadata.column] else { return }
        for (key, value) in metadata where key.hasPrefix("statistics_") {
            guard case .object(let statistics) = value else { continue }
            metadata[key] = .object(
                statistics.mapValues { tokens in
                    let all = tokens.arrayValue ?? [tokens]
                    return .array(all.map { $0.intValue.map { .int($0 / count) } ?? $0 })
                })
        }
        row[Metadata.column] = .object(metadata)
    }

    /// No columns yet; they must be given.
    public static var defaults: ExpandColumns { ExpandColumns([]) }
    /// The columns.
    public static var requiredKeys: [String] { ["columns"] }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.columns.expand" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Makes a row of each item of a column of lists.",
            discussion: "Of lists of different lengths the shorter ones give nulls. A row with an empty list goes.",
            parameters: [
                "columns":
                    "the columns of lists: a list of names, or an object of names and the names of the items' columns",
                "encoded": "which of them hold their lists as JSON texts: true, false or a list of names",
                "split_statistics": "whether the counts of tokens are divided among the new rows",
            ])
    }
}
