public import DistilabelValues

/// The columns of a dataset, in order, with their types.
public struct DatasetSchema: Hashable, Sendable, CustomStringConvertible {
    /// The type of each column under its name, in order.
    public var columns: OrderedDictionary<String, ColumnType>
    /// Of columns that come from a file that says more about them, such as the names of classes, what it says; it holds
    /// as long as the column has the type that goes with it.
    var features: [String: DatasetFeature] = [:]

    /// Makes a schema of columns.
    public init(_ columns: OrderedDictionary<String, ColumnType> = [:]) { self.columns = columns }

    /// Makes a schema of columns of which nothing but the names is known yet.
    public init(names: some Sequence<String>) {
        columns = OrderedDictionary(names.map { ($0, .null) }, uniquingKeysWith: { first, _ in first })
    }

    /// The narrowest schema that accepts some rows.
    public init(of rows: RowChunk) {
        self.init()
        widen(by: rows)
    }

    /// The names of the columns, in order.
    public var names: [String] { Array(columns.keys) }

    /// Widens the schema so that it accepts some rows.
    public mutating func widen(by rows: RowChunk) {
        for (name, values) in zip(rows.columns.names, rows.values) {
            columns[name] = values.reduce(columns[name] ?? .null) { $0.widened(by: $1) }
        }
    }

    /// Widens the schema so that it accepts what another one accepts.
    mutating func formUnion(_ other: DatasetSchema) {
        for (name, type) in other.columns {
            let before = columns[name]
            columns[name] = before?.union(type) ?? type
            if before == nil {
                features[name] = other.features[name]
            } else if features[name] != other.features[name] {
                features[name] = nil
            }
        }
    }

    /// The first of some rows that the schema does not accept, or nil when it accepts all.
    func firstMisfit(in rows: RowChunk) -> Int? {
        var first: Int?
        for (name, values) in zip(rows.columns.names, rows.values) {
            guard let type = columns[name] else { return rows.count > 0 ? 0 : nil }
            let end = first ?? values.count
            if let misfit = values[..<end].firstIndex(where: { !type.accepts($0) }) { first = misfit }
        }
        return first
    }

    /// The schema by its columns: `a: int, b: list<string>`.
    public var description: String { columns.map { "\($0.key): \($0.value)" }.joined(separator: ", ") }
}

extension RowChunk {
    /// The rows at some neighbouring positions.
    func slice(_ range: Range<Int>) -> RowChunk {
        if range == 0..<count { return self }
        return RowChunk(columns: columns, values: values.map { Array($0[range]) }, count: range.count)
    }

    /// About how many bytes the values take, without the names.
    var roughByteCount: Int { values.reduce(0) { $0 + $1.reduce(0) { $0 + $1.roughByteCount } } }
}

extension Value {
    /// About how many bytes the value takes in a file that is not compressed.
    var roughByteCount: Int {
        switch self {
        case .null, .bool: 1
        case .int, .double: 8
        case .string(let text): 4 + text.utf8.count
        case .array(let values): values.reduce(4) { $0 + $1.roughByteCount }
        case .object(let object): object.values.reduce(1) { $0 + $1.roughByteCount }
        }
    }
}
