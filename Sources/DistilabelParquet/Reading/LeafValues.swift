/// Decodes the values of one leaf column, page after page.
///
/// Nothing is decoded ahead of the levels: a page of few bytes may claim any number of values.
final class LeafValues {
    static let stretch = 1024

    private enum Mode {
        /// No values at all, or of one width, or each after its length, or of one bit.
        case none, fixed, bytes, bits
        /// Numbers in runs: those of dictionary values, or truth values.
        case dictionary, runs
        /// The bytes of a number far apart.
        case split
        /// Differences of numbers, of lengths, and of lengths of what a text has in common with the one before.
        case delta, deltaLengths, deltaTexts
    }

    private let plan: LeafPlan
    /// The bytes of a value of one width.
    private let width: Int
    private let budget: MemoryBudget
    /// What was taken of the budget.
    private var granted = 0
    private var mode = Mode.none
    /// Whether numbers of the mode are decoded a stretch at a time.
    private var isStretched = false
    private var values = UnsafeRawBufferPointer(start: nil, count: 0)
    private var offset = 0
    private var left = 0

    // Numbers that are decoded a stretch at a time.
    private var runs: HybridStream?
    private var deltas: DeltaStream?
    private var prefixes: DeltaStream?
    private let indices = ByteBuffer()
    private let numbers = ByteBuffer()
    private let shared = ByteBuffer()
    private var position = 0
    private var count = 0
    /// A value that does not lie in the page as it is.
    private let scratch = ByteBuffer()

    // The dictionary, in its plain encoding.
    private let dictionary = ByteBuffer()
    private var dictionaryOffsets: [Int] = []
    private(set) var dictionaryCount = 0

    init(_ plan: LeafPlan, budget: MemoryBudget) {
        self.plan = plan
        self.budget = budget
        width = plan.width
    }

    deinit { budget.release(granted) }

    private var short: ParquetError {
        ParquetError(.damaged, "column \(plan.name): a page ends before its values")
    }

    // MARK: Values

    /// Whether numbers must be decoded before the next value.
    @inline(__always) var needsNumbers: Bool { isStretched && position == count }

    /// Decodes some numbers, of which the page has `atHand` at least.
    @inline(never)
    func decode(atHand: Int) throws {
        let wanted = min(Self.stretch, left, max(1, atHand))
        switch mode {
        case .none, .fixed, .bytes, .bits, .split: return
        case .dictionary, .runs:
            guard wanted > 0, runs != nil else { throw short }
            try runs?.read(wanted, into: room(indices, for: UInt32.self))
        case .delta, .deltaLengths, .deltaTexts:
            guard wanted > 0, deltas != nil else { throw short }
            try deltas?.read(wanted, into: room(numbers, for: Int64.self))
            if prefixes != nil { try prefixes?.read(wanted, into: room(shared, for: Int64.self)) }
        }
        left -= wanted
        count = wanted
        position = 0
    }

    /// Room for a stretch of numbers; made only where it is needed, since a file may have very many columns.
    private func room<Number: BitwiseCopyable>(
        _ buffer: ByteBuffer, for type: Number.Type
    ) throws -> UnsafeMutablePointer<Number> {
        let size = Self.stretch * MemoryLayout<Number>.stride
        if buffer.capacity < size {
            try budget.grow(by: size, "column \(plan.name): there are very many columns")
            granted += size
            buffer.reserve(size)
        }
        return buffer.base.assumingMemoryBound(to: type)
    }

    @inline(__always)
    private func index(_ place: Int) -> Int {
        Int(indices.base.load(fromByteOffset: place * 4, as: UInt32.self))
    }

    @inline(__always)
    private func number(_ buffer: ByteBuffer, _ place: Int) -> Int64 {
        buffer.base.load(fromByteOffset: place * 8, as: Int64.self)
    }

