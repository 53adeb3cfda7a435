internal import NIOCore

/// Puts answers on the wire.
enum AnswerWriting {
    /// Head and body in one piece.
    ///
    /// - Parameter cut: How much of the body is sent; the head announces all of it.
    static func whole(_ answer: MockAnswer, cutTo cut: Int = .max, closes: Bool) -> ByteBuffer {
        var bytes = head(answer, length: answer.body.count, closes: closes, capacity: 256 + answer.body.count)
        if cut < answer.body.count {
            bytes.writeBytes(answer.body[..<max(0, cut)])
        } else {
            bytes.writeBytes(answer.body)
        }
        return bytes
    }

    /// The head; without a length the body comes in chunks.
    static func head(_ answer: MockAnswer, length: Int?, closes: Bool, capacity: Int) -> ByteBuffer {
        var bytes = ByteBuffer()
        bytes.reserveCapacity(capacity)
        if answer.status == 200 {
            bytes.writeStaticString("HTTP/1.1 200 OK\r\n")
        } else {
            bytes.writeString("HTTP/1.1 \(answer.status) \(reason(answer.status))\r\n")
        }
        for (name, value) in answer.headers {
            bytes.writeString(name)
            bytes.writeStaticString(": ")
            bytes.writeString(value)
            bytes.writeStaticString("\r\n")
        }
        if closes { bytes.writeStaticString("connection: close\r\n") }
        if let length {
            bytes.writeStaticString("content-length: ")
            bytes.writeString(String(length))
            bytes.writeStaticString("\r\n\r\n")
        } else {
            bytes.writeStaticString("transfer-encoding: chunked\r\n\r\n")
        }
        return bytes
    }

    /// One chunk; an empty one is left out, since it would end the body.
    static func chunk(_ chunk: [UInt8]) -> ByteBuffer {
        guard !chunk.isEmpty else { return ByteBuffer() }
        var bytes = ByteBuffer(string: String(chunk.count, radix: 16) + "\r\n")
        bytes.writeBytes(chunk)
        bytes.writeStaticString("\r\n")
        return bytes
    }

    private static func reason(_ status: Int) -> String {
        switch status {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 404: "Not Found"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 503: "Service Unavailable"
        default: "Status"
        }
    }
}
