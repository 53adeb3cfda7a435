public import DistilabelValues
internal import Synchronization

/// Writes rows as JSON Lines: one object a line, keys in the order of the columns, UTF-8.
///
/// A column that a row lacks is written as null where the chunk has it. NaN and the infinities, which JSON does not
/// have, are null. Memory does not grow with the rows.
public final class JSONLinesWriter: DatasetWriter {
    private struct State: ~Copyable {
        var file: OutputFile?
        var schema: DatasetSchema
        var rowCount = 0
        var size = ArrowSize()
        var columns: Columns?
        /// What stands before each value: `{"a":`, `,"b":`.
        var prefixes: [[UInt8]] = []
    }

    private let state: Mutex<State>
    private let path: String
    private let partialPath: String

    /// Makes the writer of `FOLDER/SPLIT.jsonl`.
    ///
    /// - Throws: `DatasetError` where the file exists or cannot be made.
    public convenience init(folder: String, split: String = "train", columns: [String] = []) throws {
        try self.init(folder: folder, split: split, schema: DatasetSchema(names: columns))
    }

    convenience init(folder: String, split: String, schema: DatasetSchema) throws {
        try self.init(
            path: "\(folder)/\(split).jsonl", partialPath: "\(folder)/.\(split).jsonl.partial", schema: schema)
    }

    init(path: String, partialPath: String, schema: DatasetSchema) throws {
        guard path == partialPath || POSIX.kind(path) == nil else {
            throw DatasetError(.notEmpty, "\(path) exists; remove it or choose another output folder")
        }
        self.path = path
        self.partialPath = partialPath
        state = Mutex(State(file: try OutputFile(path: partialPath), schema: schema))
    }

    /// Writes some rows, one a line.
    public func write(_ rows: RowChunk) throws {
        try state.withLock { state in
            guard var file = state.file.take() else { throw Self.finished(path) }
            if state.columns != rows.columns {
                state.columns = rows.columns
                state.prefixes = rows.columns.names.enumerated().map { position, name in
                    Array(((position == 0 ? "{" : ",") + JSON.string(.string(name)) + ":").utf8)
                }
            }
            state.schema.widen(by: rows)
            state.size.add(rows)
            let options = JSON.WriteOptions(nonFinite: .null)
            for row in 0..<rows.count {
                try file.append { bytes in
                    for (column, prefix) in state.prefixes.enumerated() {
                        bytes.append(contentsOf: prefix)
                        try JSON.write(rows.values[column][row], into: &bytes, options: options)
                    }
                    if state.prefixes.isEmpty { bytes.append(UInt8(ascii: "{")) }
                    bytes.append(UInt8(ascii: "}"))
                    bytes.append(UInt8(ascii: "\n"))
                }
            }
            state.rowCount += rows.count
            state.file = consume file
        }
    }

    /// Writes what is left, waits for the disk and gives the file its name.
    @discardableResult
    public func finish() throws -> DatasetSummary {
        try state.withLock { state in
            guard var file = state.file.take() else { throw Self.finished(path) }
            try file.finish()
            if path != partialPath { try POSIX.rename(partialPath, to: path) }
            let name = path.split(separator: "/").last.map(String.init) ?? path
            return DatasetSummary(
                files: [name], rowCount: state.rowCount, byteCount: file.byteCount,
                arrowByteCount: state.size.byteCount(of: state.schema), schema: state.schema)
        }
    }

    private static func finished(_ path: String) -> DatasetError {
        DatasetError(.usage, "\(path) is finished, or failed before, and takes no more rows")
    }
}
