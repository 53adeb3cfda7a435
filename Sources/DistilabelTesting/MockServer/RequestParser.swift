/// Takes one request from the front of bytes.
enum RequestParser {
    /// The parts of a request.
    struct Parts {
        var method: String
        var path: String
        var headerLines: [UInt8]
        var body: [UInt8]
        var closes: Bool
    }

    /// What the bytes hold.
    enum Result {
        /// Not yet a whole request.
        case incomplete(awaitsContinue: Bool)
        /// A request, and how many bytes it took.
        case request(Parts, length: Int)
    }

    static func next(in bytes: UnsafeRawBufferPointer) -> Result {
        guard let head = HeaderScan(bytes) else { return .incomplete(awaitsContinue: false) }
        let body: [UInt8]
        let end: Int
        if head.isChunked {
            guard let (joined, stop) = chunks(in: bytes, from: head.bodyStart) else {
                return .incomplete(awaitsContinue: head.awaitsContinue)
            }
            (body, end) = (joined, stop)
        } else {
            end = head.bodyStart + max(0, min(head.contentLength, 1 << 40))
            guard end <= bytes.count else { return .incomplete(awaitsContinue: head.awaitsContinue) }
            body = Array(bytes[head.bodyStart..<end])
        }
        let parts = Parts(
            method: String(decoding: bytes[head.method], as: UTF8.self),
            path: String(decoding: bytes[head.path], as: UTF8.self), headerLines: Array(bytes[head.lines]),
            body: body, closes: head.closes)
        return .request(parts, length: end)
    }

    /// The joined chunks and where they end; nil while the last has not come.
    private static func chunks(in bytes: UnsafeRawBufferPointer, from start: Int) -> (body: [UInt8], end: Int)? {
        var body: [UInt8] = []
        var position = start
        while let lineEnd = bytes[position...].firstIndex(of: 0x0A) {
            let digits = bytes[position..<lineEnd].prefix { $0 != 0x0D && $0 != UInt8(ascii: ";") }
            guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size >= 0 else { return nil }
            let dataStart = lineEnd + 1
            guard dataStart + size + 2 <= bytes.count else { return nil }
            // Behind the last chunk stands a blank line; trailers are not looked for.
            if size == 0 { return (body, dataStart + 2) }
            body.append(contentsOf: bytes[dataStart..<(dataStart + size)])
            position = dataStart + size + 2
        }
        return nil
    }
}
