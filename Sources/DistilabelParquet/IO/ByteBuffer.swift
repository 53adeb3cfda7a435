/// A growing stretch of raw memory, freed with its owner.
///
/// The hot loops work on its base address; nothing of it is shared between threads.
final class ByteBuffer {
    private(set) var base: UnsafeMutableRawPointer
    private(set) var capacity: Int
    var count = 0

    init(capacity: Int = 64) {
        self.capacity = max(capacity, 64)
        base = .allocate(byteCount: self.capacity, alignment: 16)
    }

    deinit { base.deallocate() }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

    /// Makes room for `extra` more bytes.
    @inline(__always)
    func reserve(_ extra: Int) {
        if capacity - count < extra { grow(to: count + extra) }
    }

    @inline(never)
    private func grow(to needed: Int) {
        let wanted = max(needed, capacity * 2)
        let fresh = UnsafeMutableRawPointer.allocate(byteCount: wanted, alignment: 16)
        fresh.copyMemory(from: base, byteCount: count)
        base.deallocate()
        base = fresh
        capacity = wanted
    }

    @inline(__always)
    func append(_ source: UnsafeRawPointer, _ length: Int) {
        reserve(length)
        (base + count).copyMemory(from: source, byteCount: length)
        count += length
    }

    func append(_ source: UnsafeRawBufferPointer) {
        if let start = source.baseAddress { append(start, source.count) }
    }

    func append(_ source: [UInt8]) {
        source.withUnsafeBytes { append($0) }
    }

    @inline(__always)
    func append(byte: UInt8) {
        reserve(1)
        base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    /// Appends a number with its lowest byte first.
    @inline(__always)
    func append<Number: FixedWidthInteger & BitwiseCopyable>(number: Number) {
        reserve(MemoryLayout<Number>.size)
        (base + count).storeBytes(of: number.littleEndian, as: Number.self)
        count += MemoryLayout<Number>.size
    }

    func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(byte: UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(byte: UInt8(truncatingIfNeeded: rest))
    }
}
