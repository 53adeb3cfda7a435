internal import OrderedCollections

/// Writes values as JSON.
struct JSONWriter: ~Copyable {
    private let options: JSON.WriteOptions
    private var output = ByteBuilder(capacity: 1024)
    private var depth = 0
    /// The first double that JSON has no number for; null stands in its place.
    private var notFinite: Double?

    init(options: JSON.WriteOptions) { self.options = options }

    /// What was written, as text.
    func text() -> String { String(decoding: output.bytes, as: UTF8.self) }

    /// Appends what was written.
    func move(into bytes: inout [UInt8]) { bytes.append(contentsOf: output.bytes) }

    /// Writes a value.
    mutating func write(_ value: Value) throws(JSONError) {
        put(value)
        try check()
    }

    /// Writes a row as an object.
    mutating func write(_ row: Row) throws(JSONError) {
        put(keys: row.columns.names, values: row.values)
        try check()
    }

    private func check() throws(JSONError) {
        if let notFinite, options.nonFinite == .refuse {
            throw JSONError(code: .notFinite, message: "JSON has no number for \(notFinite)")
        }
    }

    private mutating func put(_ value: Value) {
        switch value {
        case .null: output.append("null")
        case .bool(let value): output.append(value ? "true" : "false")
        case .int(let value): put(value)
        case .double(let value): put(value)
        case .string(let value): put(value)
        case .array(let values): put(values)
        case .object(let object): put(keys: object.keys.elements, values: object.values.elements)
        }
    }

    private mutating func put(_ values: [Value]) {
        output.append(UInt8(ascii: "["))
        depth += 1
        values.withUnsafeBufferPointer { values in
            for position in values.indices {
                separate(isFirst: position == 0)
                put(values[position])
            }
        }
        depth -= 1
        end(UInt8(ascii: "]"), isEmpty: values.isEmpty)
    }

    private mutating func put(keys: [String], values: [Value]) {
        output.append(UInt8(ascii: "{"))
        depth += 1
        // Through the buffers no element is copied, and so none is retained.
        keys.withUnsafeBufferPointer { keys in
            values.withUnsafeBufferPointer { values in
                if options.sortedKeys {
                    let order = keys.indices.sorted { keys[$0].utf8.lexicographicallyPrecedes(keys[$1].utf8) }
                    for (place, position) in order.enumerated() { put(keys[position], values[position], at: place) }
                } else {
                    for position in keys.indices { put(keys[position], values[position], at: position) }
                }
            }
        }
        depth -= 1
        end(UInt8(ascii: "}"), isEmpty: keys.isEmpty)
    }

    @inline(__always)
    private mutating func put(_ key: String, _ value: Value, at place: Int) {
        separate(isFirst: place == 0)
        put(key)
        output.append(UInt8(ascii: ":"))
        if options.pretty { output.append(0x20) }
        put(value)
    }

    @inline(__always)
    private mutating func separate(isFirst: Bool) {
        if !isFirst { output.append(UInt8(ascii: ",")) }
        if options.pretty { lineFeed() }
    }

    private mutating func end(_ bracket: UInt8, isEmpty: Bool) {
        if options.pretty, !isEmpty { lineFeed() }
        output.append(bracket)
    }

    private mutating func lineFeed() {
        output.append(0x0A)
        for _ in 0..<depth * 2 { output.append(0x20) }
    }
}

// MARK: - Scalars

extension JSONWriter {
    private mutating func put(_ value: Int) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var magnitude = value.magnitude
            var start = digits.count
            repeat {
                start -= 1
                digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude % 10)
                magnitude /= 10
            } while magnitude > 0
            if value < 0 { output.append(UInt8(ascii: "-")) }
            output.append(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(digits)[start...]))
        }
    }

    private mutating func put(_ value: Double) {
        guard value.isFinite else {
            notFinite = notFinite ?? value
            return output.append("null")
        }
        // The standard library's description has the fewest digits that read back, and a point or an exponent always.
        var text = value.description
        text.withUTF8 { output.append(UnsafeRawBufferPointer($0)) }
    }

    private mutating func put(_ value: String) {
        var value = value
        value.withUTF8 { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            output.reserve(bytes.count + 2)
            output.uncheckedAppend(UInt8(ascii: "\""))
            if options.asciiOnly { escapeASCII(bytes) } else { escape(bytes) }
            output.append(UInt8(ascii: "\""))
        }
    }

    /// Writes text, runs without escapes in one piece.
    private mutating func escape(_ bytes: UnsafeRawBufferPointer) {
        var start = 0
        while true {
            let end = JSONScan.special(in: bytes, from: start).position
            output.append(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
            guard end < bytes.count else { return }
            escape(bytes[end])
            start = end + 1
        }
    }

    private mutating func escapeASCII(_ bytes: UnsafeRawBufferPointer) {
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if scalar.value >= 0x7F {
                for unit in UTF16.encode(scalar) ?? .init() { hexadecimal(unit) }
            } else if scalar.value < 0x20 || scalar == "\"" || scalar == "\\" {
                escape(UInt8(scalar.value))
            } else {
                output.append(UInt8(scalar.value))
            }
        }
    }

    /// Writes a quote, a backslash or a control character.
    private mutating func escape(_ value: UInt8) {
        let letter: UInt8
        switch value {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): letter = value
        case 0x08: letter = UInt8(ascii: "b")
        case 0x09: letter = UInt8(ascii: "t")
        case 0x0A: letter = UInt8(ascii: "n")
        case 0x0C: letter = UInt8(ascii: "f")
        case 0x0D: letter = UInt8(ascii: "r")
        default: return hexadecimal(UInt16(value))
        }
        output.reserve(2)
        output.uncheckedAppend(UInt8(ascii: "\\"))
        output.uncheckedAppend(letter)
    }

    private mutating func hexadecimal(_ unit: UInt16) {
        output.append("\\u")
        for shift in [12, 8, 4, 0] {
            let digit = UInt8(truncatingIfNeeded: unit >> shift) & 0xF
            output.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
    }
}
