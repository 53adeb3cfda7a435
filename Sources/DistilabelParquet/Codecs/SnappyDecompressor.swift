/// Decompresses Snappy's raw format from bytes that nobody vouches for.
enum SnappyDecompressor {
    private static let damaged = ParquetError(.damaged, "a page compressed with Snappy does not decompress")

    /// Decompresses `source` into exactly `size` bytes at `target`.
    static func decompress(
        _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawPointer, size: Int
    ) throws {
        guard let base = source.baseAddress else { throw damaged }
        let end = source.count
        var position = 0
        var claimed = 0
        var shift = 0
        while true {
            guard position < end, shift <= 28 else { throw damaged }
            let byte = Int(base.load(fromByteOffset: position, as: UInt8.self))
            position += 1
            claimed |= (byte & 0x7F) << shift
            if byte < 0x80 { break }
            shift += 7
        }
        guard claimed == size else { throw damaged }
        var written = 0
        while position < end {
            let tag = Int(base.load(fromByteOffset: position, as: UInt8.self))
            position += 1
            if tag & 3 == 0 {
                var length = tag >> 2 + 1
                if length > 60 {
                    let extra = length - 60
                    guard position + extra <= end else { throw damaged }
                    length = 0
                    for offset in 0..<extra {
                        length |= Int(base.load(fromByteOffset: position + offset, as: UInt8.self)) << (8 * offset)
                    }
                    length += 1
                    position += extra
                } else if position + 64 <= end, written + 64 <= size {
                    // Copying more than is asked for is cheaper than copying exactly, where there is room.
                    var done = 0
                    repeat {
                        let words = (base + position + done).loadUnaligned(as: SIMD2<UInt64>.self)
                        (target + written + done).storeBytes(of: words, as: SIMD2<UInt64>.self)
                        done += 16
                    } while done < length
                    position += length
                    written += length
                    continue
                }
                guard position + length <= end, written + length <= size else { throw damaged }
                (target + written).copyMemory(from: base + position, byteCount: length)
                position += length
                written += length
                continue
            }
            let length: Int
            let offset: Int
            if tag & 2 == 0 || tag & 1 == 0, position + 2 <= end {
                // Both short forms at once, so that no branch depends on which it is.
                let isShort = tag & 1
                let trailer = Int(UInt16(littleEndian: (base + position).loadUnaligned(as: UInt16.self)))
                length = isShort == 1 ? (tag >> 2) & 7 + 4 : tag >> 2 + 1
                offset = isShort == 1 ? (tag >> 5) << 8 | trailer & 0xFF : trailer
                position += 2 - isShort
            } else {
                switch tag & 3 {
                case 1:
                    guard position < end else { throw damaged }
                    length = (tag >> 2) & 7 + 4
                    offset = (tag >> 5) << 8 | Int(base.load(fromByteOffset: position, as: UInt8.self))
                    position += 1
                case 2: throw damaged
                default:
                    guard position + 4 <= end else { throw damaged }
                    length = tag >> 2 + 1
                    offset = Int(UInt32(littleEndian: (base + position).loadUnaligned(as: UInt32.self)))
                    position += 4
                }
            }
            guard offset > 0, offset <= written, written + length <= size else { throw damaged }
            copy(target, written, offset: offset, length: length, size: size)
            written += length
        }
        guard written == size else { throw damaged }
    }

    @inline(__always)
    private static func copy(
        _ target: UnsafeMutableRawPointer, _ written: Int, offset: Int, length: Int, size: Int
    ) {
        let from = target + (written - offset)
        let to = target + written
        if offset >= 16, written + 64 <= size {
            var done = 0
            repeat {
                let words = (from + done).loadUnaligned(as: SIMD2<UInt64>.self)
                (to + done).storeBytes(of: words, as: SIMD2<UInt64>.self)
                done += 16
            } while done < length
        } else if offset >= 8, written + 64 <= size {
            var done = 0
            repeat {
                (to + done).storeBytes(of: (from + done).loadUnaligned(as: UInt64.self), as: UInt64.self)
                done += 8
            } while done < length
        } else {
            // The copy may overlap itself: that is how a short pattern is repeated.
            for index in 0..<length {
                to.storeBytes(of: from.load(fromByteOffset: index, as: UInt8.self), toByteOffset: index, as: UInt8.self)
            }
        }
    }
}
