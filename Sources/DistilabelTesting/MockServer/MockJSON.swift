/// JSON written by hand into bytes: the server must cost less than what it measures.
struct MockJSON {
    /// What was written.
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(512) }

    /// Appends text that is JSON already.
    mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Appends a number.
    mutating func number(_ number: Int) { raw(String(number)) }

    /// Appends a string with its quotes and escapes.
    mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x0A: raw("\\n")
            case 0..<0x20:
                raw(byte < 0x10 ? "\\u000" : "\\u00")
                raw(String(byte, radix: 16))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
