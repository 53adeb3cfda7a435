/// Reads the compact protocol of Thrift from bytes that nobody vouches for.
///
/// Every length is held against what is left before anything is allocated for it.
struct CompactReader {
    private let base: UnsafeRawBufferPointer
    private(set) var position = 0
    private var depth = 0

    private static let maximumDepth = 32

    init(_ bytes: UnsafeRawBufferPointer) {
        base = bytes
    }

    private var left: Int { base.count - position }

    static let truncated = ParquetError(.damaged, "the metadata ends in the middle of a value")
    private static let malformed = ParquetError(.damaged, "the metadata is not in Thrift's compact form")

    private mutating func byte() throws -> UInt8 {
        guard position < base.count else { throw Self.truncated }
        defer { position += 1 }
        return base[position]
    }

    private mutating func varint() throws -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return value }
            shift += 7
            if shift > 63 { throw Self.malformed }
        }
    }

    private mutating func zigzag() throws -> Int64 {
        let raw = try varint()
        return Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
    }

    private mutating func length() throws -> Int {
        let value = try varint()
        guard value <= UInt64(left) else { throw Self.truncated }
        return Int(value)
    }

    /// Reads a struct: calls `body` with each field's number; `body` reads the value or says that it did not.
    mutating func structure(_ body: (inout CompactReader, Int16, CompactType) throws -> Bool) throws {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw Self.malformed }
        var id: Int16 = 0
        while true {
            let head = try byte()
            if head == 0 { return }
            guard let type = CompactType(rawValue: head & 0x0F), type != .stop else { throw Self.malformed }
            let delta = Int16(head >> 4)
            id = delta == 0 ? Int16(truncatingIfNeeded: try zigzag()) : id &+ delta
            if try !body(&self, id, type) { try skip(type, inField: true) }
        }
    }

    private mutating func skip(_ type: CompactType, inField: Bool) throws {
        switch type {
        case .stop: throw Self.malformed
        case .true, .false: if !inField { _ = try byte() }
        case .byte: _ = try byte()
        case .i16, .i32, .i64: _ = try varint()
        case .double:
            guard left >= 8 else { throw Self.truncated }
            position += 8
        case .binary: position += try length()
        case .structure: try structure { _, _, _ in false }
        case .list, .set:
            let (count, element) = try listHeader()
            for _ in 0..<count { try skipNested(element) }
        case .map:
            let count = try length()
            if count == 0 { return }
            let types = try byte()
            guard let key = CompactType(rawValue: types >> 4), let value = CompactType(rawValue: types & 0x0F) else {
                throw Self.malformed
            }
            for _ in 0..<count {
                try skipNested(key)
                try skipNested(value)
            }
        }
    }

    private mutating func skipNested(_ type: CompactType) throws {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw Self.malformed }
        try skip(type, inField: false)
    }

    private mutating func listHeader() throws -> (Int, CompactType) {
        let head = try byte()
        guard let type = CompactType(rawValue: head & 0x0F), type != .stop else { throw Self.malformed }
        let short = Int(head >> 4)
        // An element takes one byte at least, so a list is never longer than what is left.
        let count = short == 15 ? try length() : short
        guard count <= left else { throw Self.truncated }
        return (count, type)
    }

    private func expect(_ type: CompactType, _ wanted: CompactType) throws {
        guard type == wanted else { throw Self.malformed }
    }

    mutating func int(_ type: CompactType) throws -> Int32 {
        let value = try long(type)
        guard let small = Int32(exactly: value) else { throw Self.malformed }
        return small
    }

    mutating func long(_ type: CompactType) throws -> Int64 {
        switch type {
        case .i16, .i32, .i64: return try zigzag()
        case .byte: return Int64(Int8(bitPattern: try byte()))
        default: throw Self.malformed
        }
    }

    func bool(_ type: CompactType) throws -> Bool {
        switch type {
        case .true: return true
        case .false: return false
        default: throw Self.malformed
        }
    }

    mutating func binary(_ type: CompactType) throws -> [UInt8] {
        try expect(type, .binary)
        let count = try length()
        defer { position += count }
        return Array(base[position..<position + count])
    }

    mutating func string(_ type: CompactType) throws -> String {
        String(decoding: try binary(type), as: UTF8.self)
    }

    mutating func list<Element>(
        _ type: CompactType, _ element: (inout CompactReader, CompactType) throws -> Element
    ) throws -> [Element] {
        guard type == .list || type == .set else { throw Self.malformed }
        let (count, elementType) = try listHeader()
        var all: [Element] = []
        all.reserveCapacity(min(count, 1024))
        for _ in 0..<count { all.append(try element(&self, elementType)) }
        return all
    }

    mutating func structures<Element>(
        _ type: CompactType, _ element: (inout CompactReader) throws -> Element
    ) throws -> [Element] {
        try list(type) { reader, elementType in
            try reader.expect(elementType, .structure)
            return try element(&reader)
        }
    }
}
