/// Takes CSV apart into records, as the bytes come in (RFC 4180).
///
/// What spreadsheets write is read too: a byte order mark, lines that end in a carriage return, quotes in the middle of a field that
/// does not begin with one, and text between a closing quote and the comma, which belongs to the field. Blank lines are passed over.
struct CSVParser {
    /// The fields of a line, or of several where quotes hold them together.
    struct Record {
        var fields: [String]
        /// The line on which it begins, from 1.
        var line: Int
    }

    private let file: any ByteInput
    private let separator: UInt8
    private let pieceSize: Int
    private var buffer: [UInt8] = []
    private var position = 0
    private var line = 1
    private var isAtStart = true

    /// How many bytes a record may have, so that a quote that is never closed does not fill the memory.
    private static let recordLimit = 256 << 20

    init(_ file: any ByteInput, separator: UInt8 = UInt8(ascii: ","), pieceSize: Int = 1 << 18) {
        self.file = file
        self.separator = separator
        self.pieceSize = pieceSize
    }

    /// The next record, or nil after the last.
    ///
    /// - Throws: `DatasetError` with the line of a field that is never closed, is too long or is no text.
    mutating func next() throws -> Record? {
        while true {
            guard let first = try peek() else { return nil }
            // A blank line is none.
            guard first == UInt8(ascii: "\n") || first == UInt8(ascii: "\r") else { break }
            try endLine(first)
        }
        var record = Record(fields: [], line: line)
        var bytes: [UInt8] = []
        var size = 0
        while true {
            let isLast = try field(into: &bytes, of: record.line)
            size += bytes.count + 1
            guard size <= Self.recordLimit else {
                throw DatasetError(
                    .malformed,
                    "\(file.path):\(record.line): the record that begins here is longer than \(Self.recordLimit) bytes")
            }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw DatasetError(.malformed, "\(file.path):\(record.line): this record is not text in UTF-8")
            }
            record.fields.append(text)
            if isLast { return record }
        }
    }

    /// Reads a field and what ends it; true when that is the end of the record.
    private mutating func field(into bytes: inout [UInt8], of recordLine: Int) throws -> Bool {
        bytes.removeAll(keepingCapacity: true)
        if try peek() == UInt8(ascii: "\"") {
            position += 1
            try quoted(into: &bytes)
        }
        while let byte = try peek() {
            switch byte {
            case separator:
                position += 1
                return false
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                try endLine(byte)
                return true
            default:
                bytes.append(byte)
                position += 1
            }
        }
        return true
    }

    /// Reads up to the closing quote and over it; two quotes are one of the text.
    private mutating func quoted(into bytes: inout [UInt8]) throws {
        let start = line
        while let byte = try peek() {
            position += 1
            if byte == UInt8(ascii: "\"") {
                guard try peek() == UInt8(ascii: "\"") else { return }
                position += 1
            } else if byte == UInt8(ascii: "\n") {
                line += 1
            } else if byte == UInt8(ascii: "\r"), try peek() != UInt8(ascii: "\n") {
                line += 1
            }
            bytes.append(byte)
            guard bytes.count <= Self.recordLimit else { break }
        }
        throw DatasetError(.malformed, "\(file.path):\(start): the quote that opens here is never closed")
    }

    private mutating func endLine(_ byte: UInt8) throws {
        position += 1
        line += 1
        if byte == UInt8(ascii: "\r"), try peek() == UInt8(ascii: "\n") { position += 1 }
    }

    @inline(__always)
    private mutating func peek() throws -> UInt8? {
        if position < buffer.count { return buffer[position] }
        return try refill()
    }

    private mutating func refill() throws -> UInt8? {
        buffer = try file.read(pieceSize)
        position = 0
        if isAtStart {
            isAtStart = false
            // A mark cut in two is possible only where pieces are that small.
            while buffer.count < 3, case let more = try file.read(pieceSize), !more.isEmpty { buffer += more }
            if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        }
        return position < buffer.count ? buffer[position] : nil
    }
}
