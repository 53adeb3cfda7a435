/// Some rows of a file, column by column.
public struct ParquetBatch<Cell: ParquetCell>: Sendable {
    /// The names of the columns.
    public var names: [String]
    /// The cells of each column, in the order of ``names``, all of one length.
    public var columns: [[Cell]]
    /// How many rows these are.
    public var rowCount: Int

    @usableFromInline
    init(names: [String], columns: [[Cell]], rowCount: Int) {
        self.names = names
        self.columns = columns
        self.rowCount = rowCount
    }
}

extension ParquetBatch {
    /// The row at a place, as a struct of its columns.
    @inlinable
    public func row(_ index: Int) -> Cell { .parquetStructure(names: names, values: columns.map { $0[index] }) }

    /// The rows, each a struct of its columns.
    @inlinable
    public var rows: [Cell] { (0..<rowCount).map(row) }
}

/// The rows of a file, handed out in batches as they are read; it keeps a page a column in memory and no more.
public struct ParquetBatches<Cell: ParquetCell> {
    @usableFromInline let source: BatchSource
    @usableFromInline let names: [String]
    @usableFromInline var assemblers: [Assembler<Cell>] = []

    init(reader: ParquetFileReader, columns: [ReadNode], groups: [Int], rows: Int, limits: ReadLimits) {
        source = BatchSource(reader: reader, columns: columns, groups: groups, rows: rows, limits: limits)
        names = columns.map(\.name)
    }

    /// The next rows, or nil after the last.
    ///
    /// - Throws: ``ParquetError`` where the file is damaged or uses what this module does not read, naming the column.
    ///   After an error there is nothing more to be had.
    @inlinable
    public mutating func next() throws -> ParquetBatch<Cell>? {
        guard let step = try source.next() else { return nil }
        if step.startsGroup {
            assemblers = zip(step.columns, step.cursors).map { Assembler($0, $1) }
        }
        var columns: [[Cell]] = []
        columns.reserveCapacity(assemblers.count)
        for index in assemblers.indices {
            do {
                columns.append(try assemblers[index].read(step.rowCount))
            } catch {
                throw source.fail(error, column: names[index])
            }
        }
        return ParquetBatch(names: names, columns: columns, rowCount: step.rowCount)
    }
}

/// Where in the file the batches stand.
@usableFromInline
final class BatchSource {
    @usableFromInline
    struct Step {
        @usableFromInline var rowCount: Int
        @usableFromInline var startsGroup: Bool
        @usableFromInline var columns: [ReadNode]
        @usableFromInline var cursors: [[LeafCursor]]
    }

    private let reader: ParquetFileReader
    private let columns: [ReadNode]
    private let rows: Int
    private let entryLimit: Int
    private let budget: MemoryBudget
    private var groups: ArraySlice<Int>
    private var rowsLeft = 0
    private var cursors: [[LeafCursor]] = []

    init(reader: ParquetFileReader, columns: [ReadNode], groups: [Int], rows: Int, limits: ReadLimits) {
        self.reader = reader
        self.columns = columns
        self.groups = groups[...]
        self.rows = rows
        entryLimit = limits.entries
        budget = MemoryBudget(limits.pageBytes)
    }

    @usableFromInline
    func next() throws -> Step? {
        var starts = false
        while rowsLeft == 0 {
            guard let group = groups.first else { return nil }
            groups = groups.dropFirst()
            rowsLeft = reader.rowGroupRowCounts[group]
            starts = true
            // The pages of the row group before go first, so that their memory counts no more.
            cursors = []
            if rowsLeft > 0 {
                do {
                    cursors = try columns.map { try reader.cursors($0, rowGroup: group, budget: budget) }
                } catch {
                    throw fail(error, column: nil)
                }
            }
        }
        let taken = min(rows, rowsLeft)
        rowsLeft -= taken
        for cursor in cursors.joined() { cursor.entryBudget = entryLimit }
        budget.startBatch()
        return Step(rowCount: taken, startsGroup: starts, columns: columns, cursors: cursors)
    }

    /// Ends the batches, and says in which file and column an error arose.
    @usableFromInline
    func fail(_ error: any Error, column: String?) -> any Error {
        rowsLeft = 0
        groups = []
        guard var mine = error as? ParquetError else { return error }
        if let column, !mine.message.contains("column \(column)") { mine.message = "column \(column): \(mine.message)" }
        mine.message = "\(reader.source.name): \(mine.message)"
        return mine
    }
}
