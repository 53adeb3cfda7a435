/// What a leaf column holds at one entry.
@usableFromInline
enum LeafEntry {
    /// No value: a null here or further up, or an empty list.
    case missing
    case bool(Bool)
    case int(Int64)
    case double(Double)
    /// Text or bytes, in memory that holds until the next entry is asked for.
    case bytes(UnsafeRawBufferPointer)
    /// The value of this number in the dictionary.
    case dictionary(Int)
}

/// Goes through the entries of one leaf column in one row group.
@usableFromInline
final class LeafCursor {
    private static let stretch = 1024

    private enum Values {
        case none, fixed, bytes, bits, dictionary, runs
    }

    let plan: LeafPlan
    @usableFromInline let isText: Bool
    private let pages: PageStream
    private var entriesLeft: Int
    /// How many more entries may be read before the batch counts as a bomb.
    var budget = Int.max

    // The levels at hand, a stretch of the page at a time.
    private let definitions: UnsafeMutablePointer<UInt8>
    private let repetitions: UnsafeMutablePointer<UInt8>
    private var position = 0
    private var count = 0
    private var pageLeft = 0
    private var definitionStream: HybridStream?
    private var repetitionStream: HybridStream?

    // The values of the page.
    private var mode = Values.none
    private var values = UnsafeRawBufferPointer(start: nil, count: 0)
    private var valueOffset = 0
    private var indexStream: HybridStream?
    private let indices: UnsafeMutablePointer<UInt32>
    private var indexPosition = 0
    private var indexCount = 0
    private var valuesLeft = 0

    // The dictionary, in its plain encoding.
    private let dictionary = ByteBuffer()
    private var dictionaryOffsets: [Int] = []
    @usableFromInline private(set) var dictionaryCount = 0

    init(_ source: any ByteSource, plan: LeafPlan, column: ColumnMetadata, end: Int) throws {
        self.plan = plan
        isText = plan.reading == .string
        pages = try PageStream(source, plan: plan, column: column, end: end)
        guard let total = Int(exactly: column.valueCount), total >= 0 else {
            throw ParquetError(.damaged, "a column chunk has a negative number of values")
        }
        entriesLeft = total
        definitions = .allocate(capacity: Self.stretch)
        repetitions = .allocate(capacity: Self.stretch)
        indices = .allocate(capacity: Self.stretch)
        definitions.initialize(repeating: plan.maximumDefinition, count: Self.stretch)
        repetitions.initialize(repeating: 0, count: Self.stretch)
        indices.initialize(repeating: 0, count: Self.stretch)
    }

    deinit {
        definitions.deallocate()
        repetitions.deallocate()
        indices.deallocate()
    }

    // MARK: Levels

    /// Makes sure that an entry is at hand; false where the chunk has no more.
    @inline(__always)
    private func isReady() throws -> Bool {
        if position < count { return true }
        return try refill()
    }

    @inline(never)
    private func refill() throws -> Bool {
        while pageLeft == 0 {
            guard entriesLeft > 0, let page = try pages.next() else { return false }
            if page.kind == .dictionary {
                try takeDictionary(page)
            } else {
                try start(page)
            }
        }
        count = min(pageLeft, Self.stretch)
        position = 0
        budget -= count
        guard budget >= 0 else {
            throw ParquetError(
                .damaged,
                "column \(plan.name): far more entries than the file has bytes for; raise `entryLimit` if that is right"
            )
        }
        if let levels = readLevels(definitionStream, definitions) { definitionStream = try levels.get() }
        if let levels = readLevels(repetitionStream, repetitions) { repetitionStream = try levels.get() }
        for index in 0..<count where definitions[index] > plan.maximumDefinition {
            throw ParquetError(.damaged, "column \(plan.name): a definition level of \(definitions[index])")
        }
        pageLeft -= count
        return true
    }

    private func readLevels(
        _ stream: HybridStream?, _ output: UnsafeMutablePointer<UInt8>
    ) -> Result<HybridStream, any Error>? {
        guard var stream else { return nil }
        return Result {
            try stream.read(count, into: output)
            return stream
        }
    }

    /// The definition level of the entry at hand.
    @usableFromInline
    func definition() throws -> UInt8 {
        guard try isReady() else { throw ended }
        return definitions[position]
    }

