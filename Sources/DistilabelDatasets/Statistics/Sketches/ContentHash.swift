internal import DistilabelValues

/// A hash of 64 bits of values, the same in every process and on every machine.
///
/// Equal values of two forms of a dataset have equal hashes: 1 and 1.0 are one number, and a field that is null is one
/// that is not there, since Parquet cannot tell them apart. The mixing steps are those of MurmurHash3 (Appleby, public
/// domain). Among a million different values two share a hash with a probability of 3 in 100 million.
struct ContentHash {
    private var state: UInt64 = 0

    /// Deeper than this, values are compared by their compact JSON, so that the stack stays small.
    private static let depthLimit = 64

    /// The hash of a value.
    static func of(_ value: Value) -> UInt64 {
        var hash = ContentHash()
        hash.combine(value, depth: 0)
        return hash.finished()
    }

    /// The hash of a text.
    static func of(_ text: String) -> UInt64 {
        var hash = ContentHash()
        hash.combine(text)
        return hash.finished()
    }

    /// The hash of a value under a name; hashes of several names are added up to one that knows no order.
    static func of(_ value: UInt64, under name: UInt64) -> UInt64 {
        var hash = ContentHash()
        hash.combine(name)
        hash.combine(value)
        return hash.finished()
    }

    mutating func combine(_ word: UInt64) {
        var word = word &* 0x87C3_7B91_1142_53D5
        word = (word << 31 | word >> 33) &* 0x4CF5_AD43_2745_937F
        state ^= word
        state = (state << 27 | state >> 37) &* 5 &+ 0x52DC_E729
    }

    func finished() -> UInt64 {
        var mixed = state
        mixed = (mixed ^ (mixed >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        mixed = (mixed ^ (mixed >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        return mixed ^ (mixed >> 33)
    }

    private mutating func combine(_ text: String) {
        var text = text
        combine(4)
        text.withUTF8 { combine(UnsafeRawBufferPointer($0)) }
    }

    private mutating func combine(_ bytes: UnsafeRawBufferPointer) {
        var position = 0
        while position + 8 <= bytes.count {
            combine(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)))
            position += 8
        }
        var rest: UInt64 = 0
        for (place, byte) in bytes[position...].enumerated() { rest |= UInt64(byte) << UInt64(place * 8) }
        combine(rest)
        combine(UInt64(bytes.count))
    }

    private mutating func combine(_ value: Value, depth: Int) {
        guard depth < Self.depthLimit else { return combine(JSON.string(value, sortedKeys: true)) }
        switch value {
        case .null: combine(0)
        case .bool(let flag): combine(flag ? 2 : 1)
        case .int(let number): combine(number: number)
        case .double(let number):
            if let whole = Int(exactly: number) {
                combine(number: whole)
            } else {
                combine(5)
                combine(number.isNaN ? Double.nan.bitPattern : number.bitPattern)
            }
        case .string(let text): combine(text)
        case .array(let values):
            combine(6)
            combine(UInt64(values.count))
            for value in values { combine(value, depth: depth + 1) }
        case .object(let object):
            combine(7)
            var sum: UInt64 = 0
            for (key, value) in object where !value.isNull {
                var inner = ContentHash()
                inner.combine(value, depth: depth + 1)
                sum &+= Self.of(inner.finished(), under: Self.of(key))
            }
            combine(sum)
        }
    }

    private mutating func combine(number: Int) {
        combine(3)
        combine(UInt64(bitPattern: Int64(number)))
    }
}