    /// The next value.
    @inline(__always)
    func next() throws -> LeafEntry {
        switch mode {
        case .bytes:
            guard offset + 4 <= values.count else { throw short }
            let length = Int(UInt32(littleEndian: values.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
            guard length <= values.count - offset - 4 else { throw short }
            defer { offset += 4 + length }
            return .bytes(UnsafeRawBufferPointer(rebasing: values[offset + 4..<offset + 4 + length]))
        case .dictionary:
            let index = self.index(position)
            position += 1
            guard index < dictionaryCount else {
                throw ParquetError(
                    .damaged, "column \(plan.name): value \(index) of a dictionary of \(dictionaryCount)")
            }
            return .dictionary(index)
        case .fixed:
            guard offset + width <= values.count else { throw short }
            defer { offset += width }
            return entry(values, offset)
        case .runs:
            position += 1
            return .bool(index(position - 1) != 0)
        default: return try rarer()
        }
    }

    @inline(never)
    private func rarer() throws -> LeafEntry {
        switch mode {
        case .bits:
            guard offset >> 3 < values.count else { throw short }
            defer { offset += 1 }
            return .bool(values[offset >> 3] >> UInt8(offset & 7) & 1 == 1)
        case .split:
            let stride = width > 0 ? values.count / width : 0
            guard offset < stride else { throw short }
            scratch.count = 0
            for byte in 0..<width { scratch.append(byte: values[byte * stride + offset]) }
            offset += 1
            return entry(scratch.bytes, 0)
        case .delta:
            position += 1
            let value = number(numbers, position - 1)
            if plan.physical == .int64 { return .int(value) }
            return .int(integer(Int32(truncatingIfNeeded: value)))
        case .deltaLengths:
            position += 1
            let suffix = try suffix(number(numbers, position - 1))
            return .bytes(suffix)
        case .deltaTexts:
            position += 1
            let common = number(shared, position - 1)
            let suffix = try suffix(number(numbers, position - 1))
            guard common >= 0, common <= scratch.count else {
                throw ParquetError(.damaged, "column \(plan.name): a value shares more than the one before it has")
            }
            try budget.copy(Int(common), plan.name)
            scratch.count = Int(common)
            scratch.append(suffix)
            guard plan.physical == .byteArray || scratch.count == width else { throw short }
            return .bytes(scratch.bytes)
        default: return .missing
        }
    }

    private func suffix(_ claimed: Int64) throws -> UnsafeRawBufferPointer {
        guard claimed >= 0, claimed <= values.count - offset else { throw short }
        let length = Int(claimed)
        defer { offset += length }
        return UnsafeRawBufferPointer(rebasing: values[offset..<offset + length])
    }

    @inline(__always)
    private func integer(_ value: Int32) -> Int64 {
        plan.reading == .unsigned32 ? Int64(UInt32(bitPattern: value)) : Int64(value)
    }

    /// The value of one width that lies at an offset.
    @inline(__always)
    private func entry(_ source: UnsafeRawBufferPointer, _ offset: Int) -> LeafEntry {
        switch plan.physical {
        case .int64:
            return .int(Int64(littleEndian: source.loadUnaligned(fromByteOffset: offset, as: Int64.self)))
        case .double:
            let bits = UInt64(littleEndian: source.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            return .double(Double(bitPattern: bits))
        case .int32:
            return .int(
                integer(Int32(littleEndian: source.loadUnaligned(fromByteOffset: offset, as: Int32.self))))
        case .float:
            let bits = UInt32(littleEndian: source.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
            return .double(Double(Float(bitPattern: bits)))
        case .int96, .fixedLengthByteArray:
            return .bytes(UnsafeRawBufferPointer(rebasing: source[offset..<offset + width]))
        case .boolean, .byteArray: return .missing
        }
    }

    // MARK: Pages

    /// Turns to the values of the next page, of which there are at most `page.valueCount`.
    func start(_ page: Page) throws {
        values = page.values
        offset = 0
        position = 0
        count = 0
        left = page.valueCount
        mode = .none
        runs = nil
        deltas = nil
        prefixes = nil
        if plan.reading != .null { try chooseMode(page) }
        isStretched =
            switch mode {
            case .none, .fixed, .bytes, .bits, .split: false
            case .dictionary, .runs, .delta, .deltaLengths, .deltaTexts: true
            }
    }

    private func chooseMode(_ page: Page) throws {
        switch (page.encoding, plan.physical) {
        case (Encoding.plain, .boolean): mode = .bits
        case (Encoding.plain, .byteArray): mode = .bytes
        case (Encoding.plain, _): mode = .fixed
        case (Encoding.rleDictionary, _), (Encoding.plainDictionary, _):
            // A page without values may lack even the byte that says how wide its indices are.
            let bits = Int(values.first ?? 0)
            runs = try HybridStream(UnsafeRawBufferPointer(rebasing: values.dropFirst()), width: bits)
            mode = .dictionary
        case (Encoding.rle, .boolean): try startTruthValues()
        case (Encoding.byteStreamSplit, .int32), (Encoding.byteStreamSplit, .int64),
            (Encoding.byteStreamSplit, .float), (Encoding.byteStreamSplit, .double),
            (Encoding.byteStreamSplit, .fixedLengthByteArray):
            mode = .split
        case _ where values.isEmpty:
            // A page of nulls alone may lack the header of its encoding.
            mode = .none
            left = 0
        case (Encoding.deltaBinaryPacked, .int32), (Encoding.deltaBinaryPacked, .int64):
            deltas = try DeltaStream(values)
            mode = .delta
        case (Encoding.deltaLengthByteArray, .byteArray):
            try startSuffixes(at: 0)
            mode = .deltaLengths
        case (Encoding.deltaByteArray, .byteArray), (Encoding.deltaByteArray, .fixedLengthByteArray):
            prefixes = try DeltaStream(values)
            try startSuffixes(at: try DeltaStream.end(values))
            scratch.count = 0
            mode = .deltaTexts
        default:
            throw ParquetError(
                .unsupported,
                "column \(plan.name): its values are encoded as \(Encoding.name(page.encoding)), which is no encoding "
                    + "of its type; write the file again with plain or dictionary encoding")
        }
    }

    private func startTruthValues() throws {
        mode = .runs
        guard values.count >= 4 else {
            runs = try HybridStream(values, width: 1)
            return
        }
        let length = Int(UInt32(littleEndian: values.loadUnaligned(as: UInt32.self)))
        guard length <= values.count - 4 else { throw short }
        runs = try HybridStream(UnsafeRawBufferPointer(rebasing: values[4..<4 + length]), width: 1)
    }

    /// Finds the lengths of texts, and the texts after them.
    private func startSuffixes(at start: Int) throws {
        let rest = UnsafeRawBufferPointer(rebasing: values[start...])
        deltas = try DeltaStream(rest)
        offset = start + (try DeltaStream.end(rest))
    }

    /// Takes the page that holds the values which others only number.
    func take(dictionary page: Page) throws {
        guard page.encoding == Encoding.plain || page.encoding == Encoding.plainDictionary else {
            throw ParquetError(
                .unsupported, "column \(plan.name): its dictionary is encoded as \(Encoding.name(page.encoding))")
        }
        // The indices of a page read so far would mean other values.
        guard dictionaryCount == 0 else {
            throw ParquetError(.damaged, "column \(plan.name): a second dictionary in one chunk")
        }
        let least = plan.physical == .byteArray ? 4 : width
        guard page.valueCount == 0 || (least > 0 && page.valueCount <= page.values.count / least) else {
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
    func dictionaryValue(_ index: Int) -> LeafEntry {
        guard plan.physical == .byteArray else { return entry(dictionary.bytes, index * width) }
        let offset = dictionaryOffsets[index]
        let length = Int(
            UInt32(littleEndian: dictionary.bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
        return .bytes(UnsafeRawBufferPointer(rebasing: dictionary.bytes[offset + 4..<offset + 4 + length]))
    }
}
