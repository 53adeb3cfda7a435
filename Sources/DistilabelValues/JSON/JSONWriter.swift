/// Writes values as JSON into memory of its own that grows as needed.
struct JSONWriter: ~Copyable {
    private let options: JSON.WriteOptions
    private var storage: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var count = 0
    private var depth = 0

    init(options: JSON.WriteOptions) {
        self.options = options
        capacity = 512
        storage = .allocate(capacity: capacity)
    }

    deinit { storage.deallocate() }

    /// What was written, as text.
    func text() -> String {
        String(decoding: UnsafeBufferPointer(start: storage, count: count), as: UTF8.self)
    }

    /// Appends what was written.
    func move(into bytes: inout [UInt8]) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: storage, count: count))
    }

    mutating func write(_ value: borrowing Value) throws(JSONError) {
        switch copy value {
        case .null: literal("null")
        case .bool(let value): if value { literal("true") } else { literal("false") }
        case .int(let value): write(value)
        case .double(let value): try write(value)
        case .string(let value): write(value)
        case .array(let values): try write(values)
        case .object(let object): try write(object)
        }
    }

    private mutating func write(_ values: [Value]) throws(JSONError) {
        byte(UInt8(ascii: "["))
        depth += 1
        for position in values.indices {
            separate(isFirst: position == 0)
            try write(values[position])
        }
        depth -= 1
        end(UInt8(ascii: "]"), isEmpty: values.isEmpty)
    }

    private mutating func write(_ object: Value.Object) throws(JSONError) {
        byte(UInt8(ascii: "{"))
        depth += 1
        let keys = object.keys
        let values = object.values
        if options.sortedKeys {
            let order = keys.indices.sorted { keys[$0].utf8.lexicographicallyPrecedes(keys[$1].utf8) }
            var isFirst = true
            for position in order {
                separate(isFirst: isFirst)
                isFirst = false
                try write(keys[position], values[position])
            }
        } else {
            for position in keys.indices {
                separate(isFirst: position == 0)
                try write(keys[position], values[position])
            }
        }
        depth -= 1
        end(UInt8(ascii: "}"), isEmpty: keys.isEmpty)
    }

    private mutating func write(_ key: String, _ value: borrowing Value) throws(JSONError) {
        write(key)
        byte(UInt8(ascii: ":"))
        if options.pretty { byte(0x20) }
        try write(value)
    }

    private mutating func separate(isFirst: Bool) {
        if !isFirst { byte(UInt8(ascii: ",")) }
        if options.pretty { lineFeed() }
    }

    private mutating func end(_ bracket: UInt8, isEmpty: Bool) {
        if options.pretty, !isEmpty { lineFeed() }
        byte(bracket)
    }

    private mutating func lineFeed() {
        byte(0x0A)
        for _ in 0..<depth * 2 { byte(0x20) }
    }
}

// MARK: - Scalars

extension JSONWriter {
    private mutating func write(_ value: Int) {
        reserve(20)
        var magnitude = value.magnitude
        var length = 1
        var rest = magnitude / 10
        while rest > 0 {
            length += 1
            rest /= 10
        }
        if value < 0 { byte(UInt8(ascii: "-")) }
        for position in stride(from: count + length - 1, through: count, by: -1) {
            storage[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude % 10)
            magnitude /= 10
        }
        count += length
    }

    private mutating func write(_ value: Double) throws(JSONError) {
        guard value.isFinite else {
            if options.nonFinite == .null { return literal("null") }
            throw JSONError(code: .notFinite, message: "JSON has no number for \(value)")
        }
        // The standard library's description has the fewest digits that read back, and a point or an exponent always.
        var text = value.description
        text.withUTF8 { bytes in
            reserve(bytes.count)
            copy(UnsafeRawBufferPointer(bytes))
        }
    }

    private mutating func write(_ value: String) {
        var value = value
        value.withUTF8 { bytes in
            reserve(bytes.count + 2)
            byte(UInt8(ascii: "\""))
            if options.asciiOnly { escapeASCII(UnsafeRawBufferPointer(bytes)) } else { escape(UnsafeRawBufferPointer(bytes)) }
            byte(UInt8(ascii: "\""))
        }
    }

    /// Writes text, runs without escapes in one piece.
    private mutating func escape(_ bytes: UnsafeRawBufferPointer) {
        var start = 0
        while true {
            let end = JSONScan.special(in: bytes, from: start)
            let run = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
            reserve(run.count + 6)
            copy(run)
            guard end < bytes.count else { return }
            escape(bytes[end])
            start = end + 1
        }
    }

    private mutating func escapeASCII(_ bytes: UnsafeRawBufferPointer) {
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            reserve(12)
            if scalar.value >= 0x7F {
                for unit in UTF16.encode(scalar) ?? .init() { hexadecimal(unit) }
            } else if scalar.value < 0x20 || scalar == "\"" || scalar == "\\" {
                escape(UInt8(scalar.value))
            } else {
                byte(UInt8(scalar.value))
            }
        }
    }

    /// Writes a quote, a backslash or a control character.
    private mutating func escape(_ value: UInt8) {
        switch value {
        case UInt8(ascii: "\""): literal("\\\"")
        case UInt8(ascii: "\\"): literal("\\\\")
        case 0x08: literal("\\b")
        case 0x09: literal("\\t")
        case 0x0A: literal("\\n")
        case 0x0C: literal("\\f")
        case 0x0D: literal("\\r")
        default: hexadecimal(UInt16(value))
        }
    }

    private mutating func hexadecimal(_ unit: UInt16) {
        literal("\\u")
        for shift in [12, 8, 4, 0] {
            let digit = UInt8(truncatingIfNeeded: unit >> shift) & 0xF
            byte(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
    }
}

// MARK: - Memory

extension JSONWriter {
    private mutating func reserve(_ room: Int) {
        if count + room > capacity { grow(room) }
    }

    private mutating func grow(_ room: Int) {
        let wider = max(capacity * 2, count + room)
        let new = UnsafeMutablePointer<UInt8>.allocate(capacity: wider)
        new.update(from: storage, count: count)
        storage.deallocate()
        storage = new
        capacity = wider
    }

    private mutating func byte(_ value: UInt8) {
        reserve(1)
        storage[count] = value
        count += 1
    }

    private mutating func literal(_ text: StaticString) {
        reserve(text.utf8CodeUnitCount)
        (storage + count).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        count += text.utf8CodeUnitCount
    }

    /// Copies bytes for which there is room.
    private mutating func copy(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        UnsafeMutableRawPointer(storage + count).copyMemory(from: base, byteCount: bytes.count)
        count += bytes.count
    }
}
