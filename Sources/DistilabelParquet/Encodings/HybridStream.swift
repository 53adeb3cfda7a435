/// Reads runs and bit-packed stretches a few numbers at a time, so that a claim of many numbers costs no memory.
///
/// The memory behind `source` must outlive the stream.
struct HybridStream {
    private let source: UnsafeRawBufferPointer
    private let width: Int
    private var position = 0
    private var runLeft = 0
    private var runValue: UInt32 = 0
    private var packedLeft = 0
    private var packedBit = 0

    private static let truncated = ParquetError(.damaged, "a run of levels, indices or truth values is cut short")

    /// Starts at the first of some numbers of `width` bits (0 to 32).
    init(_ source: UnsafeRawBufferPointer, width: Int) throws {
        guard width >= 0, width <= 32 else {
            throw ParquetError(.damaged, "numbers of \(width) bits; 32 is the most there is")
        }
        self.source = source
        self.width = width
    }

    /// Reads the next `count` numbers into `output`.
    mutating func read<Number: FixedWidthInteger & UnsignedInteger>(
        _ count: Int, into output: UnsafeMutablePointer<Number>
    ) throws {
        var written = 0
        while written < count {
            if runLeft > 0 {
                let taken = min(runLeft, count - written)
                (output + written).update(repeating: Number(truncatingIfNeeded: runValue), count: taken)
                runLeft -= taken
                written += taken
            } else if packedLeft > 0 {
                let taken = min(packedLeft, count - written)
                try unpack(taken, into: output + written)
                packedLeft -= taken
                written += taken
                if packedLeft == 0 { position = min((packedBit + 7) >> 3, source.count) }
            } else {
                try startRun()
            }
        }
    }

    private mutating func startRun() throws {
        var header: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            guard position < source.count, shift < 35 else { throw Self.truncated }
            let byte = source[position]
            position += 1
            header |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { break }
            shift += 7
        }
        if header & 1 == 1 {
            packedLeft = Int(header >> 1) * 8
            packedBit = position * 8
            return
        }
        let size = (width + 7) / 8
        guard position + size <= source.count else { throw Self.truncated }
        runValue = 0
        for offset in 0..<size { runValue |= UInt32(source[position + offset]) << UInt32(8 * offset) }
        position += size
        runLeft = Int(header >> 1)
    }

    private mutating func unpack<Number: FixedWidthInteger & UnsignedInteger>(
        _ count: Int, into output: UnsafeMutablePointer<Number>
    ) throws {
        guard packedBit + count * width <= source.count * 8 else { throw Self.truncated }
        guard width > 0, let base = source.baseAddress else {
            output.update(repeating: 0, count: count)
            return
        }
        let mask = UInt64(1) << UInt64(width) - 1
        var bit = packedBit
        // Eight bytes are loaded at once as long as eight are there; the last few numbers are put together bytewise.
        let lastWord = (source.count - 8) * 8
        var index = 0
        while index < count, bit <= lastWord {
            let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self))
            output[index] = Number(truncatingIfNeeded: (word >> UInt64(bit & 7)) & mask)
            bit += width
            index += 1
        }
        while index < count {
            var word: UInt64 = 0
            let first = bit >> 3
            for offset in 0..<min(8, source.count - first) {
                word |= UInt64(source[first + offset]) << UInt64(8 * offset)
            }
            output[index] = Number(truncatingIfNeeded: (word >> UInt64(bit & 7)) & mask)
            bit += width
            index += 1
        }
        packedBit = bit
    }
}
