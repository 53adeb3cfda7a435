/// A stack whose upper part can be moved out as an array without copying, and so without counting references.
struct MoveStack<Element>: ~Copyable {
    private var storage: UnsafeMutablePointer<Element>?
    private var capacity = 0
    private(set) var count = 0

    init() {}

    deinit {
        storage?.deinitialize(count: count)
        storage?.deallocate()
    }

    @inline(__always)
    mutating func push(_ element: consuming Element) {
        if count == capacity { grow() }
        // `grow` made room, so there is storage.
        storage.unsafelyUnwrapped.advanced(by: count).initialize(to: element)
        count += 1
    }

    /// Takes the elements from a position on away and returns them.
    mutating func pop(from first: Int) -> [Element] {
        let taken = count - first
        guard taken > 0, let storage else { return [] }
        count = first
        return Array(unsafeUninitializedCapacity: taken) { buffer, initialized in
            buffer.baseAddress?.moveInitialize(from: storage + first, count: taken)
            initialized = taken
        }
    }

    /// Moves the element at a position out; its place is void until `forget` drops it.
    @inline(__always)
    mutating func take(_ position: Int) -> Element {
        precondition(position < count, "the position is on the stack")
        return storage.unsafelyUnwrapped.advanced(by: position).move()
    }

    /// Takes the last element away, which there must be.
    @inline(__always)
    mutating func popLast() -> Element {
        let element = take(count - 1)
        count -= 1
        return element
    }

    /// Drops the places from a position on, all of whose elements were taken.
    mutating func forget(from first: Int) { count = first }

    private mutating func grow() {
        let wider = max(16, capacity * 2)
        let new = UnsafeMutablePointer<Element>.allocate(capacity: wider)
        if let storage {
            new.moveInitialize(from: storage, count: count)
            storage.deallocate()
        }
        storage = new
        capacity = wider
    }
}
