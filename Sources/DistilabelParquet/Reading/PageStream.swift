/// One page, taken apart: its levels and its values, in memory that holds until the next page is read.
struct Page {
    var kind: PageHeader.Kind
    var valueCount: Int
    var encoding: Int32
    /// The levels in the hybrid form; nil where the column has none.
    var repetitions: UnsafeRawBufferPointer?
    var definitions: UnsafeRawBufferPointer?
    var values: UnsafeRawBufferPointer
}

/// Reads the pages of one column chunk, one after another.
final class PageStream {
    private static let readAhead = 1 << 20

    private let source: any ParquetByteSource
    private let plan: LeafPlan
    private let codec: Int32
    private let end: Int
    private let chunkEnd: Int
    private var offset: Int
    private let window = ByteBuffer()
    private var windowStart = 0
    private let page = ByteBuffer()
    private let budget: MemoryBudget
    private var budgeted = 0
    /// Levels of very old writers, in the form of all others.
    private var converted: [ByteBuffer] = []

    /// - Parameters:
    ///   - end: where the pages of the file end at the latest.
    ///   - budget: what all pages at hand may take together.
    init(
        _ source: any ParquetByteSource, plan: LeafPlan, column: ColumnMetadata, end: Int, budget: MemoryBudget
    ) throws {
        self.source = source
        self.budget = budget
        self.plan = plan
        self.end = end
        codec = column.codec
        guard let start = Int(exactly: column.start), start >= 4, start <= end, column.compressedSize >= 0 else {
            throw ParquetError(.damaged, "the chunk lies outside the file")
        }
        offset = start
        chunkEnd = min(end, start + Int(min(column.compressedSize, Int64(end))))
    }

    deinit { budget.release(budgeted) }

    /// Reads the next page, or returns nil where the file has no more bytes for one.
    func next() throws -> Page? {
        while offset < end {
            let header = try readHeader()
            guard header.compressedSize <= end - offset else {
                throw ParquetError(.damaged, "a page reaches beyond the end of the file")
            }
            let start = offset
            offset += header.compressedSize
            if header.kind == .other { continue }
            try fill(start, header.compressedSize)
            let bytes = UnsafeRawBufferPointer(
                start: window.base + (start - windowStart), count: header.compressedSize)
            return try takeApart(header, bytes)
        }
        return nil
    }

    /// Makes sure that the window holds `count` bytes from `start` on.
    private func fill(_ start: Int, _ count: Int) throws {
        if start >= windowStart, start + count <= windowStart + window.count { return }
        let wanted = max(count, min(Self.readAhead, chunkEnd - start))
        window.count = 0
        if wanted > window.capacity {
            try budget.grow(by: wanted - window.capacity, "its column chunks claim more bytes than the file has")
            budgeted += wanted - window.capacity
        }
        window.reserve(wanted)
        try source.read(at: start, into: UnsafeMutableRawBufferPointer(start: window.base, count: wanted))
        window.count = wanted
        windowStart = start
    }

    private func readHeader() throws -> PageHeader {
        // No further than the chunk, beyond which a source that fetches ranges has nothing.
        var room = min(256, (offset < chunkEnd ? chunkEnd : end) - offset)
        while true {
            try fill(offset, room)
            let bytes = UnsafeRawBufferPointer(start: window.base + (offset - windowStart), count: room)
            do {
                let (header, length) = try PageHeader.read(bytes)
                offset += length
                return header
            } catch let error as ParquetError {
                // A header has no length of its own: where it did not end, look at more.
                guard error == CompactReader.truncated, room < end - offset, room < 1 << 24 else { throw error }
                room = min(room * 8, end - offset)
            }
        }
    }

    private func takeApart(_ header: PageHeader, _ bytes: UnsafeRawBufferPointer) throws -> Page {
        var rest = bytes
        var result = Page(kind: header.kind, valueCount: header.valueCount, encoding: header.encoding, values: bytes)
        if header.kind == .dataV2 {
            // In version 2 the levels stand before the values and are never compressed.
            let levels = header.repetitionBytes + header.definitionBytes
            guard levels <= bytes.count, levels <= header.uncompressedSize else {
                throw ParquetError(.damaged, "the levels of a page reach beyond its end")
            }
            if plan.maximumRepetition > 0 {
                result.repetitions = UnsafeRawBufferPointer(rebasing: bytes[..<header.repetitionBytes])
            }
            if plan.maximumDefinition > 0 {
                result.definitions = UnsafeRawBufferPointer(rebasing: bytes[header.repetitionBytes..<levels])
            }
            rest = UnsafeRawBufferPointer(rebasing: bytes[levels...])
            let size = header.uncompressedSize - levels
            result.values = header.isCompressed && size > 0 ? try decompress(rest, size: size) : rest
            return result
        }
        rest = try decompress(bytes, size: header.uncompressedSize)
        if header.kind == .data {
            converted = []
            if plan.maximumRepetition > 0 {
                result.repetitions = try levels(
                    &rest, header.repetitionEncoding, header.valueCount, maximum: plan.maximumRepetition)
            }
            if plan.maximumDefinition > 0 {
                result.definitions = try levels(
                    &rest, header.definitionEncoding, header.valueCount, maximum: plan.maximumDefinition)
            }
        }
        result.values = rest
        return result
    }

    /// Splits the levels, which their length precedes, off the front of a page of version 1.
    private func levels(
        _ rest: inout UnsafeRawBufferPointer, _ encoding: Int32, _ count: Int, maximum: UInt8
    ) throws -> UnsafeRawBufferPointer {
        if encoding == Encoding.bitPacked {
            let buffer = try BitPackedLevels.convert(&rest, count: count, width: HybridEncoder.width(of: Int(maximum)))
            converted.append(buffer)
            return buffer.bytes
        }
        guard encoding == Encoding.rle else {
            throw ParquetError(.unsupported, "its levels are encoded as \(Encoding.name(encoding))")
        }
        guard rest.count >= 4 else { throw ParquetError(.damaged, "a page ends before its levels") }
        let length = Int(UInt32(littleEndian: rest.loadUnaligned(as: UInt32.self)))
        guard length <= rest.count - 4 else {
            throw ParquetError(.damaged, "the levels of a page reach beyond its end")
        }
        defer { rest = UnsafeRawBufferPointer(rebasing: rest[(4 + length)...]) }
        return UnsafeRawBufferPointer(rebasing: rest[4..<4 + length])
    }

    private func decompress(_ bytes: UnsafeRawBufferPointer, size: Int) throws -> UnsafeRawBufferPointer {
        // What an uncompressed page says of its size is no matter, as long as it has its bytes.
        if codec == 0 { return bytes }
        try PageDecompressor.check(codec: codec)
        // No more than each codec can make of so few bytes, so that a claim alone takes no memory.
        let ratio =
            switch codec {
            case 1: 32
            case 2: 1100
            case 5, 7: 256
            case 6: 1 << 16
            default: 1 << 24
            }
        guard size <= (bytes.count + 16) * ratio else {
            throw ParquetError(.damaged, "a page of \(bytes.count) bytes claims to hold \(size)")
        }
        page.count = 0
        if size > page.capacity {
            try budget.grow(by: size - page.capacity, "a page of \(bytes.count) bytes claims to hold \(size)")
            budgeted += size - page.capacity
        }
        page.reserve(size)
        try PageDecompressor.decompress(codec: codec, bytes, into: page.base, size: size)
        page.count = size
        return page.bytes
    }
}
