internal import DistilabelValues

/// Numbers for rows that enter a graph: the same in every run for the same content, however rows before them change.
///
/// The first row of a content, the second of the same, … get different numbers, each its own in every run.
struct RowIdentities {
    private var seen: [UInt64: UInt32] = [:]

    /// The number of the next row.
    mutating func next(for row: Row) -> UInt64 {
        var hash = StableHash()
        for (name, value) in row.object {
            hash.add(name)
            hash.add(value)
        }
        let content = hash.value
        let earlier = seen[content, default: 0]
        seen[content] = earlier + 1
        return StableHash.mix(content, UInt64(earlier))
    }
}

/// A hash that is the same in every process, unlike Swift's.
struct StableHash {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Adds a number.
    mutating func combine(_ number: UInt64) { value = Self.mix(value, number) }

    /// Adds a text, eight bytes at a time.
    mutating func add(_ text: String) {
        var text = text
        combine(UInt64(text.utf8.count))
        text.withUTF8 { bytes in
            let raw = UnsafeRawBufferPointer(bytes)
            var offset = 0
            while offset + 8 <= raw.count {
                combine(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
                offset += 8
            }
            var rest: UInt64 = 0
            while offset < raw.count {
                rest = rest << 8 | UInt64(raw[offset])
                offset += 1
            }
            combine(rest)
        }
    }

    /// Adds a value and what is in it.
    mutating func add(_ value: Value) {
        switch value {
        case .null: combine(0)
        case .bool(let bool): combine(bool ? 2 : 1)
        case .int(let int):
            combine(3)
            combine(UInt64(bitPattern: Int64(int)))
        case .double(let double):
            combine(4)
            combine(double.bitPattern)
        case .string(let text):
            combine(5)
            add(text)
        case .array(let items):
            combine(6)
            combine(UInt64(items.count))
            for item in items { add(item) }
        case .object(let object):
            combine(7)
            combine(UInt64(object.count))
            for (key, item) in object {
                add(key)
                add(item)
            }
        }
    }

    /// One number of two (the finaliser of MurmurHash3 over their combination).
    static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        var mixed = (left ^ right &* 0x9E37_79B9_7F4A_7C15) &+ 0x632B_E59B_D9B4_E019
        mixed = (mixed ^ mixed >> 33) &* 0xFF51_AFD7_ED55_8CCD
        mixed = (mixed ^ mixed >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return mixed ^ mixed >> 33
    }
}