    /// Whether the entry at hand goes on with a list of a repetition level; false where the chunk has ended.
    @usableFromInline
    func continues(_ level: UInt8) throws -> Bool {
        try isReady() && repetitions[position] >= level
    }

    /// How many elements of the list that starts here are known without reading on; one at least.
    @usableFromInline
    func elementsAtHand(_ level: UInt8) throws -> Int {
        guard try isReady() else { throw ended }
        var found = 1
        var index = position + 1
        while index < count, repetitions[index] >= level {
            if repetitions[index] == level { found += 1 }
            index += 1
        }
        return found
    }

    /// Steps over an entry that has no value.
    @usableFromInline
    func skip() throws {
        guard try isReady() else { throw ended }
        guard definitions[position] < plan.maximumDefinition else {
            throw ParquetError(.damaged, "column \(plan.name): its levels do not agree with those of its neighbours")
        }
        position += 1
    }

    private var ended: ParquetError {
        ParquetError(.damaged, "column \(plan.name) has fewer values than its row group has rows")
    }

    // MARK: Values

    /// The entry at hand; goes on to the next.
    @usableFromInline
    func next() throws -> LeafEntry {
        guard try isReady() else { throw ended }
        let level = definitions[position]
        position += 1
        if level < plan.maximumDefinition { return .missing }
        switch mode {
        case .bytes:
            guard valueOffset + 4 <= values.count else { throw short }
            let length = Int(
                UInt32(littleEndian: values.loadUnaligned(fromByteOffset: valueOffset, as: UInt32.self)))
            guard length <= values.count - valueOffset - 4 else { throw short }
            defer { valueOffset += 4 + length }
            return .bytes(UnsafeRawBufferPointer(rebasing: values[valueOffset + 4..<valueOffset + 4 + length]))
        case .dictionary:
            let index = Int(try nextIndex())
            guard index < dictionaryCount else {
                throw ParquetError(
                    .damaged, "column \(plan.name): value \(index) of a dictionary of \(dictionaryCount)")
            }
            return .dictionary(index)
        case .fixed:
            let width = plan.physical.width ?? 8
            guard valueOffset + width <= values.count else { throw short }
            defer { valueOffset += width }
            return try number(values, valueOffset)
        case .bits:
            guard valueOffset >> 3 < values.count else { throw short }
            defer { valueOffset += 1 }
            return .bool(values[valueOffset >> 3] >> UInt8(valueOffset & 7) & 1 == 1)
        case .runs: return .bool(try nextIndex() != 0)
        case .none: return .missing
        }
    }

    private var short: ParquetError {
        ParquetError(.damaged, "column \(plan.name): a page ends before its values")
    }

    @inline(__always)
    private func nextIndex() throws -> UInt32 {
        if indexPosition == indexCount {
            indexCount = min(Self.stretch, valuesLeft)
            guard indexCount > 0, var stream = indexStream else { throw short }
            // The page may hold fewer values than entries; how many is known from the levels at hand alone.
            indexCount = min(indexCount, max(1, valuesAtHand()))
            try stream.read(indexCount, into: indices)
            indexStream = stream
            valuesLeft -= indexCount
            indexPosition = 0
        }
        defer { indexPosition += 1 }
        return indices[indexPosition]
    }

    /// The values among the levels at hand from the one just passed on.
    private func valuesAtHand() -> Int {
        var found = 1
        for index in position..<count where definitions[index] == plan.maximumDefinition { found += 1 }
        return found
    }

