/// What rows are wanted, so that row groups which cannot have any are never read.
///
/// It is held against the statistics that the footer keeps of each row group. It skips whole row groups and no single row:
/// a row group that is read may hold rows that are not wanted.
///
/// ```swift
/// let groups = reader.rowGroups(where: .compare("year", .greaterOrEqual, .int(2020)) && .isPresent("text"))
/// ```
public indirect enum ParquetFilter: Hashable, Sendable {
    /// A value of the column, which is not null, stands so to another.
    case compare(String, Comparison, ParquetValue)
    /// The column is null.
    case isNull(String)
    /// The column is not null.
    case isPresent(String)
    /// Both hold.
    case all([ParquetFilter])
    /// One of them holds.
    case any([ParquetFilter])

    /// How a value stands to another.
    public enum Comparison: Hashable, Sendable {
        /// It is the same.
        case equal
        /// It is another.
        case notEqual
        /// It comes before.
        case less
        /// It comes before, or is the same.
        case lessOrEqual
        /// It comes after.
        case greater
        /// It comes after, or is the same.
        case greaterOrEqual
    }

    /// The filter that wants rows which both want.
    public static func && (left: ParquetFilter, right: ParquetFilter) -> ParquetFilter { .all([left, right]) }
    /// The filter that wants rows which one of both wants.
    public static func || (left: ParquetFilter, right: ParquetFilter) -> ParquetFilter { .any([left, right]) }
}

extension ParquetFileReader {
    /// The row groups that may hold rows which a filter wants, by the statistics in the footer; give them to
    /// ``batches(of:columns:rowGroups:rows:entryLimit:pageByteLimit:)``.
    ///
    /// A column is named as in the schema, a field of a struct with a dot between (`user.age`). A row group without
    /// statistics of a column, and one whose column is no plain value outside of lists, may hold anything.
    ///
    /// - Throws: ``ParquetError`` where the file has no such column, or a value is of another kind than its column.
    public func rowGroups(where filter: ParquetFilter) throws -> [Int] {
        try rowGroups.indices.filter { try mayHold(filter, rowGroups[$0]) }
    }

    private func mayHold(_ filter: ParquetFilter, _ group: RowGroupMetadata) throws -> Bool {
        switch filter {
        case .all(let parts): return try parts.allSatisfy { try mayHold($0, group) }
        case .any(let parts): return try parts.contains { try mayHold($0, group) }
        case .isNull(let name):
            let (plan, column) = try leaf(name, group)
            return plan.maximumRepetition > 0 || column.statistics?.nullCount != 0
        case .isPresent(let name):
            let (plan, column) = try leaf(name, group)
            guard plan.maximumRepetition == 0, let nulls = column.statistics?.nullCount else { return true }
            return nulls < column.valueCount
        case .compare(let name, let comparison, let value):
            let (plan, column) = try leaf(name, group)
            guard plan.maximumRepetition == 0 else { return true }
            if let nulls = column.statistics?.nullCount, nulls >= column.valueCount { return false }
            let wanted = try plan.ordered(value)
            guard let statistics = column.statistics, let wanted, let extremes = plan.extremes(statistics) else {
                return true
            }
            return extremes.mayHold(comparison, wanted)
        }
    }

    private func leaf(_ name: String, _ group: RowGroupMetadata) throws -> (LeafPlan, ColumnMetadata) {
        guard let place = leaves.firstIndex(where: { $0.name == name }) else {
            let known = leaves.map(\.name).joined(separator: ", ")
            throw ParquetError(.schema, "\(source.name) has no column \(name) to filter by; it has \(known)")
        }
        return (leaves[place], group.columns[place])
    }
}
