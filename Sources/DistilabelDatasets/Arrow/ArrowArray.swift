internal import DistilabelValues

/// An array of a message, from which values are taken.
///
/// Everything that can be checked at once is, when it is made: lengths, offsets, positions; so taking a value only fails where bytes
/// are no text.
struct ArrowArray {
    private enum Content {
        case null
        case bool(ArraySlice<UInt8>)
        case int(ArraySlice<UInt8>, bits: Int, isSigned: Bool)
        case float(ArraySlice<UInt8>, bits: Int)
        case text(offsets: Offsets, ArraySlice<UInt8>)
        case views(ArraySlice<UInt8>, [ArraySlice<UInt8>])
        case fixedText(ArraySlice<UInt8>, width: Int)
        case moment(ArraySlice<UInt8>, bits: Int, ArrowMoment)
        case list(offsets: Offsets, Box)
        case fixedList(Box, length: Int)
        case structure(names: [String], [ArrowArray])
        case dictionary(ArraySlice<UInt8>, bits: Int, isSigned: Bool, [Value])
    }

    /// An array inside an array.
    private final class Box {
        let array: ArrowArray
        init(_ array: ArrowArray) { self.array = array }
    }

    /// Where each element begins, and behind it where the last one ends.
    private struct Offsets {
        let bytes: ArraySlice<UInt8>
        let isLarge: Bool

        /// Reads the offsets of `count` elements of something of a length, and checks that they rise.
        init(_ bytes: ArraySlice<UInt8>, isLarge: Bool, count: Int, end: Int) throws {
            self.bytes = bytes
            self.isLarge = isLarge
            guard count > 0 else { return }
            guard bytes.count / (isLarge ? 8 : 4) > count else { throw FlatBuffer.damaged }
            var last = self[0]
            guard last >= 0 else { throw FlatBuffer.damaged }
            for position in 1...count {
                let next = self[position]
                guard next >= last else { throw FlatBuffer.damaged }
                last = next
            }
            guard last <= end else { throw FlatBuffer.damaged }
        }

        subscript(position: Int) -> Int {
            isLarge
                ? Int(ArrowArray.load(bytes, position, as: Int64.self))
                : Int(ArrowArray.load(bytes, position, as: Int32.self))
        }
    }

    /// How many elements it has.
    let length: Int
    private let validity: ArraySlice<UInt8>?
    private let content: Content

    /// Takes an array of a type from a message.
    ///
    /// - Parameter dictionaries: The values of each dictionary that has come before.
    init(_ field: ArrowField, from batch: inout ArrowBatch, dictionaries: [Int: [Value]]) throws {
        let (length, nulls) = try batch.takeArray()
        self.length = length
        if field.type == .null {
            validity = nil
            content = .null
            return
        }
        let bits = try batch.takeBuffer()
        guard nulls == 0 || bits.count >= (length + 7) / 8 else { throw FlatBuffer.damaged }
        validity = nulls == 0 ? nil : bits
        func child(_ field: ArrowField) throws -> ArrowArray {
            try ArrowArray(field, from: &batch, dictionaries: dictionaries)
        }
        func fixed(_ size: Int) throws -> ArraySlice<UInt8> {
            let (bytes, overflow) = length.multipliedReportingOverflow(by: size)
            guard !overflow else { throw FlatBuffer.damaged }
            return try batch.takeBuffer(atLeast: bytes)
        }
        switch field.type {
        case .null: content = .null
        case .bool: content = .bool(try batch.takeBuffer(atLeast: (length + 7) / 8))
        case .int(let bits, let isSigned): content = .int(try fixed(bits / 8), bits: bits, isSigned: isSigned)
        case .float(let bits): content = .float(try fixed(bits / 8), bits: bits)
        case .text(let isLarge):
            let offsets = try batch.takeBuffer()
            let bytes = try batch.takeBuffer()
            content = .text(
                offsets: try Offsets(offsets, isLarge: isLarge, count: length, end: bytes.count), bytes)
        case .textView:
            let views = try fixed(16)
            let count = try batch.takeVariadicCount()
            guard count >= 0 else { throw FlatBuffer.damaged }
            var buffers: [ArraySlice<UInt8>] = []
            for _ in 0..<count { buffers.append(try batch.takeBuffer()) }
            content = .views(views, buffers)
        case .fixedText(let width): content = .fixedText(try fixed(width), width: width)
        case .date(let isDays):
            content = .moment(try fixed(isDays ? 4 : 8), bits: isDays ? 32 : 64, .date(isDays: isDays))
        case .time(let bits, let perSecond):
            content = .moment(try fixed(bits / 8), bits: bits, .time(perSecond: perSecond))
        case .timestamp(let perSecond, let hasZone):
            content = .moment(try fixed(8), bits: 64, .timestamp(perSecond: perSecond, hasZone: hasZone))
        case .list(let element, let isLarge):
            let offsets = try batch.takeBuffer()
            let elements = try child(element)
            content = .list(
                offsets: try Offsets(offsets, isLarge: isLarge, count: length, end: elements.length), Box(elements))
        case .fixedList(let element, let size):
            let elements = try child(element)
            let (count, overflow) = length.multipliedReportingOverflow(by: size)
            guard !overflow, count <= elements.length else { throw FlatBuffer.damaged }
            content = .fixedList(Box(elements), length: size)
        case .structure(let fields):
            let arrays = try fields.map(child)
            guard arrays.allSatisfy({ $0.length >= length }) else { throw FlatBuffer.damaged }
            content = .structure(names: fields.map(\.name), arrays)
        case .dictionary(let id, let bits, let isSigned, _):
            let positions = try fixed(bits / 8)
            guard let values = dictionaries[id] else { throw FlatBuffer.damaged }
            content = .dictionary(positions, bits: bits, isSigned: isSigned, values)
        }
    }

