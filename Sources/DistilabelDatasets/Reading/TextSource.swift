internal import DistilabelValues

/// Reads the lines of a text, each a row of the one column `text`.
///
/// A line ends in a line feed, a carriage return or both; blank lines are rows too, as they are for the `datasets` library.
final class TextSource {
    private let file: any ByteInput
    private var rest: [UInt8] = []
    private var lineCount = 0
    private var isAtStart = true
    private var isAtEnd = false

    private static let pieceSize = 1 << 18
    private static let columns: Columns = ["text"]

    init(_ file: any ByteInput) { self.file = file }

    func next() throws -> RowChunk? {
        while !isAtEnd {
            let piece = try file.read(Self.pieceSize)
            rest += piece
            if isAtStart {
                if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest.removeFirst(3) }
                isAtStart = false
            }
            isAtEnd = piece.isEmpty
            let lines = try takeLines()
            if !lines.isEmpty { return RowChunk(columns: Self.columns, values: [lines], count: lines.count) }
        }
        return nil
    }

    /// The lines that are whole; at the end of the file what is left is one too.
    private func takeLines() throws -> [Value] {
        var lines: [Value] = []
        var start = 0
        var position = 0
        while position < rest.count {
            let byte = rest[position]
            guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else {
                position += 1
                continue
            }
            var next = position + 1
            if byte == UInt8(ascii: "\r") {
                // The line feed that belongs to it may be in the next piece.
                if next == rest.count, !isAtEnd { break }
                if next < rest.count, rest[next] == UInt8(ascii: "\n") { next += 1 }
            }
            lines.append(.string(try text(rest[start..<position])))
            start = next
            position = next
        }
        if isAtEnd, start < rest.count {
            lines.append(.string(try text(rest[start...])))
            start = rest.count
        }
        rest.removeFirst(start)
        return lines
    }

    private func text(_ bytes: ArraySlice<UInt8>) throws -> String {
        lineCount += 1
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw DatasetError(.malformed, "\(file.path):\(lineCount): this line is not text in UTF-8")
        }
        return text
    }
}
