/// Reads DELTA_BINARY_PACKED numbers a few at a time, so that a claim of many costs no memory.
///
/// Format: https://parquet.apache.org/docs/file-format/data-pages/encodings/#DELTAENC. The memory behind `source` must
/// outlive the stream.
struct DeltaStream {
    private let source: UnsafeRawBufferPointer
    private var position = 0
    private let blockSize: Int
    private let miniBlockSize: Int
    private let miniBlocks: Int
    /// The numbers of the page that are still to come.
    private(set) var left: Int
    private var value: UInt64
    private var isFirst = true

    private var widths: Int
    private var miniBlock: Int
    private var minimum: UInt64 = 0
    private var miniBlockLeft = 0
    private var width = 0
    private var bit = 0

    private static let damaged = ParquetError(.damaged, "a page of delta-encoded numbers does not decode")

    init(_ source: UnsafeRawBufferPointer) throws {
        self.source = source
        var position = 0
        let block = try Self.varint(source, &position)
        let parts = try Self.varint(source, &position)
        let total = try Self.varint(source, &position)
        value = try Self.zigzag(source, &position)
        guard block > 0, block <= 1 << 31, parts > 0, parts <= block, block % parts == 0, (block / parts) % 8 == 0,
            total <= 1 << 31
        else { throw Self.damaged }
        self.position = position
        blockSize = Int(block)
        miniBlocks = Int(parts)
        miniBlockSize = Int(block / parts)
        left = Int(total)
        widths = 0
        miniBlock = miniBlocks
    }

    private static func varint(_ source: UnsafeRawBufferPointer, _ position: inout Int) throws -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            guard position < source.count, shift <= 63 else { throw damaged }
            let byte = source[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }

    private static func zigzag(_ source: UnsafeRawBufferPointer, _ position: inout Int) throws -> UInt64 {
        let raw = try varint(source, &position)
        return raw >> 1 ^ (0 &- raw & 1)
    }

    /// Reads the next `count` numbers; those of 32 bits are the low half of what stands there.
    mutating func read(_ count: Int, into output: UnsafeMutablePointer<Int64>) throws {
        guard count <= left else { throw Self.damaged }
        left -= count
        var written = 0
        if isFirst, count > 0 {
            output[0] = Int64(bitPattern: value)
            isFirst = false
            written = 1
        }
        while written < count {
            if miniBlockLeft == 0 { try startMiniBlock() }
            let taken = min(miniBlockLeft, count - written)
            try unpack(taken, into: output + written)
            miniBlockLeft -= taken
            written += taken
        }
    }

    private mutating func startMiniBlock() throws {
        if miniBlock > 0, miniBlock < miniBlocks {
            position = min(position + miniBlockSize / 8 * width, source.count)
        }
        if miniBlock == miniBlocks {
            if widths > 0 { position = min(position + miniBlockSize / 8 * width, source.count) }
            minimum = try Self.zigzag(source, &position)
            guard miniBlocks <= source.count - position else { throw Self.damaged }
            widths = position
            position += miniBlocks
            miniBlock = 0
        }
        width = Int(source[widths + miniBlock])
        guard width <= 64 else { throw Self.damaged }
        miniBlock += 1
        miniBlockLeft = miniBlockSize
        bit = position * 8
    }

    private mutating func unpack(_ count: Int, into output: UnsafeMutablePointer<Int64>) throws {
        // Some writers leave out the padding of the last miniblock, so only what is read must be there.
        guard bit + count * width <= source.count * 8 else { throw Self.damaged }
        guard width > 0, let base = source.baseAddress else {
            for index in 0..<count {
                value &+= minimum
                output[index] = Int64(bitPattern: value)
            }
            return
        }
        let mask: UInt64 = width == 64 ? .max : 1 << UInt64(width) - 1
        for index in 0..<count {
            let first = bit >> 3
            let shift = bit & 7
            var word: UInt64 = 0
            if first + 8 <= source.count {
                word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: first, as: UInt64.self))
            } else {
                for offset in 0..<(source.count - first) {
                    word |= UInt64(source[first + offset]) << UInt64(8 * offset)
                }
            }
            word >>= UInt64(shift)
            if shift + width > 64 { word |= UInt64(source[first + 8]) << UInt64(64 - shift) }
            value &+= minimum &+ (word & mask)
            output[index] = Int64(bitPattern: value)
            bit += width
        }
    }

    /// Where the numbers end, after which a page may have more.
    ///
    /// Walks over the blocks without decoding them; each takes a byte at least, so this ends soon.
    static func end(_ source: UnsafeRawBufferPointer) throws -> Int {
        let start = try DeltaStream(source)
        var position = start.position
        var left = start.left - 1
        while left > 0 {
            _ = try zigzag(source, &position)
            guard start.miniBlocks <= source.count - position else { throw damaged }
            let widths = position
            position += start.miniBlocks
            for miniBlock in 0..<start.miniBlocks where left > 0 {
                let (size, overflow) = (start.miniBlockSize / 8).multipliedReportingOverflow(
                    by: Int(source[widths + miniBlock]))
                guard !overflow, size <= source.count - position else { throw damaged }
                position += size
                left -= start.miniBlockSize
            }
        }
        return position
    }
}
