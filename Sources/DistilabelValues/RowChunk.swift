/// Some rows that share their columns, column by column: what travels between the steps of a run.
///
/// Columns are arrays with value semantics, so handing one chunk to several steps copies nothing.
public struct RowChunk: Sendable, Hashable {
    /// The names of the columns.
    public private(set) var columns: Columns
    /// One array a column, each `count` long.
    public private(set) var values: [[Value]]
    /// How many rows there are.
    public private(set) var count: Int

    /// Makes an empty chunk of some columns.
    public init(columns: Columns = []) {
        self.columns = columns
        values = Array(repeating: [], count: columns.count)
        count = 0
    }

    /// Makes a chunk of columns.
    ///
    /// - Parameters:
    ///   - columns: The names.
    ///   - values: One array a name, all of the same length.
    ///   - count: That length.
    public init(columns: Columns, values: [[Value]], count: Int) {
        precondition(values.count == columns.count && values.allSatisfy { $0.count == count }, "one array a column")
        self.columns = columns
        self.values = values
        self.count = count
    }

    /// Makes a chunk of rows; a row that lacks a column that others have holds null there.
    public init(_ rows: some Collection<Row>) {
        self.init(columns: rows.first?.columns ?? [])
        for column in values.indices { values[column].reserveCapacity(rows.count) }
        for row in rows { append(row) }
    }

    /// The row at a position.
    public subscript(position: Int) -> Row {
        Row(columns: columns, values: values.map { $0[position] })
    }

    /// The rows, in order.
    public var rows: [Row] { (0..<count).map { self[$0] } }

    /// Adds a row; columns that are new here are null in the rows before, columns that it lacks are null in it.
    public mutating func append(_ row: Row) {
        if row.columns == columns {
            for column in values.indices { values[column].append(row.values[column]) }
        } else {
            widen(to: columns.adding(row.columns.names))
            for (column, name) in columns.names.enumerated() { values[column].append(row[name] ?? .null) }
        }
        count += 1
    }

    /// Adds the rows of another chunk, with nulls where one lacks a column of the other.
    public mutating func append(contentsOf other: RowChunk) {
        widen(to: columns.adding(other.columns.names))
        for (column, name) in columns.names.enumerated() {
            if let position = other.columns.position(of: name) {
                values[column].append(contentsOf: other.values[position])
            } else {
                values[column].append(contentsOf: repeatElement(.null, count: other.count))
            }
        }
        count += other.count
    }

    /// The values of a column, or nil when there is none of that name.
    public subscript(column name: String) -> [Value]? { columns.position(of: name).map { values[$0] } }

    /// The rows at some positions, in that order.
    public func selecting(_ positions: some Collection<Int>) -> RowChunk {
        RowChunk(
            columns: columns, values: values.map { column in positions.map { column[$0] } }, count: positions.count)
    }

    /// The chunk under other names; columns that are not named any more go.
    ///
    /// - Parameter names: Pairs of the name to have and the column to take it from, which must exist.
    public func taking(_ names: [(new: String, old: String)]) -> RowChunk {
        let kept = names.compactMap { pair in columns.position(of: pair.old).map { (pair.new, $0) } }
        return RowChunk(columns: Columns(kept.map(\.0)), values: kept.map { values[$0.1] }, count: count)
    }

    private mutating func widen(to wider: Columns) {
        guard wider.count > columns.count else { return }
        values.append(
            contentsOf: repeatElement(
                Array(repeating: Value.null, count: count), count: wider.count - columns.count))
        columns = wider
    }
}
