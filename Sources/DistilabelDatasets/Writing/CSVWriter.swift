public import DistilabelValues
internal import Synchronization

/// Writes rows as CSV (RFC 4180): the names of the columns, then a line a row, in UTF-8.
///
/// Lines end in a line feed alone, as the tools of Unix want it. A null is an empty cell; lists and objects are JSON. What stands in
/// quotes are texts with a quote, a separator or a line break, empty ones, and those with space at an end. The types of values are not
/// kept: a reader finds them anew, and one that goes by pandas takes empty texts, `NA` and the like for nulls.
///
/// A column that only comes later is written into the lines before as empty cells, in the end, for which the file is written once more. Memory does not grow
/// with the rows.
public final class CSVWriter: DatasetWriter {
    private struct State: ~Copyable {
        var file: OutputFile?
        var schema: DatasetSchema
        /// From which line on how many columns are written; the line of the names is the first.
        var widths: [(line: Int, columns: Int)] = []
        var rowCount = 0
        var size = ArrowSize()
    }

    private let state: Mutex<State>
    private let path: String
    private let partialPath: String

    /// Makes the writer of `FOLDER/SPLIT.csv`.
    ///
    /// - Throws: `DatasetError` where the file exists or cannot be made.
    public convenience init(folder: String, split: String = "train", columns: [String] = []) throws {
        try self.init(folder: folder, split: split, schema: DatasetSchema(names: columns))
    }

    init(folder: String, split: String, schema: DatasetSchema) throws {
        path = "\(folder)/\(split).csv"
        partialPath = "\(folder)/.\(split).csv.partial"
        guard POSIX.kind(path) == nil else {
            throw DatasetError(.notEmpty, "\(path) exists; remove it or choose another output folder")
        }
        state = Mutex(State(file: try OutputFile(path: partialPath), schema: schema))
    }

    /// Writes some rows, one a line.
    public func write(_ rows: RowChunk) throws {
        try state.withLock { state in
            guard var file = state.file.take() else { throw Self.finished(path) }
            state.schema.widen(by: rows)
            state.size.add(rows)
            let names = state.schema.names
            let columns = names.map { rows[column: $0] }
            if state.widths.isEmpty {
                try file.append { Self.line(names.map(Value.string), into: &$0) }
                state.widths = [(0, names.count)]
            } else if state.widths.last?.columns != names.count {
                state.widths.append((state.rowCount + 1, names.count))
            }
            for row in 0..<rows.count { try file.append { Self.line(columns.map { $0?[row] ?? .null }, into: &$0) } }
            state.rowCount += rows.count
            state.file = consume file
        }
    }

    /// Writes what is left, waits for the disk and gives the file its name.
    @discardableResult
    public func finish() throws -> DatasetSummary {
        try state.withLock { state in
            guard var file = state.file.take() else { throw Self.finished(path) }
            let names = state.schema.names
            if state.widths.isEmpty { try file.append { Self.line(names.map(Value.string), into: &$0) } }
            try file.finish()
            var size = file.byteCount
            if state.widths.count > 1 { size = try widen(state.widths, to: names) }
            try POSIX.rename(partialPath, to: path)
            return DatasetSummary(
                files: [path.split(separator: "/").last.map(String.init) ?? path], rowCount: state.rowCount,
                byteCount: size, arrowByteCount: state.size.byteCount(of: state.schema), schema: state.schema)
        }
    }

    /// Writes the file once more, with all names and with empty cells for the columns that lines lack; gives its size.
    private func widen(_ widths: [(line: Int, columns: Int)], to names: [String]) throws -> Int {
        let input = try InputFile(path: partialPath)
        let wholePath = partialPath + "-whole"
        var file = try OutputFile(path: wholePath)
        try file.append { Self.line(names.map(Value.string), into: &$0) }
        var widths = widths[...]
        var line = 0
        var isQuoted = false
        while case let bytes = try input.read(1 << 18), !bytes.isEmpty {
            try file.append { output in
                for byte in bytes {
                    if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
                    let endsLine = byte == UInt8(ascii: "\n") && !isQuoted
                    if endsLine, line > 0, let width = widths.first {
                        output.append(
                            contentsOf: repeatElement(UInt8(ascii: ","), count: names.count - width.columns))
                    }
                    // The old line of the names goes.
                    if line > 0 { output.append(byte) }
                    guard endsLine else { continue }
                    line += 1
                    if let next = widths.dropFirst().first, next.line <= line { widths.removeFirst() }
                }
            }
        }
        try file.finish()
        try POSIX.rename(wholePath, to: partialPath)
        return file.byteCount
    }

    private static func line(_ cells: [Value], into bytes: inout [UInt8]) {
        for (position, cell) in cells.enumerated() {
            if position > 0 { bytes.append(UInt8(ascii: ",")) }
            switch cell {
            case .null: break
            case .string(let text): field(text, into: &bytes)
            case .array, .object: field(JSON.string(cell), into: &bytes)
            case .bool, .int, .double: bytes.append(contentsOf: JSON.string(cell).utf8)
            }
        }
        // A line of nothing would be passed over.
        if cells.count == 1, cells[0].isNull { bytes.append(contentsOf: "\"\"".utf8) }
        bytes.append(UInt8(ascii: "\n"))
    }

    private static func field(_ text: String, into bytes: inout [UInt8]) {
        let ends = [text.utf8.first, text.utf8.last]
        let needsQuotes =
            text.isEmpty || ends.contains(0x20) || ends.contains(0x09)
            || text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
        guard needsQuotes else { return bytes.append(contentsOf: text.utf8) }
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func finished(_ path: String) -> DatasetError {
        DatasetError(.usage, "\(path) is finished, or failed before, and takes no more rows")
    }
}
