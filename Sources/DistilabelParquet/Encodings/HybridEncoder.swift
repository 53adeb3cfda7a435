/// Writes numbers as runs of equal ones and stretches of bit-packed ones, eight at a time.
enum HybridEncoder {
    /// Appends `count` numbers, each of `width` bits (1 to 32).
    static func append<Number: FixedWidthInteger & UnsignedInteger>(
        _ numbers: UnsafePointer<Number>, count: Int, width: Int, to output: ByteBuffer
    ) {
        var index = 0
        var literalStart = 0
        while index < count {
            let value = numbers[index]
            var end = index + 1
            while end < count, numbers[end] == value { end += 1 }
            let pending = index - literalStart
            // A stretch of literals holds a multiple of eight numbers, so a run first tops up the one before it.
            let needed = (8 - pending & 7) & 7
            let run = end - index - needed
            if run >= 8 || (pending == 0 && end == count) {
                index += needed
                pack(numbers + literalStart, count: index - literalStart, width: width, to: output)
                output.append(varint: UInt64(run) << 1)
                var rest = UInt32(truncatingIfNeeded: value)
                for _ in 0..<(width + 7) / 8 {
                    output.append(byte: UInt8(truncatingIfNeeded: rest))
                    rest >>= 8
                }
                literalStart = end
            }
            index = end
        }
        pack(numbers + literalStart, count: count - literalStart, width: width, to: output)
    }

    private static func pack<Number: FixedWidthInteger & UnsignedInteger>(
        _ numbers: UnsafePointer<Number>, count: Int, width: Int, to output: ByteBuffer
    ) {
        if count == 0 { return }
        let groups = (count + 7) / 8
        output.append(varint: UInt64(groups) << 1 | 1)
        output.reserve(groups * width + 8)
        var bits: UInt64 = 0
        var filled = 0
        var target = output.base + output.count
        for index in 0..<groups * 8 {
            let value = index < count ? UInt64(truncatingIfNeeded: numbers[index]) : 0
            bits |= value << UInt64(filled)
            filled += width
            while filled >= 8 {
                target.storeBytes(of: UInt8(truncatingIfNeeded: bits), as: UInt8.self)
                target += 1
                bits >>= 8
                filled -= 8
            }
        }
        output.count += groups * width
    }

    /// The bits that a number up to `maximum` takes.
    static func width(of maximum: Int) -> Int {
        Int.bitWidth - maximum.leadingZeroBitCount
    }
}
