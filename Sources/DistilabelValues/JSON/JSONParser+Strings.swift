extension JSONCursor {
    /// Reads a text whose opening quote is passed; the closing one is passed afterwards.
    mutating func string() throws(JSONFault) -> String {
        let start = position
        let (end, isASCII) = JSONScan.special(in: bytes, from: start)
        guard end < bytes.count else { throw JSONFault(code: .unexpectedEnd, offset: bytes.count) }
        guard byte(at: end) != UInt8(ascii: "\"") else {
            position = end + 1
            let slice = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
            var text = slice.withMemoryRebound(to: UInt8.self) { String(decoding: $0, as: UTF8.self) }
            if !isASCII { try check(&text, against: slice, rawBytes: start..<end) }
            return text
        }
        return try escapedString(from: start, to: end, isASCII: isASCII)
    }

    /// Throws when bytes were no UTF-8, which shows in that the text made of them had to be mended.
    private func check(
        _ text: inout String, against decoded: UnsafeRawBufferPointer, rawBytes: Range<Int>
    ) throws(JSONFault) {
        let isSame = text.withUTF8 { JSONScan.areEqual(UnsafeRawBufferPointer($0), decoded) }
        if isSame { return }
        let valid = JSONScan.validPrefix(of: UnsafeRawBufferPointer(rebasing: bytes[rawBytes]))
        throw JSONFault(code: .invalidUTF8, offset: rawBytes.lowerBound + valid)
    }

    /// Reads the rest of a text that has an escape, or a byte that may not be there, at `special`.
    private mutating func escapedString(
        from start: Int, to special: Int, isASCII: Bool
    ) throws(JSONFault) -> String {
        var isASCII = isASCII
        scratch.removeAll()
        scratch.append(UnsafeRawBufferPointer(rebasing: bytes[start..<special]))
        position = special
        while true {
            guard position < bytes.count else { throw fault(.unexpectedEnd) }
            let special = byte(at: position)
            if special == UInt8(ascii: "\\") {
                try escape()
            } else if special == UInt8(ascii: "\"") {
                break
            } else {
                throw fault(.controlCharacter)
            }
            let next = JSONScan.special(in: bytes, from: position)
            isASCII = isASCII && next.isASCII
            scratch.append(UnsafeRawBufferPointer(rebasing: bytes[position..<next.position]))
            position = next.position
        }
        var text = String(decoding: scratch.bytes, as: UTF8.self)
        if !isASCII { try check(&text, against: UnsafeRawBufferPointer(scratch.bytes), rawBytes: start..<position) }
        position += 1
        return text
    }

    private mutating func escape() throws(JSONFault) {
        guard position + 1 < bytes.count else { throw JSONFault(code: .unexpectedEnd, offset: bytes.count) }
        let decoded: UInt8
        switch byte(at: position + 1) {
        case UInt8(ascii: "\""): decoded = UInt8(ascii: "\"")
        case UInt8(ascii: "\\"): decoded = UInt8(ascii: "\\")
        case UInt8(ascii: "/"): decoded = UInt8(ascii: "/")
        case UInt8(ascii: "b"): decoded = 0x08
        case UInt8(ascii: "f"): decoded = 0x0C
        case UInt8(ascii: "n"): decoded = 0x0A
        case UInt8(ascii: "r"): decoded = 0x0D
        case UInt8(ascii: "t"): decoded = 0x09
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw fault(.invalidEscape)
        }
        scratch.append(decoded)
        position += 2
    }

    private mutating func unicodeEscape() throws(JSONFault) {
        let start = position
        var code = try hexadecimal(at: start + 2)
        position = start + 6
        if code & 0xF800 == 0xD800 {
            if code < 0xDC00, position + 1 < bytes.count, byte(at: position) == UInt8(ascii: "\\"),
                byte(at: position + 1) == UInt8(ascii: "u")
            {
                let low = try hexadecimal(at: position + 2)
                if low & 0xFC00 == 0xDC00 {
                    code = 0x10000 + (code & 0x3FF) << 10 + (low & 0x3FF)
                    position += 6
                }
            }
            if code <= 0xFFFF {
                guard replacesLoneSurrogates else { throw JSONFault(code: .loneSurrogate, offset: start) }
                code = 0xFFFD
            }
        }
        // Surrogates are gone, so every code left is a scalar.
        guard let scalar = Unicode.Scalar(code) else { return }
        for byte in UTF8.encode(scalar) ?? .init() { scratch.append(byte) }
    }

    private func hexadecimal(at start: Int) throws(JSONFault) -> UInt32 {
        guard start + 4 <= bytes.count else { throw JSONFault(code: .unexpectedEnd, offset: bytes.count) }
        var code: UInt32 = 0
        for offset in start..<start + 4 {
            let digit: UInt8
            switch byte(at: offset) {
            case let byte where byte >= 0x30 && byte <= 0x39: digit = byte - 0x30
            case let byte where byte >= 0x41 && byte <= 0x46: digit = byte - 0x37
            case let byte where byte >= 0x61 && byte <= 0x66: digit = byte - 0x57
            default: throw JSONFault(code: .invalidEscape, offset: offset)
            }
            code = code << 4 | UInt32(digit)
        }
        return code
    }
}
