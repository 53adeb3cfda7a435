/// The levels of very old writers: bit-packed from the highest bit down, without runs and without a length.
enum BitPackedLevels {
    /// Splits the levels off the front of a page and gives them the form of all others.
    static func convert(_ rest: inout UnsafeRawBufferPointer, count: Int, width: Int) throws -> ByteBuffer {
        let size = (count * width + 7) / 8
        guard size <= rest.count else { throw ParquetError(.damaged, "a page ends before its levels") }
        let output = ByteBuffer(capacity: size + 16)
        output.append(varint: UInt64((count + 7) / 8) << 1 | 1)
        let start = output.count
        output.reserve((count + 7) / 8 * width)
        for _ in 0..<(count + 7) / 8 * width { output.append(byte: 0) }
        for index in 0..<count {
            for bit in 0..<width {
                // The highest bit of a level comes first.
                let from = index * width + bit
                let to = index * width + width - 1 - bit
                let isSet = rest[from >> 3] >> UInt8(7 - from & 7) & 1
                let place = output.base + start + to >> 3
                place.storeBytes(
                    of: place.load(as: UInt8.self) | isSet << UInt8(to & 7), as: UInt8.self)
            }
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[size...])
        return output
    }
}
