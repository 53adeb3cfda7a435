internal import DistilabelValues

/// Reads the rows of a CSV file whose first record names the columns.
///
/// Types are those that pandas finds in the first 10,000 rows, but that whole numbers stay whole where some cells are empty; a cell
/// further down that does not fit stays text. Memory holds those rows, then some hundred at a time.
final class CSVSource {
    private let path: String
    private var parser: CSVParser
    /// The columns, once the first record is read.
    private var columns: Columns?
    private var kinds: [CSVColumn] = []
    /// The first rows, by which the kinds are found.
    private var head: [CSVParser.Record] = []
    private var headBytes = 0
    private var isAtEnd = false

    private static let headRows = 10_000
    private static let headBytes = 64 << 20
    private static let chunkRows = 512

    init(_ file: any ByteInput, separator: UInt8) {
        path = file.path
        parser = CSVParser(file, separator: separator)
    }

    /// The next rows, none of them where the file has only names; nil after the last.
    func next() throws -> RowChunk? {
        if isAtEnd { return nil }
        guard let columns else {
            guard let columns = try readHead() else {
                isAtEnd = true
                return nil
            }
            // A file without rows still has its columns.
            if head.isEmpty {
                isAtEnd = true
                return RowChunk(columns: columns)
            }
            return take(min(Self.chunkRows, head.count), columns)
        }
        if !head.isEmpty { return take(min(Self.chunkRows, head.count), columns) }
        var records: [CSVParser.Record] = []
        while records.count < Self.chunkRows, let record = try nextRecord(columns.count) { records.append(record) }
        isAtEnd = records.isEmpty
        return records.isEmpty ? nil : chunk(of: records[...], columns)
    }

    private func readHead() throws -> Columns? {
        guard let names = try parser.next() else { return nil }
        let columns = Self.columns(named: names.fields)
        self.columns = columns
        kinds = Array(repeating: .empty, count: columns.count)
        while head.count < Self.headRows, headBytes < Self.headBytes, let record = try nextRecord(columns.count) {
            for (column, text) in record.fields.enumerated() {
                kinds[column].widen(by: text)
                headBytes += text.utf8.count
            }
            head.append(record)
        }
        // Taken from the end, which costs nothing.
        head.reverse()
        return columns
    }

    private func nextRecord(_ count: Int) throws -> CSVParser.Record? {
        guard let record = try parser.next() else { return nil }
        guard record.fields.count == count else {
            throw DatasetError(
                .malformed,
                "\(path):\(record.line): this line has \(record.fields.count) fields where the first names \(count) columns; "
                    + "a field with a comma or a line break must stand in quotes")
        }
        return record
    }

    private func take(_ count: Int, _ columns: Columns) -> RowChunk {
        let taken = Array(head.suffix(count).reversed())
        head.removeLast(count)
        return chunk(of: taken[...], columns)
    }

    private func chunk(of records: ArraySlice<CSVParser.Record>, _ columns: Columns) -> RowChunk {
        let values = kinds.enumerated().map { column, kind in records.map { kind.value(of: $0.fields[column]) } }
        return RowChunk(columns: columns, values: values, count: records.count)
    }

    /// The names that pandas gives: a name that stands twice gets a number, one that is empty its place.
    private static func columns(named names: [String]) -> Columns {
        var taken: Set<String> = []
        var unique: [String] = []
        for (position, name) in names.enumerated() {
            let base = name.isEmpty ? "Unnamed: \(position)" : name
            var candidate = base
            var number = 0
            while !taken.insert(candidate).inserted {
                number += 1
                candidate = "\(base).\(number)"
            }
            unique.append(candidate)
        }
        return Columns(unique)
    }
}
