/// Bytes in the layout of FlatBuffers, of which nothing is believed: whatever they say, reading gives a value or throws.
///
/// Format: https://flatbuffers.dev/internals/
struct FlatBuffer {
    let bytes: [UInt8]

    static let damaged = DatasetError(.malformed, "its metadata contradicts itself")

    /// The number at a position.
    func number<Number: FixedWidthInteger>(at position: Int, as type: Number.Type = Number.self) throws -> Number {
        let size = MemoryLayout<Number>.size
        guard position >= 0, position <= bytes.count - size else { throw Self.damaged }
        return bytes.withUnsafeBytes {
            Number(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: Number.self))
        }
    }

    /// The position that the offset at a position leads to.
    func target(at position: Int) throws -> Int {
        let offset: UInt32 = try number(at: position)
        return position + Int(offset)
    }

    /// The outermost table.
    func root() throws -> Table { try Table(self, at: target(at: 0)) }

    /// A table: numbered fields, each of which may be absent.
    struct Table {
        private let buffer: FlatBuffer
        private let position: Int
        private let fields: Int
        private let fieldCount: Int

        init(_ buffer: FlatBuffer, at position: Int) throws {
            self.buffer = buffer
            self.position = position
            let offset: Int32 = try buffer.number(at: position)
            let start = position - Int(offset)
            let size: UInt16 = try buffer.number(at: start)
            guard size >= 4 else { throw FlatBuffer.damaged }
            fields = start + 4
            fieldCount = (Int(size) - 4) / 2
        }

        /// Where a field lies; nil where it is absent.
        private func place(_ field: Int) throws -> Int? {
            guard field < fieldCount else { return nil }
            let offset: UInt16 = try buffer.number(at: fields + 2 * field)
            return offset == 0 ? nil : position + Int(offset)
        }

        /// A number, or what it is where it is absent.
        func number<Number: FixedWidthInteger>(_ field: Int, default absent: Number) throws -> Number {
            try place(field).map { try buffer.number(at: $0) } ?? absent
        }

        func bool(_ field: Int) throws -> Bool { try number(field, default: UInt8(0)) != 0 }

        func table(_ field: Int) throws -> Table? {
            try place(field).map { try Table(buffer, at: buffer.target(at: $0)) }
        }

        func text(_ field: Int) throws -> String? {
            guard let (start, count) = try vector(field, elementSize: 1) else { return nil }
            guard let text = String(validating: buffer.bytes[start..<start + count], as: UTF8.self) else {
                throw FlatBuffer.damaged
            }
            return text
        }

        func tables(_ field: Int) throws -> [Table] {
            guard let (start, count) = try vector(field, elementSize: 4) else { return [] }
            return try (0..<count).map { try Table(buffer, at: buffer.target(at: start + 4 * $0)) }
        }

        /// Structs of 64-bit numbers, one after the other.
        func numbers(_ field: Int, each: Int) throws -> [[Int]] {
            guard let (start, count) = try vector(field, elementSize: 8 * each) else { return [] }
            return try (0..<count).map { element in
                try (0..<each).map { part in
                    let number: Int64 = try buffer.number(at: start + 8 * (element * each + part))
                    return Int(number)
                }
            }
        }

        private func vector(_ field: Int, elementSize: Int) throws -> (start: Int, count: Int)? {
            guard let place = try place(field) else { return nil }
            let target = try buffer.target(at: place)
            let count: UInt32 = try buffer.number(at: target)
            let start = target + 4
            guard Int(count) <= (buffer.bytes.count - start) / elementSize else { throw FlatBuffer.damaged }
            return (start, Int(count))
        }
    }
}

/// Makes bytes in the layout of FlatBuffers.
///
/// They are made from the end to the start, so that what is pointed to is there before what points to it. Positions are counted from
/// the end.
struct FlatBufferBuilder {
    /// The bytes, the last one first.
    private var reversed: [UInt8] = []

    /// A field of a table: a number, or where something lies that was made before.
    enum Field {
        case byte(UInt8)
        case short(Int16)
        case int(Int32)
        case long(Int64)
        case offset(Int)
    }

    private mutating func pad(to alignment: Int, before size: Int = 0) {
        while (reversed.count + size) % alignment != 0 { reversed.append(0) }
    }

    private mutating func push(_ number: some FixedWidthInteger) {
        pad(to: MemoryLayout.size(ofValue: number))
        withUnsafeBytes(of: number.bigEndian) { reversed.append(contentsOf: $0) }
    }

    private mutating func push(offset target: Int) {
        pad(to: 4)
        push(UInt32(reversed.count + 4 - target))
    }

    mutating func text(_ text: String) -> Int {
        let bytes = Array(text.utf8)
        pad(to: 4, before: bytes.count + 1)
        reversed.append(0)
        reversed.append(contentsOf: bytes.reversed())
        push(UInt32(bytes.count))
        return reversed.count
    }

    mutating func vector(_ targets: [Int]) -> Int {
        for target in targets.reversed() { push(offset: target) }
        push(UInt32(targets.count))
        return reversed.count
    }

    /// Structs of 64-bit numbers.
    mutating func vector(structs: [[Int64]]) -> Int {
        pad(to: 8)
        for number in structs.joined().reversed() { push(number) }
        push(UInt32(structs.count))
        return reversed.count
    }

    mutating func table(_ fields: [Int: Field]) -> Int {
        let bottom = reversed.count
        var places: [Int: Int] = [:]
        for (number, field) in fields.sorted(by: { $0.key > $1.key }) {
            switch field {
            case .byte(let value): push(value)
            case .short(let value): push(value)
            case .int(let value): push(value)
            case .long(let value): push(value)
            case .offset(let target): push(offset: target)
            }
            places[number] = reversed.count
        }
        push(Int32(0))
        let top = reversed.count
        let count = (fields.keys.max() ?? -1) + 1
        for number in (0..<count).reversed() { push(UInt16(places[number].map { top - $0 } ?? 0)) }
        push(UInt16(top - bottom))
        push(UInt16(4 + 2 * count))
        withUnsafeBytes(of: Int32(reversed.count - top).bigEndian) {
            reversed.replaceSubrange(top - 4..<top, with: $0)
        }
        return top
    }

    /// All bytes, a multiple of eight.
    mutating func finish(root: Int) -> [UInt8] {
        pad(to: 8, before: 4)
        push(offset: root)
        return reversed.reversed()
    }
}