    @inline(__always)
    private func number(_ source: UnsafeRawBufferPointer, _ offset: Int) throws -> LeafEntry {
        switch plan.physical {
        case .int64:
            let value = Int64(littleEndian: source.loadUnaligned(fromByteOffset: offset, as: Int64.self))
            if plan.reading == .unsigned64, value < 0 {
                throw ParquetError(
                    .unsupported, "column \(plan.name): a whole number beyond the largest signed one of 64 bits")
            }
            return .int(value)
        case .double:
            let bits = UInt64(littleEndian: source.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            return .double(Double(bitPattern: bits))
        case .int32:
            let value = Int32(littleEndian: source.loadUnaligned(fromByteOffset: offset, as: Int32.self))
            return .int(plan.reading == .unsigned32 ? Int64(UInt32(bitPattern: value)) : Int64(value))
        case .float:
            let bits = UInt32(littleEndian: source.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
            return .double(Double(Float(bitPattern: bits)))
        default: return .missing
        }
    }

    // MARK: Pages

    private func start(_ page: Page) throws {
        guard page.valueCount <= entriesLeft else {
            throw ParquetError(.damaged, "column \(plan.name): a page has more values than its chunk")
        }
        entriesLeft -= page.valueCount
        pageLeft = page.valueCount
        definitionStream = try page.definitions.map {
            try HybridStream($0, width: HybridEncoder.width(of: Int(plan.maximumDefinition)))
        }
        repetitionStream = try page.repetitions.map {
            try HybridStream($0, width: HybridEncoder.width(of: Int(plan.maximumRepetition)))
        }
        values = page.values
        valueOffset = 0
        indexPosition = 0
        indexCount = 0
        valuesLeft = page.valueCount
        mode = try mode(page)
    }

    private func mode(_ page: Page) throws -> Values {
        if plan.reading == .null { return .none }
        switch (page.encoding, plan.physical) {
        case (Encoding.plain, .boolean): return .bits
        case (Encoding.plain, .byteArray): return .bytes
        case (Encoding.plain, .int32), (Encoding.plain, .int64), (Encoding.plain, .float), (Encoding.plain, .double):
            return .fixed
        case (Encoding.rleDictionary, _), (Encoding.plainDictionary, _):
            // A page without values may lack even the byte that says how wide its indices are.
            let width = Int(values.first ?? 0)
            indexStream = try HybridStream(UnsafeRawBufferPointer(rebasing: values.dropFirst()), width: width)
            return .dictionary
        case (Encoding.rle, .boolean):
            guard values.count >= 4 else {
                indexStream = try HybridStream(values, width: 1)
                return .runs
            }
            let length = Int(UInt32(littleEndian: values.loadUnaligned(as: UInt32.self)))
            guard length <= values.count - 4 else { throw short }
            indexStream = try HybridStream(UnsafeRawBufferPointer(rebasing: values[4..<4 + length]), width: 1)
            return .runs
        default:
            throw ParquetError(
                .unsupported,
                "column \(plan.name): its values are encoded as \(Encoding.name(page.encoding)); "
                    + "write the file again with plain or dictionary encoding")
        }
    }

    private func takeDictionary(_ page: Page) throws {
        guard page.encoding == Encoding.plain || page.encoding == Encoding.plainDictionary else {
            throw ParquetError(
                .unsupported, "column \(plan.name): its dictionary is encoded as \(Encoding.name(page.encoding))")
        }
        // The indices of a page read so far would mean other values.
        guard dictionaryCount == 0 else {
            throw ParquetError(.damaged, "column \(plan.name): a second dictionary in one chunk")
        }
        let width = plan.physical.width ?? (plan.physical == .byteArray ? 4 : 0)
        guard width > 0, page.valueCount <= page.values.count / width else {
            throw ParquetError(.damaged, "column \(plan.name): a dictionary ends before its values")
        }
        dictionary.append(page.values)
        if plan.physical == .byteArray {
            dictionaryOffsets.reserveCapacity(page.valueCount)
            var offset = 0
            for _ in 0..<page.valueCount {
                guard offset + 4 <= dictionary.count else { throw short }
                let length = Int(
                    UInt32(littleEndian: dictionary.bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
                guard length <= dictionary.count - offset - 4 else { throw short }
                dictionaryOffsets.append(offset)
                offset += 4 + length
            }
        }
        dictionaryCount = page.valueCount
    }

    /// The value of a number below ``dictionaryCount``.
    @usableFromInline
    func dictionaryValue(_ index: Int) throws -> LeafEntry {
        if plan.physical == .byteArray {
            let offset = dictionaryOffsets[index]
            let length = Int(
                UInt32(littleEndian: dictionary.bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
            return .bytes(UnsafeRawBufferPointer(rebasing: dictionary.bytes[offset + 4..<offset + 4 + length]))
        }
        return try number(dictionary.bytes, index * (plan.physical.width ?? 8))
    }

    /// The error for text that is no UTF-8.
    @usableFromInline
    var invalidText: ParquetError {
        ParquetError(.damaged, "column \(plan.name): a value of the type string is not UTF-8")
    }
}
