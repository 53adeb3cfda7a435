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

    /// The position of the first quote, backslash or control character, or the end.
    @inline(__always)
    static func special(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var position = start
        while position &+ 8 <= bytes.count {
            let found = marks(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)))
            if found != 0 { return position &+ found.trailingZeroBitCount >> 3 }
            position &+= 8
        }
        while position < bytes.count {
            let byte = bytes[position]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
            position &+= 1
        }
        return position
    }

    /// The position of the first line feed, or nil.
    @inline(__always)
    static func lineFeed(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var position = start
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

    /// How many bytes at the start are whole UTF-8 characters.
    static func validPrefix(of bytes: UnsafeRawBufferPointer) -> Int {
        var iterator = bytes.makeIterator()
        var decoder = UTF8()
        var valid = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { valid += UTF8.width(scalar) }
        return valid
    }
}
