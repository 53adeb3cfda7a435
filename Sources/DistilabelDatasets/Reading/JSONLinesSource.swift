internal import DistilabelValues

/// Reads JSON Lines a piece at a time.
final class JSONLinesSource {
    private let file: any ByteInput
    private var reader = JSONLinesReader()
    private var isAtEnd = false

    private static let pieceSize = 1 << 18

    init(_ file: any ByteInput) { self.file = file }

    func next() throws -> RowChunk? {
        while !isAtEnd {
            let bytes = try file.read(Self.pieceSize)
            let values: [Value]
            do throws(JSONError) {
                values = bytes.isEmpty ? try reader.finish() : try reader.append(bytes)
            } catch {
                throw DatasetError(.malformed, "\(file.path):\(error.line):\(error.column): \(error.message)")
            }
            isAtEnd = bytes.isEmpty
            var rows = RowChunk()
            for value in values {
                guard case .object(let object) = value else {
                    throw try Self.misfit(path: file.path, kind: value.kindName)
                }
                rows.append(Row(object))
            }
            if rows.count > 0 { return rows }
        }
        return nil
    }

    /// The error for a line that is no object; the line is looked for only now, since a reader of whole pieces does
    /// not know it.
    private static func misfit(path: String, kind: String) throws -> DatasetError {
        let file = try FileCompression(start: InputFile(path: path).read(4)).open(path)
        var reader = JSONLinesReader()
        var line = 0
        search: while true {
            let bytes = try file.read(1 << 14)
            if bytes.isEmpty { break }
            for piece in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
                let values = try reader.append(piece + [UInt8(ascii: "\n")])
                line = reader.lineCount
                if let value = values.first, value.objectValue == nil { break search }
            }
            if let rest = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).last {
                _ = try reader.append(rest)
            }
            line = reader.lineCount + 1
        }
        return DatasetError(.malformed, "\(path):\(line): this line holds a \(kind); every line should hold an object")
    }

    /// How many lines of a file are not blank.
    static func countRows(_ file: any ByteInput) throws -> Int {
        var count = 0
        var isBlank = true
        while true {
            let bytes = try file.read(pieceSize)
            if bytes.isEmpty { return count + (isBlank ? 0 : 1) }
            bytes.withUnsafeBufferPointer { bytes in
                for byte in bytes {
                    if byte == UInt8(ascii: "\n") {
                        if !isBlank { count += 1 }
                        isBlank = true
                    } else if byte > 0x20 {
                        isBlank = false
                    }
                }
            }
        }
    }
}
