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

    let plan: LeafPlan
    @usableFromInline let isText: Bool
    /// Whether the values mean more than what they are kept as, so that ``scalar(_:)`` must be asked.
    @usableFromInline let isScalar: Bool
    private let pages: PageStream
    private let values: LeafValues
    private var entriesLeft: Int
    /// How many more entries may be read before the batch counts as a bomb.
    var entryBudget = Int.max

    // The levels at hand, a stretch of the page at a time.
    private let definitions: UnsafeMutablePointer<UInt8>
    private let repetitions: UnsafeMutablePointer<UInt8>
    private var position = 0
    private var count = 0
    private var pageLeft = 0
    private var definitionStream: HybridStream?
    private var repetitionStream: HybridStream?

    init(
        _ source: any ParquetByteSource, plan: LeafPlan, column: ColumnMetadata, end: Int, budget: MemoryBudget
    ) throws {
        self.plan = plan
        isText = plan.reading == .string
        isScalar = plan.reading.isScalar
        pages = try PageStream(source, plan: plan, column: column, end: end, budget: budget)
        values = LeafValues(plan, budget: budget)
        guard let total = Int(exactly: column.valueCount), total >= 0 else {
            throw ParquetError(.damaged, "a column chunk has a negative number of values")
        }
        entriesLeft = total
        definitions = .allocate(capacity: Self.stretch)
        repetitions = .allocate(capacity: Self.stretch)
        definitions.initialize(repeating: plan.maximumDefinition, count: Self.stretch)
        repetitions.initialize(repeating: 0, count: Self.stretch)
    }

    deinit {
        definitions.deallocate()
        repetitions.deallocate()
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
                try values.take(dictionary: page)
            } else {
                try start(page)
            }
        }
        count = min(pageLeft, Self.stretch)
        position = 0
        entryBudget -= count
        guard entryBudget >= 0 else {
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
        if values.needsNumbers { try values.decode(atHand: valuesAtHand()) }
        return try values.next()
    }

    /// The values among the levels at hand from the one just passed on.
    private func valuesAtHand() -> Int {
        var found = 1
        for index in position..<count where definitions[index] == plan.maximumDefinition { found += 1 }
        return found
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
        try values.start(page)
    }

    // MARK: The dictionary

    @usableFromInline var dictionaryCount: Int { values.dictionaryCount }

    /// The value of a number below ``dictionaryCount``.
    @usableFromInline
    func dictionaryValue(_ index: Int) throws -> LeafEntry { values.dictionaryValue(index) }

    // MARK: Meaning

    /// What an entry means in a column whose values mean more than what they are kept as.
    @usableFromInline
    func scalar(_ entry: LeafEntry) throws -> ParquetScalarEntry { try plan.scalar(entry) }

    /// The error for text that is no UTF-8.
    @usableFromInline
    var invalidText: ParquetError {
        ParquetError(.damaged, "column \(plan.name): a value of the type string is not UTF-8")
    }
}
