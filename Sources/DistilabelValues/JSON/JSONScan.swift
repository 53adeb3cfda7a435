/// Searches through bytes, eight at a time.
enum JSONScan {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// Marks in the highest bit of its byte the first quote, backslash or control character of eight bytes.
    ///
    /// Bytes above the first one marked may be marked wrongly, since subtraction borrows; the lowest mark is right.
    @inline(__always)
    static func marks(_ word: UInt64) -> UInt64 {
        let quotes = word ^ (ones &* 0x22)
        let backslashes = word ^ (ones &* 0x5C)
        return ((quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes | (word &- (ones &* 0x20)) & ~word)
            & highs
    }

    /// The position of the first quote, backslash or control character, or the end, and whether all before it is ASCII.
    ///
    /// Where bytes outside ASCII stand close behind the position, `isASCII` may be false although none stands before it.
    @inline(__always)
    static func special(in bytes: UnsafeRawBufferPointer, from start: Int) -> (position: Int, isASCII: Bool) {
        var position = start
        var all: UInt64 = 0
        while position &+ 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            all |= word
            let found = marks(word)
            if found != 0 { return (position &+ found.trailingZeroBitCount >> 3, all & highs == 0) }
            position &+= 8
        }
        while position < bytes.count {
            let byte = bytes[position]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
            all |= UInt64(byte)
            position &+= 1
        }
        return (position, all & highs == 0)
    }

    /// The position of the first line feed, or nil.
    @inline(__always)
    static func lineFeed(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var position = start
        // Four words a turn until one of them has a line feed.
        while position &+ 32 <= bytes.count {
            let words = bytes.loadUnaligned(fromByteOffset: position, as: SIMD4<UInt64>.self)
            let feeds = words ^ SIMD4(repeating: ones &* 0x0A)
            let found = (feeds &- SIMD4(repeating: ones)) & ~feeds & SIMD4(repeating: highs)
            if found != .zero { break }
            position &+= 32
        }
        while position &+ 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let feeds = word ^ (ones &* 0x0A)
            let found = (feeds &- ones) & ~feeds & highs
            if found != 0 { return position &+ found.trailingZeroBitCount >> 3 }
            position &+= 8
        }
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "\n") { return position }
            position &+= 1
        }
        return nil
    }

    /// Calls `body` with the bytes of a collection in one piece.
    ///
    /// The standard library's own functions for this do not keep the type of an error.
    static func withBytes<Result>(
        of bytes: some Collection<UInt8>, _ body: (UnsafeRawBufferPointer) throws(JSONError) -> Result
    ) throws(JSONError) -> Result {
        func wrap(_ buffer: UnsafeBufferPointer<UInt8>) -> Swift.Result<Result, JSONError> {
            Swift.Result { () throws(JSONError) in try body(UnsafeRawBufferPointer(buffer)) }
        }
        if let result = bytes.withContiguousStorageIfAvailable({ wrap($0) }) { return try result.get() }
        return try Array(bytes).withUnsafeBufferPointer { wrap($0) }.get()
    }

    /// Whether two runs of bytes are the same.
    @inline(__always)
    static func areEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        guard left.count == right.count else { return false }
        var position = 0
        while position &+ 8 <= left.count {
            let one = left.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            let other = right.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            if one != other { return false }
            position &+= 8
        }
        while position < left.count {
            if left[position] != right[position] { return false }
            position &+= 1
        }
        return true
    }

    /// How many bytes at the start are whole UTF-8 characters; all of them when the bytes are UTF-8.
    static func validPrefix(of bytes: UnsafeRawBufferPointer) -> Int {
        var position = 0
        while position < bytes.count {
            if position &+ 8 <= bytes.count,
                bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self) & highs == 0
            {
                position &+= 8
                continue
            }
            let length = characterLength(in: bytes, at: position)
            if length == 0 { return position }
            position &+= length
        }
        return position
    }

    /// How long the UTF-8 character at a position is (Unicode 15, table 3-7); 0 when there is none.
    @inline(__always)
    private static func characterLength(in bytes: UnsafeRawBufferPointer, at position: Int) -> Int {
        let lead = bytes[position]
        let left = bytes.count &- position
        func isTrail(_ offset: Int) -> Bool { bytes[position &+ offset] & 0xC0 == 0x80 }
        switch lead {
        case 0..<0x80: return 1
        case 0xC2..<0xE0: return left >= 2 && isTrail(1) ? 2 : 0
        case 0xE0..<0xF0:
            guard left >= 3, isTrail(1), isTrail(2) else { return 0 }
            let second = bytes[position &+ 1]
            if lead == 0xE0 && second < 0xA0 || lead == 0xED && second >= 0xA0 { return 0 }
            return 3
        case 0xF0..<0xF5:
            guard left >= 4, isTrail(1), isTrail(2), isTrail(3) else { return 0 }
            let second = bytes[position &+ 1]
            if lead == 0xF0 && second < 0x90 || lead == 0xF4 && second >= 0x90 { return 0 }
            return 4
        default: return 0
        }
    }
}
