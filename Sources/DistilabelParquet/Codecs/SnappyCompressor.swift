/// Compresses into Snappy's raw format, as Parquet wants it (no frame).
///
/// Format: https://github.com/google/snappy/blob/main/format_description.txt
struct SnappyCompressor: ~Copyable {
    private static let tableBits = 14
    private static let blockSize = 1 << 16

    /// For each hash of four bytes, where in the block they were last seen.
    private let table: UnsafeMutablePointer<UInt16>

    init() {
        table = .allocate(capacity: 1 << Self.tableBits)
    }

    deinit { table.deallocate() }

    /// Appends the compressed form of `source` to `output`.
    borrowing func compress(_ source: UnsafeRawBufferPointer, into output: ByteBuffer) {
        output.append(varint: UInt64(source.count))
        guard let base = source.baseAddress else { return }
        // Text that cannot be compressed grows by a sixth at most, and a literal has five bytes before it.
        output.reserve(source.count + source.count / 6 + 64)
        var start = 0
        while start < source.count {
            let length = min(Self.blockSize, source.count - start)
            output.count += block(base + start, length, output.base + output.count)
            start += length
        }
    }

    /// Compresses one block, beyond which matches never reach, and returns the number of bytes written.
    private borrowing func block(
        _ source: UnsafeRawPointer, _ length: Int, _ target: UnsafeMutableRawPointer
    ) -> Int {
        var out = target
        var literal = 0
        let table = self.table
        if length >= 16 {
            // Short blocks get a small table, which is cheaper to clear.
            var bits = 8
            while bits < Self.tableBits, 1 << bits < length { bits += 1 }
            table.update(repeating: 0, count: 1 << bits)
            let shift = UInt32(32 - bits)
            let limit = length - 15
            var position = 1
            var nextHash = hash(load32(source, position), shift)
            scan: while true {
                var skip = 32
                var probe = position
                var candidate = 0
                repeat {
                    position = probe
                    let current = nextHash
                    probe = position + skip >> 5
                    skip += 1
                    if probe > limit { break scan }
                    nextHash = hash(load32(source, probe), shift)
                    candidate = Int(table[current])
                    table[current] = UInt16(truncatingIfNeeded: position)
                } while load32(source, position) != load32(source, candidate)

                out = emitInnerLiteral(source + literal, position - literal, out)
                repeat {
                    let matched = 4 + commonLength(source, candidate + 4, position + 4, length)
                    out = emitCopy(out, offset: position - candidate, length: matched)
                    position += matched
                    literal = position
                    if position >= limit { break scan }
                    table[hash(load32(source, position - 1), shift)] = UInt16(truncatingIfNeeded: position - 1)
                    let here = hash(load32(source, position), shift)
                    candidate = Int(table[here])
                    table[here] = UInt16(truncatingIfNeeded: position)
                } while load32(source, position) == load32(source, candidate)
                position += 1
                nextHash = hash(load32(source, position), shift)
            }
        }
        if literal < length { out = emitLiteral(source + literal, length - literal, out) }
        return out - target
    }

    @inline(__always)
    private borrowing func load32(_ base: UnsafeRawPointer, _ offset: Int) -> UInt32 {
        base.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
    }

    @inline(__always)
    private borrowing func hash(_ value: UInt32, _ shift: UInt32) -> Int {
        Int((value &* 0x1E35_A7BD) &>> shift)
    }

    /// How many bytes are equal from two places on.
    @inline(__always)
    private borrowing func commonLength(_ base: UnsafeRawPointer, _ left: Int, _ right: Int, _ end: Int) -> Int {
        var count = 0
        while right + count + 8 <= end {
            let one = base.loadUnaligned(fromByteOffset: left + count, as: UInt64.self)
            let two = base.loadUnaligned(fromByteOffset: right + count, as: UInt64.self)
            if one != two { return count + (one ^ two).littleEndian.trailingZeroBitCount >> 3 }
            count += 8
        }
        while right + count < end,
            base.load(fromByteOffset: left + count, as: UInt8.self)
                == base.load(fromByteOffset: right + count, as: UInt8.self)
        {
            count += 1
        }
        return count
    }

    /// As `emitLiteral`, where at least fifteen bytes follow in the block.
    ///
    /// Short ones are copied sixteen at a time, with what follows them, which is overwritten by what comes next.
    @inline(__always)
    private borrowing func emitInnerLiteral(
        _ source: UnsafeRawPointer, _ length: Int, _ target: UnsafeMutableRawPointer
    ) -> UnsafeMutableRawPointer {
        if length == 0 || length > 60 { return emitLiteral(source, length, target) }
        target.storeBytes(of: UInt8(truncatingIfNeeded: (length - 1) << 2), as: UInt8.self)
        var done = 0
        repeat {
            let words = (source + done).loadUnaligned(as: SIMD2<UInt64>.self)
            (target + 1 + done).storeBytes(of: words, as: SIMD2<UInt64>.self)
            done += 16
        } while done < length
        return target + 1 + length
    }

    @inline(__always)
    private borrowing func emitLiteral(
        _ source: UnsafeRawPointer, _ length: Int, _ target: UnsafeMutableRawPointer
    ) -> UnsafeMutableRawPointer {
        if length == 0 { return target }
        var out = target
        let stored = length - 1
        if stored < 60 {
            out.storeBytes(of: UInt8(truncatingIfNeeded: stored << 2), as: UInt8.self)
            out += 1
        } else if stored < 256 {
            out.storeBytes(of: 60 << 2, as: UInt8.self)
            out.storeBytes(of: UInt8(truncatingIfNeeded: stored), toByteOffset: 1, as: UInt8.self)
            out += 2
        } else {
            out.storeBytes(of: 61 << 2, as: UInt8.self)
            (out + 1).storeBytes(of: UInt16(truncatingIfNeeded: stored).littleEndian, as: UInt16.self)
            out += 3
        }
        out.copyMemory(from: source, byteCount: length)
        return out + length
    }

    @inline(__always)
    private borrowing func emitCopy(
        _ target: UnsafeMutableRawPointer, offset: Int, length: Int
    ) -> UnsafeMutableRawPointer {
        var out = target
        var left = length
        while left >= 68 {
            out = emitLongCopy(out, offset: offset, length: 64)
            left -= 64
        }
        if left > 64 {
            // Leave at least four, the least that a copy may have.
            out = emitLongCopy(out, offset: offset, length: 60)
            left -= 60
        }
        if left >= 12 || offset >= 2048 { return emitLongCopy(out, offset: offset, length: left) }
        out.storeBytes(of: UInt8(truncatingIfNeeded: 1 | (left - 4) << 2 | (offset >> 8) << 5), as: UInt8.self)
        out.storeBytes(of: UInt8(truncatingIfNeeded: offset), toByteOffset: 1, as: UInt8.self)
        return out + 2
    }

    @inline(__always)
    private borrowing func emitLongCopy(
        _ target: UnsafeMutableRawPointer, offset: Int, length: Int
    ) -> UnsafeMutableRawPointer {
        target.storeBytes(of: UInt8(truncatingIfNeeded: 2 | (length - 1) << 2), as: UInt8.self)
        (target + 1).storeBytes(of: UInt16(truncatingIfNeeded: offset).littleEndian, as: UInt16.self)
        return target + 3
    }
}
