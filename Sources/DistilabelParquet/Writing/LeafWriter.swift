/// Packs the values of one leaf column into pages, and keeps the pages of the row group until it is written.
///
/// A dictionary is tried on every column chunk. It is given up when it does not pay, and closed when it grows past its
/// limit; pages after that are plain, which readers accept within one chunk.
@usableFromInline
final class LeafWriter {
    static let dictionaryLimit = 1 << 20
    private static let pageValueLimit = 1 << 18

    let path: [String]
    let physical: PhysicalType
    let maximumDefinition: UInt8
    let maximumRepetition: UInt8
    private let pageLimit: Int
    private let compressor: PageCompressor

    // The page that is being filled.
    private let definitions = ByteBuffer(capacity: 1 << 12)
    private let repetitions = ByteBuffer()
    private let values = ByteBuffer(capacity: 1 << 12)
    private let indices = ByteBuffer()
    private var usesDictionary = true

    // The row group's chunk so far.
    private let chunk = ByteBuffer(capacity: 1 << 12)
    private var dictionary: ValueDictionary?
    private var hasDictionaryPages = false
    private var hasPlainPages = false
    private var valueCount: Int64 = 0
    private var uncompressedSize: Int64 = 0
    private var statistics: StatisticsBuilder
    private(set) var rawByteCount = 0

    private let scratch = ByteBuffer()
    private let compressed = ByteBuffer()

    init(
        path: [String], physical: PhysicalType, maximumDefinition: UInt8, maximumRepetition: UInt8,
        pageLimit: Int, compressor: PageCompressor
    ) {
        self.path = path
        self.physical = physical
        self.maximumDefinition = maximumDefinition
        self.maximumRepetition = maximumRepetition
        self.pageLimit = pageLimit
        self.compressor = compressor
        statistics = StatisticsBuilder(physical)
        startChunk()
    }

    /// The column's name as errors give it.
    @usableFromInline var name: String { path.joined(separator: ".") }

    private func startChunk() {
        usesDictionary = physical != .boolean
        dictionary = usesDictionary ? ValueDictionary() : nil
        hasDictionaryPages = false
        hasPlainPages = false
        chunk.count = 0
        valueCount = 0
        uncompressedSize = 0
        rawByteCount = 0
        statistics = StatisticsBuilder(physical)
    }

    // MARK: Appending

    /// Notes the levels of the next entry; a page ends only where a row starts.
    @inline(__always)
    private func level(_ repetition: UInt8, _ definition: UInt8) throws {
        if repetition == 0, isPageFull { try flushPage() }
        definitions.append(byte: definition)
        if maximumRepetition > 0 { repetitions.append(byte: repetition) }
    }

    @inline(__always)
    private var isPageFull: Bool {
        values.count >= pageLimit || definitions.count >= Self.pageValueLimit
    }

    /// Appends an entry without a value: a null here or further up, or an empty list.
    @usableFromInline
    func appendMissing(repetition: UInt8, definition: UInt8) throws {
        try level(repetition, definition)
        statistics.nullCount += 1
    }

    @usableFromInline
    func append(bool value: Bool, repetition: UInt8) throws {
        try level(repetition, maximumDefinition)
        values.append(byte: value ? 1 : 0)
        rawByteCount += 1
        statistics.add(int: value ? 1 : 0)
    }

    @usableFromInline
    func append(int value: Int64, repetition: UInt8) throws {
        try level(repetition, maximumDefinition)
        if physical == .int32 {
            statistics.add(int: value)
            try append(number: Int32(truncatingIfNeeded: value))
        } else {
            statistics.add(int: value)
            try append(number: value)
        }
    }

    @usableFromInline
    func append(double value: Double, repetition: UInt8) throws {
        try level(repetition, maximumDefinition)
        statistics.add(double: value)
        if physical == .float {
            try append(number: Float(value).bitPattern)
        } else {
            try append(number: value.bitPattern)
        }
    }