    /// The elements at some positions, all of them below ``length``.
    func values(_ range: Range<Int>) throws -> [Value] { try range.map(value) }

    private func value(_ position: Int) throws -> Value {
        if let validity, validity[validity.startIndex + position / 8] >> (position % 8) & 1 == 0 { return .null }
        switch content {
        case .null: return .null
        case .bool(let bits): return .bool(bits[bits.startIndex + position / 8] >> (position % 8) & 1 == 1)
        case .int(let bytes, let bits, let isSigned):
            let number = Self.integer(bytes, position, bits: bits, isSigned: isSigned)
            // Numbers beyond 63 bits are doubles, as they are in JSON.
            return number < 0 && !isSigned ? .double(Double(UInt64(bitPattern: Int64(number)))) : .int(number)
        case .float(let bytes, let bits):
            switch bits {
            case 16: return .double(Self.half(Self.load(bytes, position, as: UInt16.self)))
            case 32: return .double(Double(Float(bitPattern: Self.load(bytes, position, as: UInt32.self))))
            default: return .double(Double(bitPattern: Self.load(bytes, position, as: UInt64.self)))
            }
        case .text(let offsets, let bytes):
            let start = bytes.startIndex
            return .string(try Self.text(bytes[start + offsets[position]..<start + offsets[position + 1]]))
        case .views(let views, let buffers): return .string(try Self.view(views, position, buffers))
        case .fixedText(let bytes, let width):
            let start = bytes.startIndex + position * width
            return .string(try Self.text(bytes[start..<start + width]))
        case .moment(let bytes, let bits, let moment):
            return .string(moment.text(Self.integer(bytes, position, bits: bits, isSigned: true)))
        case .list(let offsets, let elements):
            return .array(try elements.array.values(offsets[position]..<offsets[position + 1]))
        case .fixedList(let elements, let size):
            return .array(try elements.array.values(position * size..<(position + 1) * size))
        case .structure(let names, let arrays):
            var object = Value.Object(minimumCapacity: names.count)
            for (name, array) in zip(names, arrays) where object[name] == nil {
                object[name] = try array.value(position)
            }
            return .object(object)
        case .dictionary(let bytes, let bits, let isSigned, let values):
            let index = Self.integer(bytes, position, bits: bits, isSigned: isSigned)
            guard values.indices.contains(index) else { throw FlatBuffer.damaged }
            return values[index]
        }
    }

    // MARK: - Bytes

    /// The number at a position of an array of numbers; the array is long enough.
    fileprivate static func load<Number: FixedWidthInteger>(
        _ bytes: ArraySlice<UInt8>, _ position: Int, as type: Number.Type
    ) -> Number {
        bytes.withUnsafeBytes {
            Number(
                littleEndian: $0.loadUnaligned(fromByteOffset: position * MemoryLayout<Number>.size, as: Number.self))
        }
    }

    private static func integer(_ bytes: ArraySlice<UInt8>, _ position: Int, bits: Int, isSigned: Bool) -> Int {
        switch (bits, isSigned) {
        case (8, true): Int(load(bytes, position, as: Int8.self))
        case (8, false): Int(load(bytes, position, as: UInt8.self))
        case (16, true): Int(load(bytes, position, as: Int16.self))
        case (16, false): Int(load(bytes, position, as: UInt16.self))
        case (32, true): Int(load(bytes, position, as: Int32.self))
        case (32, false): Int(load(bytes, position, as: UInt32.self))
        default: Int(load(bytes, position, as: Int64.self))
        }
    }

    /// A number of 16 bits (IEEE 754 binary16); Swift has the type on some machines only.
    private static func half(_ bits: UInt16) -> Double {
        let sign: Double = bits >> 15 == 1 ? -1 : 1
        let exponent = Int(bits >> 10 & 0x1F)
        let fraction = Double(bits & 0x3FF)
        switch exponent {
        case 0: return sign * Double(sign: .plus, exponent: -24, significand: fraction)
        case 31: return fraction == 0 ? sign * .infinity : .nan
        default: return sign * Double(sign: .plus, exponent: exponent - 25, significand: fraction + 1024)
        }
    }

    private static func text(_ bytes: ArraySlice<UInt8>) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw DatasetError(.unsupported, "it holds bytes that are no text (UTF-8), such as images")
        }
        return text
    }

    private static func view(
        _ views: ArraySlice<UInt8>, _ position: Int, _ buffers: [ArraySlice<UInt8>]
    ) throws -> String {
        let length = Int(load(views, position * 4, as: Int32.self))
        guard length >= 0 else { throw FlatBuffer.damaged }
        if length <= 12 {
            let start = views.startIndex + position * 16 + 4
            return try text(views[start..<start + length])
        }
        let buffer = Int(load(views, position * 4 + 2, as: Int32.self))
        let offset = Int(load(views, position * 4 + 3, as: Int32.self))
        guard buffers.indices.contains(buffer), offset >= 0, offset <= buffers[buffer].count - length else {
            throw FlatBuffer.damaged
        }
        let start = buffers[buffer].startIndex + offset
        return try text(buffers[buffer][start..<start + length])
    }
}
