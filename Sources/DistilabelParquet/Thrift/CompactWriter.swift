/// Writes the compact protocol of Thrift, in which Parquet keeps its metadata.
struct CompactWriter {
    private(set) var bytes: [UInt8] = []
    private var lastField: Int16 = 0
    private var outer: [Int16] = []

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    private mutating func zigzag(_ value: Int64) {
        varint(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }

    private mutating func field(_ id: Int16, _ type: CompactType) {
        let delta = id - lastField
        if delta > 0 && delta <= 15 {
            bytes.append(UInt8(delta) << 4 | type.rawValue)
        } else {
            bytes.append(type.rawValue)
            zigzag(Int64(id))
        }
        lastField = id
    }

    private mutating func text(_ value: some Collection<UInt8>) {
        varint(UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    mutating func int(_ id: Int16, _ value: Int32) {
        field(id, .i32)
        zigzag(Int64(value))
    }

    mutating func long(_ id: Int16, _ value: Int64) {
        field(id, .i64)
        zigzag(value)
    }

    mutating func short(_ id: Int16, _ value: Int16) {
        field(id, .i16)
        zigzag(Int64(value))
    }

    mutating func bool(_ id: Int16, _ value: Bool) {
        field(id, value ? .true : .false)
    }

    mutating func string(_ id: Int16, _ value: String) {
        field(id, .binary)
        text(value.utf8)
    }

    mutating func binary(_ id: Int16, _ value: [UInt8]) {
        field(id, .binary)
        text(value)
    }

    /// Writes a struct-valued field.
    mutating func structure(_ id: Int16, _ body: (inout CompactWriter) -> Void) {
        field(id, .structure)
        element(body)
    }

    /// Writes a struct without a field header: the whole message, or an element of a list.
    mutating func element(_ body: (inout CompactWriter) -> Void) {
        outer.append(lastField)
        lastField = 0
        body(&self)
        bytes.append(0)
        lastField = outer.removeLast()
    }

    private mutating func listHeader(_ count: Int, _ type: CompactType) {
        if count < 15 {
            bytes.append(UInt8(count) << 4 | type.rawValue)
        } else {
            bytes.append(0xF0 | type.rawValue)
            varint(UInt64(count))
        }
    }

    mutating func structures<Element>(
        _ id: Int16, _ elements: [Element], _ body: (inout CompactWriter, Element) -> Void
    ) {
        field(id, .list)
        listHeader(elements.count, .structure)
        for item in elements { element { body(&$0, item) } }
    }

    mutating func strings(_ id: Int16, _ elements: [String]) {
        field(id, .list)
        listHeader(elements.count, .binary)
        for item in elements { text(item.utf8) }
    }

    mutating func ints(_ id: Int16, _ elements: [Int32]) {
        field(id, .list)
        listHeader(elements.count, .i32)
        for item in elements { zigzag(Int64(item)) }
    }
}

/// The types of the compact protocol, by their number on the wire.
enum CompactType: UInt8 {
    case stop = 0
    case `true` = 1
    case `false` = 2
    case byte = 3
    case i16 = 4
    case i32 = 5
    case i64 = 6
    case double = 7
    case binary = 8
    case list = 9
    case set = 10
    case map = 11
    case structure = 12
}