    @inline(__always)
    private func append<Number: FixedWidthInteger & BitwiseCopyable>(number: Number) throws {
        rawByteCount += MemoryLayout<Number>.size
        if usesDictionary, let dictionary {
            let stored = number.littleEndian
            let (index, _) = withUnsafeBytes(of: stored) { bytes in
                // The bytes of a number are never empty.
                bytes.baseAddress.map { dictionary.index(of: $0, length: bytes.count, lengthPrefixed: false) }
                    ?? (0, false)
            }
            try note(index, in: dictionary)
        } else {
            values.append(number: number)
        }
    }

    @usableFromInline
    func append(bytes: UnsafeBufferPointer<UInt8>, repetition: UInt8) throws {
        guard bytes.count < Int(Int32.max) - (1 << 24) else {
            throw ParquetError(.cell, "column \(name): a value of \(bytes.count) bytes; a page holds less than 2 GiB")
        }
        try level(repetition, maximumDefinition)
        rawByteCount += bytes.count + 4
        let start: UnsafeRawPointer = bytes.baseAddress.map { UnsafeRawPointer($0) } ?? UnsafeRawPointer(values.base)
        if usesDictionary, let dictionary {
            let (index, isNew) = dictionary.index(of: start, length: bytes.count, lengthPrefixed: true)
            if isNew { statistics.add(bytes: UnsafeRawBufferPointer(start: start, count: bytes.count)) }
            try note(index, in: dictionary)
        } else {
            statistics.add(bytes: UnsafeRawBufferPointer(start: start, count: bytes.count))
            values.append(number: UInt32(truncatingIfNeeded: bytes.count))
            values.append(start, bytes.count)
        }
    }

    /// Appends a value of the length that all of the column have; no extremes are kept of them.
    func append(fixed bytes: UnsafeRawBufferPointer, repetition: UInt8) throws {
        guard let start = bytes.baseAddress else { return }
        try level(repetition, maximumDefinition)
        rawByteCount += bytes.count
        if usesDictionary, let dictionary {
            try note(dictionary.index(of: start, length: bytes.count, lengthPrefixed: false).index, in: dictionary)
        } else {
            values.append(start, bytes.count)
        }
    }

    // MARK: The dictionary

    @inline(__always)
    private func note(_ index: UInt32, in dictionary: ValueDictionary) throws {
        indices.append(number: index)
        // Looked at early and rarely: most columns of long text are known to be unique after a thousand values.
        if indices.count == 4 << 10 || dictionary.storage.count > Self.dictionaryLimit {
            reconsider(dictionary)
        }
    }

    private func reconsider(_ dictionary: ValueDictionary) {
        if !hasDictionaryPages, !pays(dictionary) {
            expand(dictionary)
            self.dictionary = nil
            usesDictionary = false
        } else if dictionary.storage.count > Self.dictionaryLimit {
            // The pages that use it stay; what this page holds becomes plain, like all that follows.
            expand(dictionary)
            usesDictionary = false
        }
    }

    private func pays(_ dictionary: ValueDictionary) -> Bool {
        let entries = indices.count / 4
        let packed = entries * HybridEncoder.width(of: dictionary.count) / 8
        var plain = 0
        indices.base.withMemoryRebound(to: UInt32.self, capacity: entries) { list in
            for entry in 0..<entries { plain += dictionary.plain(Int(list[entry])).count }
        }
        return (dictionary.storage.count + packed) * 5 < plain * 4
    }

    /// Turns the page's indices back into plain values.
    private func expand(_ dictionary: ValueDictionary) {
        let entries = indices.count / 4
        indices.base.withMemoryRebound(to: UInt32.self, capacity: entries) { list in
            for entry in 0..<entries { values.append(dictionary.plain(Int(list[entry]))) }
        }
        indices.count = 0
    }

    // MARK: Pages

