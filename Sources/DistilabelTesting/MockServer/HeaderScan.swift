/// Finds the parts of a request's head without making strings of them.
struct HeaderScan {
    /// The first line's method.
    private(set) var method = 0..<0
    /// The first line's target.
    private(set) var path = 0..<0
    /// The header lines, without the blank line.
    private(set) var lines = 0..<0
    /// Where the body begins.
    private(set) var bodyStart = 0
    /// The announced length of the body.
    private(set) var contentLength = 0
    /// Whether the body comes in chunks.
    private(set) var isChunked = false
    /// Whether the client wants no second request on this connection.
    private(set) var closes = false
    /// Whether the client waits for leave to send the body.
    private(set) var awaitsContinue = false

    /// Reads a head; nil while its end has not come.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard let first = Self.endOfLine(in: bytes, from: 0) else { return nil }
        let words = bytes[..<first].split(separator: 0x20, omittingEmptySubsequences: true)
        if words.count >= 2 {
            method = words[0].startIndex..<words[0].endIndex
            path = words[1].startIndex..<words[1].endIndex
        }
        var start = first + 1
        let linesStart = start
        while let end = Self.endOfLine(in: bytes, from: start) {
            let length = end > start && bytes[end - 1] == 0x0D ? end - start - 1 : end - start
            if length == 0 {
                lines = linesStart..<start
                bodyStart = end + 1
                return
            }
            read(bytes[start..<(start + length)])
            start = end + 1
        }
        return nil
    }

    /// Takes from a header line what decides about framing.
    private mutating func read(_ line: Slice<UnsafeRawBufferPointer>) {
        guard let first = line.first else { return }
        // The four names that matter begin with c, t or e.
        switch first | 0x20 {
        case UInt8(ascii: "c"), UInt8(ascii: "t"), UInt8(ascii: "e"): break
        default: return
        }
        guard let (name, value) = Self.field(line) else { return }
        if Self.isSame(name, "content-length") {
            contentLength = value.reduce(0) { $0 &* 10 &+ Int($1 &- 0x30) }
        } else if Self.isSame(name, "transfer-encoding") {
            isChunked = Self.isSame(value, "chunked")
        } else if Self.isSame(name, "connection") {
            closes = Self.isSame(value, "close")
        } else if Self.isSame(name, "expect") {
            awaitsContinue = true
        }
    }

    /// Names and values of header lines.
    static func fields(of lines: [UInt8]) -> [(ArraySlice<UInt8>, ArraySlice<UInt8>)] {
        lines.split { $0 == 0x0A }.compactMap { line in
            field(line.last == 0x0D ? line.dropLast() : line)
        }
    }

    private static func field<Bytes: BidirectionalCollection<UInt8>>(
        _ line: Bytes
    ) -> (Bytes.SubSequence, Bytes.SubSequence)? {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        var value = line[line.index(after: colon)...]
        while value.first == 0x20 || value.first == 0x09 { value.removeFirst() }
        while value.last == 0x20 || value.last == 0x09 { value.removeLast() }
        return (line[..<colon], value)
    }

    private static func isSame(_ bytes: some Collection<UInt8>, _ name: StaticString) -> Bool {
        bytes.count == name.utf8CodeUnitCount
            && zip(bytes, UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)).allSatisfy {
                ($0 | 0x20) == ($1 | 0x20)
            }
    }

    private static func endOfLine(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var position = start
        while position < bytes.count {
            if bytes[position] == 0x0A { return position }
            position += 1
        }
        return nil
    }
}
