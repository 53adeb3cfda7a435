/// Decompresses LZ4 blocks from bytes that nobody vouches for.
///
/// Format: https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md
enum LZ4 {
    private static let damaged = ParquetError(.damaged, "a page compressed with LZ4 does not decompress")

    /// Decompresses one block into exactly `size` bytes at `target`.
    static func decompress(
        _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawPointer, size: Int
    ) throws {
        guard let base = source.baseAddress else { throw damaged }
        let end = source.count
        var position = 0
        var written = 0
        while true {
            guard position < end else { throw damaged }
            let token = Int(source[position])
            position += 1
            let literal = try length(token >> 4, source, &position)
            guard literal <= end - position, literal <= size - written else { throw damaged }
            (target + written).copyMemory(from: base + position, byteCount: literal)
            position += literal
            written += literal
            // The last sequence is literals alone.
            if position == end { break }
            guard position + 2 <= end else { throw damaged }
            let offset = Int(source[position]) | Int(source[position + 1]) << 8
            position += 2
            let count = try length(token & 15, source, &position) + 4
            guard offset > 0, offset <= written, count <= size - written else { throw damaged }
            let from = target + (written - offset)
            let to = target + written
            if offset >= count {
                to.copyMemory(from: from, byteCount: count)
            } else {
                // The copy overlaps itself: that is how a short pattern is repeated.
                for index in 0..<count {
                    to.storeBytes(
                        of: from.load(fromByteOffset: index, as: UInt8.self), toByteOffset: index, as: UInt8.self)
                }
            }
            written += count
        }
        guard written == size else { throw damaged }
    }

    private static func length(_ nibble: Int, _ source: UnsafeRawBufferPointer, _ position: inout Int) throws -> Int {
        var length = nibble
        guard nibble == 15 else { return length }
        while true {
            guard position < source.count else { throw damaged }
            let byte = Int(source[position])
            position += 1
            length += byte
            if byte < 255 { return length }
        }
    }

    /// Decompresses what Hadoop frames, each block after its two sizes; or, since some writers of the same codec left the
    /// frames out, a single block.
    static func decompressFramed(
        _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawPointer, size: Int
    ) throws {
        if try frames(source, into: target, size: size) { return }
        try decompress(source, into: target, size: size)
    }

    private static func frames(
        _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawPointer, size: Int
    ) throws -> Bool {
        var position = 0
        var written = 0
        while position < source.count {
            guard position + 8 <= source.count else { return false }
            let plain = bigEndian(source, position)
            let packed = bigEndian(source, position + 4)
            position += 8
            guard plain <= size - written, packed <= source.count - position else { return false }
            let block = UnsafeRawBufferPointer(rebasing: source[position..<position + packed])
            guard (try? decompress(block, into: target + written, size: plain)) != nil else { return false }
            position += packed
            written += plain
        }
        return written == size
    }

    private static func bigEndian(_ source: UnsafeRawBufferPointer, _ position: Int) -> Int {
        Int(UInt32(bigEndian: source.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
    }
}
