/// Reads JSON Lines as the bytes come in: one document a line, blank lines skipped.
///
///     var reader = JSONLinesReader()
///     while let bytes = try await source.next() {
///         for value in try reader.append(bytes) { … }
///     }
///     for value in try reader.finish() { … }
public struct JSONLinesReader: Sendable {
    /// How each line is read.
    public let options: JSON.ReadOptions
    /// How many bytes a line may have.
    public let lineLimit: Int
    /// How many lines were read, blank ones included.
    public private(set) var lineCount = 0

    /// The start of a line whose end has not come yet.
    private var rest: [UInt8] = []
    /// How many bytes stood before `rest`.
    private var consumed = 0
    /// Kept from line to line, since it learns the keys of the rows.
    private var parser: JSONParser

    /// Makes a reader.
    ///
    /// - Parameters:
    ///   - options: How each line is read.
    ///   - lineLimit: How many bytes a line may have; 256 MiB unless said otherwise.
    public init(options: JSON.ReadOptions = JSON.ReadOptions(), lineLimit: Int = 256 << 20) {
        self.options = options
        self.lineLimit = lineLimit
        parser = JSONParser(options: options, isReused: true)
    }

    /// Takes the next bytes and returns the values of the lines that they complete.
    ///
    /// - Throws: `JSONError` with the line in the whole input; the values of this call's earlier lines are lost then.
    public mutating func append(_ bytes: some Collection<UInt8>) throws(JSONError) -> [Value] {
        var values: [Value] = []
        try append(bytes) { values.append($0) }
        return values
    }

    /// Takes the next bytes and hands each value over as its line is complete.
    ///
    /// - Throws: `JSONError` with the line in the whole input; the values before it were handed over.
    public mutating func append(_ bytes: some Collection<UInt8>, each body: (Value) -> Void) throws(JSONError) {
        try JSONScan.withBytes(of: bytes) { (buffer) throws(JSONError) in try take(buffer, each: body) }
    }

    /// Reads the last line, which need not end in a line feed.
    ///
    /// - Throws: `JSONError` with the line in the whole input.
    public mutating func finish() throws(JSONError) -> [Value] {
        var values: [Value] = []
        let line = rest
        rest = []
        try JSONScan.withBytes(of: line) { (buffer) throws(JSONError) in
            if let value = try read(buffer) { values.append(value) }
        }
        return values
    }

    private mutating func take(_ bytes: UnsafeRawBufferPointer, each body: (Value) -> Void) throws(JSONError) {
        var start = 0
        while let end = JSONScan.lineFeed(in: bytes, from: start) {
            let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
            start = end + 1
            if rest.isEmpty {
                if let value = try read(piece) { body(value) }
            } else {
                rest.append(contentsOf: piece)
                let line = rest
                rest.removeAll(keepingCapacity: true)
                let value = try JSONScan.withBytes(of: line) { (buffer) throws(JSONError) in try read(buffer) }
                if let value { body(value) }
            }
            consumed += 1
        }
        rest.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start...]))
        if rest.count > lineLimit { throw tooLong() }
    }

    private func tooLong() -> JSONError {
        JSONError(
            code: .lineTooLong, message: "the line is longer than \(lineLimit) bytes", offset: consumed,
            line: lineCount + 1, column: 1)
    }

    /// Reads one line without its line feed; nil for a blank one.
    private mutating func read(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> Value? {
        guard bytes.count <= lineLimit else { throw tooLong() }
        lineCount += 1
        let start = consumed
        consumed += bytes.count
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return nil }
        do throws(JSONFault) {
            return try parser.document(in: bytes)
        } catch {
            throw error.error(in: bytes, firstLine: lineCount, firstOffset: start)
        }
    }
}

extension JSON {
    /// Reads all lines of JSON Lines; blank ones are skipped.
    ///
    /// - Throws: `JSONError` with the line.
    public static func parseLines(
        _ bytes: some Collection<UInt8>, options: ReadOptions = ReadOptions()
    ) throws(JSONError) -> [Value] {
        var reader = JSONLinesReader(options: options, lineLimit: .max)
        var values = try reader.append(bytes)
        values += try reader.finish()
        return values
    }
}