    private func flushPage() throws {
        let count = definitions.count
        if count == 0 { return }
        if usesDictionary, let dictionary, !hasDictionaryPages, !pays(dictionary) {
            expand(dictionary)
            self.dictionary = nil
            usesDictionary = false
        }
        scratch.count = 0
        if maximumRepetition > 0 { appendLevels(repetitions, maximum: maximumRepetition) }
        appendLevels(definitions, maximum: maximumDefinition)
        var header = PageHeader()
        header.kind = .data
        header.valueCount = count
        if usesDictionary, let dictionary {
            header.encoding = Encoding.rleDictionary
            hasDictionaryPages = true
            let width = max(1, HybridEncoder.width(of: dictionary.count - 1))
            scratch.append(byte: UInt8(width))
            let entries = indices.count / 4
            indices.base.withMemoryRebound(to: UInt32.self, capacity: entries) {
                HybridEncoder.append($0, count: entries, width: width, to: scratch)
            }
        } else {
            header.encoding = Encoding.plain
            hasPlainPages = true
            if physical == .boolean { appendPackedBools() } else { scratch.append(values.bytes) }
        }
        try emit(scratch.bytes, header)
        valueCount += Int64(count)
        definitions.count = 0
        repetitions.count = 0
        values.count = 0
        indices.count = 0
    }

    private func appendLevels(_ levels: ByteBuffer, maximum: UInt8) {
        let start = scratch.count
        scratch.append(number: UInt32(0))
        let list = levels.base.assumingMemoryBound(to: UInt8.self)
        HybridEncoder.append(list, count: levels.count, width: HybridEncoder.width(of: Int(maximum)), to: scratch)
        let length = UInt32(truncatingIfNeeded: scratch.count - start - 4)
        (scratch.base + start).storeBytes(of: length.littleEndian, as: UInt32.self)
    }

    private func appendPackedBools() {
        let list = values.base.assumingMemoryBound(to: UInt8.self)
        var index = 0
        while index < values.count {
            var byte: UInt8 = 0
            for bit in 0..<min(8, values.count - index) { byte |= list[index + bit] << UInt8(bit) }
            scratch.append(byte: byte)
            index += 8
        }
    }

    private func emit(_ page: UnsafeRawBufferPointer, _ unsized: PageHeader) throws {
        guard page.count < Int(Int32.max) else {
            throw ParquetError(.cell, "column \(name): a row takes more than the 2 GiB that a page holds")
        }
        try compressor.compress(page, into: compressed)
        var header = unsized
        header.uncompressedSize = page.count
        header.compressedSize = compressed.count
        let bytes = header.encoded()
        uncompressedSize += Int64(bytes.count + page.count)
        chunk.append(bytes)
        chunk.append(compressed.bytes)
    }

    /// Writes the chunk to the file and starts the next; says where it lies and what it holds.
    func writeChunk(to output: FileOutput, codec: Int32) throws -> ColumnMetadata {
        try flushPage()
        var column = ColumnMetadata()
        column.type = physical.rawValue
        column.path = path
        column.codec = codec
        let start = output.position
        if hasDictionaryPages, let dictionary {
            var header = PageHeader()
            header.kind = .dictionary
            header.valueCount = dictionary.count
            header.encoding = Encoding.plain
            // The dictionary page comes first in the file, though its content is known last.
            let pages = chunk.count
            try emit(dictionary.storage.bytes, header)
            column.dictionaryPageOffset = start
            try output.write(UnsafeRawBufferPointer(rebasing: chunk.bytes[pages...]))
            chunk.count = pages
        }
        column.dataPageOffset = output.position
        try output.write(chunk.bytes)
        column.compressedSize = output.position - start
        column.uncompressedSize = uncompressedSize
        column.valueCount = valueCount
        column.encodings = [Encoding.rle]
        if hasPlainPages || hasDictionaryPages { column.encodings.append(Encoding.plain) }
        if hasDictionaryPages { column.encodings.append(Encoding.rleDictionary) }
        column.statistics = statistics.finished()
        startChunk()
        return column
    }
}
