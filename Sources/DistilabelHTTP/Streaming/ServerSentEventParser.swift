/// Reads server-sent events from bytes that come in pieces of any size.
///
/// The grammar is that of the HTML standard, section 9.2.6: lines end in CR, LF or both, a blank line ends an event, a colon first
/// makes a comment, a byte order mark at the start is left out, and an event without data is none. What stands behind the last blank
/// line when the stream ends is not an event.
public struct ServerSentEventParser: Sendable {
    /// The time that the server asks to wait before a new connection; nil until it does.
    public private(set) var retryDelay: Duration?
    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var name = ""
    private var id = ""
    private var endedInReturn = false
    private var isAtStart = true

    /// Makes a parser at the start of a stream.
    public init() {}

    /// Takes the next bytes.
    ///
    /// - Parameter bytes: Any number of bytes; an event, a line or a character may be cut anywhere.
    /// - Returns: The events that these bytes completed.
    public mutating func append(_ bytes: some Sequence<UInt8>) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            let follows = endedInReturn
            endedInReturn = false
            switch byte {
            case 0x0A where follows: continue
            case 0x0A, 0x0D:
                endedInReturn = byte == 0x0D
                if let event = endLine() { events.append(event) }
            default: line.append(byte)
            }
        }
        return events
    }

    private mutating func endLine() -> ServerSentEvent? {
        if isAtStart {
            isAtStart = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        defer { line.removeAll(keepingCapacity: true) }
        if line.isEmpty { return dispatch() }
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
        let field = line[..<(colon ?? line.endIndex)]
        var value = colon.map { line[($0 + 1)...] } ?? []
        if value.first == 0x20 { value.removeFirst() }
        switch String(decoding: field, as: UTF8.self) {
        case "data":
            if hasData { data.append(0x0A) }
            data.append(contentsOf: value)
            hasData = true
        case "event": name = String(decoding: value, as: UTF8.self)
        case "id" where !value.contains(0): id = String(decoding: value, as: UTF8.self)
        case "retry" where !value.isEmpty && value.allSatisfy { (0x30...0x39).contains($0) }:
            if let milliseconds = Int64(String(decoding: value, as: UTF8.self)) {
                retryDelay = .milliseconds(milliseconds)
            }
        default: break
        }
        return nil
    }

    private mutating func dispatch() -> ServerSentEvent? {
        defer {
            data.removeAll(keepingCapacity: true)
            hasData = false
            name = ""
        }
        guard hasData else { return nil }
        return ServerSentEvent(
            name: name.isEmpty ? "message" : name, data: String(decoding: data, as: UTF8.self), id: id)
    }
}
