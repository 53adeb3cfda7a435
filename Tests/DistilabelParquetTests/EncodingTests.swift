import Testing

@testable import DistilabelParquet

/// The encodings that no writer at hand makes in all their forms, held against the examples of the specification.
struct EncodingTests {
    /// The example of "Bit-packed (Deprecated)": 0 to 7 in three bits, the highest first, and then a value.
    @Test
    func bitPackedLevelsOfOldWriters() throws {
        let bytes: [UInt8] = [0b0000_0101, 0b0011_1001, 0b0111_0111, 42]
        try bytes.withUnsafeBytes { whole in
            var rest = whole
            let converted = try BitPackedLevels.convert(&rest, count: 8, width: 3)
            #expect(Array(rest) == [42])
            var stream = try HybridStream(converted.bytes, width: 3)
            var levels = [UInt8](repeating: 9, count: 8)
            try levels.withUnsafeMutableBufferPointer { try stream.read(8, into: try #require($0.baseAddress)) }
            #expect(levels == [0, 1, 2, 3, 4, 5, 6, 7])
        }
        [UInt8](repeating: 0, count: 2).withUnsafeBytes { whole in
            var rest = whole
            #expect(throws: ParquetError.self) { try BitPackedLevels.convert(&rest, count: 8, width: 3) }
        }
    }

    private func decode(_ bytes: [UInt8], in pieces: [Int]) throws -> ([Int64], end: Int) {
        try bytes.withUnsafeBytes { source in
            var stream = try DeltaStream(source)
            var all: [Int64] = []
            for piece in pieces {
                var numbers = [Int64](repeating: 0, count: max(1, piece))
                try numbers.withUnsafeMutableBufferPointer {
                    try stream.read(piece, into: try #require($0.baseAddress))
                }
                all += numbers.prefix(piece)
            }
            return (all, try DeltaStream.end(source))
        }
    }

    /// The two examples of "Delta Encoding", with blocks of eight in one part.
    @Test
    func deltasOfTheSpecification() throws {
        // 1, 2, 3, 4, 5: all differences are 1, which is the minimum, so they take no bits.
        let rising: [UInt8] = [8, 1, 5, 2, 2, 0]
        #expect(try decode(rising, in: [5]).0 == [1, 2, 3, 4, 5])
        #expect(try decode(rising, in: [1, 2, 2]).0 == [1, 2, 3, 4, 5])
        // 7, 5, 3, 1, 2, 3, 4, 5: differences -2 -2 -2 1 1 1 1, less the minimum 0 0 0 3 3 3 3 in two bits.
        let falling: [UInt8] = [8, 1, 8, 14, 3, 2, 0b1100_0000, 0b0011_1111]
        #expect(try decode(falling + [99], in: [3, 5]) == ([7, 5, 3, 1, 2, 3, 4, 5], end: 8))
        #expect(throws: ParquetError.self) { try decode(falling, in: [9]) }
        #expect(throws: ParquetError.self) { try decode(Array(falling.prefix(6)), in: [8]) }
        #expect(throws: ParquetError.self) { try decode([8, 0, 1, 2], in: [1]) }
    }

    /// Differences that overflow wrap around, and come back.
    @Test
    func deltasWrap() throws {
        // From the largest number to the smallest is a difference of 1 that wraps.
        let wrapping: [UInt8] = [8, 1, 2, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 2, 0]
        #expect(try decode(wrapping, in: [2]).0 == [.max, .min])
    }

    @Test
    func lz4BlocksWithOverlapsAndFramesDecompress() throws {
        // "ab" as literals, then eight bytes from two back, then "c".
        let block: [UInt8] = [0x24, 0x61, 0x62, 2, 0, 0x10, 0x63]
        let frame: [UInt8] = [0, 0, 0, 11, 0, 0, 0, 7] + block
        for (bytes, framed) in [(block, false), (frame, true), (block, true), (frame + frame, true)] {
            let count = bytes.count > 20 ? 22 : 11
            let target = ByteBuffer(capacity: 64)
            try bytes.withUnsafeBytes {
                if framed {
                    try LZ4.decompressFramed($0, into: target.base, size: count)
                } else {
                    try LZ4.decompress($0, into: target.base, size: count)
                }
            }
            target.count = count
            #expect(String(decoding: target.bytes, as: UTF8.self).hasPrefix("ababababab" + "c"))
        }
        for bad in [
            [], [0x24, 0x61], [0x24, 0x61, 0x62, 3, 0, 0x10, 0x63], [0xF0, 255, 255], Array(block.dropLast()),
        ] {
            let target = ByteBuffer(capacity: 64)
            #expect(throws: ParquetError.self) {
                try (bad as [UInt8]).withUnsafeBytes { try LZ4.decompress($0, into: target.base, size: 11) }
            }
        }
    }
}
