/// Bytes that are written one after the other into memory that grows as needed.
struct ByteBuilder: ~Copyable {
    private var storage: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = max(capacity, 16)
        storage = .allocate(capacity: self.capacity)
    }

    deinit { storage.deallocate() }

    /// The bytes written, valid until the next one is.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: storage, count: count) }

    mutating func removeAll() { count = 0 }

    /// Makes room for more bytes, so that the `unchecked` functions may be used for as many.
    @inline(__always)
    mutating func reserve(_ room: Int) {
        if count &+ room > capacity { grow(room) }
    }

    @inline(never)
    private mutating func grow(_ room: Int) {
        let wider = max(capacity * 2, count + room)
        let new = UnsafeMutablePointer<UInt8>.allocate(capacity: wider)
        new.update(from: storage, count: count)
        storage.deallocate()
        storage = new
        capacity = wider
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        reserve(1)
        uncheckedAppend(byte)
    }

    @inline(__always)
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        reserve(bytes.count)
        uncheckedAppend(bytes)
    }

    mutating func append(_ text: StaticString) {
        append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inline(__always)
    mutating func uncheckedAppend(_ byte: UInt8) {
        storage[count] = byte
        count &+= 1
    }

    @inline(__always)
    mutating func uncheckedAppend(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        UnsafeMutableRawPointer(storage + count).copyMemory(from: base, byteCount: bytes.count)
        count &+= bytes.count
    }
}
