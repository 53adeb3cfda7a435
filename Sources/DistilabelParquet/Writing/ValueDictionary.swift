/// The distinct values of a column chunk, each with a number, in the order in which they came first.
///
/// Values are kept in their plain encoding, so the dictionary page is the storage itself.
final class ValueDictionary {
    let storage = ByteBuffer(capacity: 1 << 12)
    private(set) var count = 0

    private var offsets: [Int] = [0]
    private var slots: [UInt32]
    private var hashes: [UInt32] = []
    private var mask: Int

    init() {
        slots = Array(repeating: 0, count: 1024)
        mask = 1023
    }

    /// The number of a value whose plain encoding is `prefix` (4 bytes of length) or nothing, then `length` bytes.
    func index(of source: UnsafeRawPointer, length: Int, lengthPrefixed: Bool) -> (index: UInt32, isNew: Bool) {
        let hash = Self.hash(source, length)
        let header = lengthPrefixed ? 4 : 0
        var slot = Int(hash) & mask
        while true {
            let found = slots[slot]
            if found == 0 { break }
            let index = Int(found) - 1
            if hashes[index] == hash {
                let start = offsets[index] + header
                if offsets[index + 1] - start == length, Self.equal(storage.base + start, source, length) {
                    return (UInt32(index), false)
                }
            }
            slot = (slot + 1) & mask
        }
        if lengthPrefixed { storage.append(number: UInt32(truncatingIfNeeded: length)) }
        storage.append(source, length)
        offsets.append(storage.count)
        hashes.append(hash)
        count += 1
        slots[slot] = UInt32(count)
        if count * 2 > mask { rehash() }
        return (UInt32(count - 1), true)
    }

    /// The plain encoding of the value under a number.
    func plain(_ index: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: storage.base + offsets[index], count: offsets[index + 1] - offsets[index])
    }

    private func rehash() {
        mask = mask * 2 + 1
        slots = Array(repeating: 0, count: mask + 1)
        for index in 0..<count {
            var slot = Int(hashes[index]) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(index + 1)
        }
    }

    @inline(__always)
    private static func equal(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ length: Int) -> Bool {
        var offset = 0
        while offset + 8 <= length {
            let one = left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            if one != right.loadUnaligned(fromByteOffset: offset, as: UInt64.self) { return false }
            offset += 8
        }
        while offset < length {
            let one = left.load(fromByteOffset: offset, as: UInt8.self)
            if one != right.load(fromByteOffset: offset, as: UInt8.self) { return false }
            offset += 1
        }
        return true
    }

    /// Multiplies and folds eight bytes at a time; good enough for a table of a megabyte that is thrown away.
    @inline(__always)
    private static func hash(_ source: UnsafeRawPointer, _ length: Int) -> UInt32 {
        let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
        var state = UInt64(truncatingIfNeeded: length) &* factor
        var offset = 0
        while offset + 8 <= length {
            let product = (state ^ source.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                .multipliedFullWidth(by: factor)
            state = product.high ^ product.low
            offset += 8
        }
        var tail: UInt64 = 0
        while offset < length {
            tail = tail << 8 | UInt64(source.load(fromByteOffset: offset, as: UInt8.self))
            offset += 1
        }
        let product = (state ^ tail).multipliedFullWidth(by: factor)
        let mixed = product.high ^ product.low
        return UInt32(truncatingIfNeeded: mixed ^ mixed >> 32)
    }
}
