public import DistilabelValues

extension Row {
    /// The text in a column.
    ///
    /// - Throws: `RowFailure` when there is no such column or something else stands in it, null included.
    public func text(_ column: String) throws -> String {
        guard case .string(let text)? = self[column] else { throw unlike("text", in: column) }
        return text
    }

    /// The list in a column.
    ///
    /// - Throws: `RowFailure` when there is no such column or something else stands in it, null included.
    public func list(_ column: String) throws -> [Value] {
        guard case .array(let list)? = self[column] else { throw unlike("list", in: column) }
        return list
    }

    private func unlike(_ wanted: String, in column: String) -> RowFailure {
        guard let value = self[column] else { return RowFailure("the row has no column `\(column)`") }
        return RowFailure("`\(column)` is no \(wanted) but \(value.kindName)")
    }
}
