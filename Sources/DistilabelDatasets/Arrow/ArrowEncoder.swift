internal import DistilabelValues

/// Makes the messages of an Arrow stream.
///
/// Format: `Schema.fbs` and `Message.fbs` of the Arrow project, metadata version 5.
struct ArrowEncoder {
    private static let version: Int16 = 4

    /// The numbers of arrays and the bytes of buffers of a record batch, in the order of the schema.
    private struct Body {
        var lengths: [[Int64]] = []
        var buffers: [[Int64]] = []
        var bytes: [UInt8] = []

        mutating func addArray(_ length: Int, nulls: Int) { lengths.append([Int64(length), Int64(nulls)]) }

        mutating func addBuffer(_ buffer: [UInt8]) {
            buffers.append([Int64(bytes.count), Int64(buffer.count)])
            bytes += buffer
            while bytes.count % 8 != 0 { bytes.append(0) }
        }
    }

    /// What ends a stream.
    static let end: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]

    // MARK: - Schema

    /// The message that begins a stream.
    ///
    /// - Parameter metadata: What is kept beside the columns.
    static func schema(_ columns: [ArrowField], metadata: [(key: String, value: String)]) -> [UInt8] {
        var builder = FlatBufferBuilder()
        let pairs = metadata.map { pair in
            let value = builder.text(pair.value)
            let key = builder.text(pair.key)
            return builder.table([0: .offset(key), 1: .offset(value)])
        }
        let metadata = builder.vector(pairs)
        let fields = columns.map { field($0, in: &builder) }
        let list = builder.vector(fields)
        let schema = builder.table([1: .offset(list), 2: .offset(metadata)])
        return message(1, schema, bodyLength: 0, in: &builder)
    }

    private static func field(_ field: ArrowField, in builder: inout FlatBufferBuilder) -> Int {
        let children: [ArrowField] =
            switch field.type {
            case .list(let element, _), .fixedList(let element, _): [element]
            case .structure(let fields): fields
            default: []
            }
        let offsets = children.map { Self.field($0, in: &builder) }
        let list = builder.vector(offsets)
        let (code, content) = type(field.type)
        let type = builder.table(content)
        let name = builder.text(field.name)
        return builder.table([
            0: .offset(name), 1: .byte(1), 2: .byte(code), 3: .offset(type), 5: .offset(list),
        ])
    }

    private static func type(_ type: ArrowType) -> (code: UInt8, [Int: FlatBufferBuilder.Field]) {
        switch type {
        case .bool: (ArrowType.Code.bool, [:])
        case .int(let bits, let isSigned):
            (ArrowType.Code.int, [0: .int(Int32(bits)), 1: .byte(isSigned ? 1 : 0)])
        case .float(let bits): (ArrowType.Code.float, [0: .short(Int16(bits == 16 ? 0 : bits / 32))])
        case .text(let isLarge): (isLarge ? ArrowType.Code.largeUtf8 : ArrowType.Code.utf8, [:])
        case .list(_, let isLarge): (isLarge ? ArrowType.Code.largeList : ArrowType.Code.list, [:])
        case .fixedList(_, let length): (ArrowType.Code.fixedList, [0: .int(Int32(clamping: length))])
        case .structure: (ArrowType.Code.structure, [:])
        // No feature is stored as one of these.
        case .null, .textView, .fixedText, .date, .time, .timestamp, .dictionary: (ArrowType.Code.null, [:])
        }
    }

    private static func message(
        _ type: UInt8, _ header: Int, bodyLength: Int, in builder: inout FlatBufferBuilder
    ) -> [UInt8] {
        let message = builder.table([
            0: .short(version), 1: .byte(type), 2: .offset(header), 3: .long(Int64(bodyLength)),
        ])
        let bytes = builder.finish(root: message)
        return [0xFF, 0xFF, 0xFF, 0xFF] + littleEndian(Int32(bytes.count)) + bytes
    }

    // MARK: - Rows

    /// The message of some rows.
    ///
    /// - Parameters:
    ///   - columns: The values of each column, all of `count`; each is null or of the column's type.
    /// - Throws: `DatasetError` where a text or list is too long for its column, or a number too large.
    static func batch(_ fields: [ArrowField], columns: [[Value]], count: Int) throws -> [UInt8] {
        var body = Body()
        for (field, values) in zip(fields, columns) {
            do {
                try encode(values, as: field.type, into: &body)
            } catch let error as DatasetError {
                throw DatasetError(error.code, "column \(field.name): \(error.message)")
            }
        }
        var builder = FlatBufferBuilder()
        let buffers = builder.vector(structs: body.buffers)
        let lengths = builder.vector(structs: body.lengths)
        let batch = builder.table([0: .long(Int64(count)), 1: .offset(lengths), 2: .offset(buffers)])
        return message(3, batch, bodyLength: body.bytes.count, in: &builder) + body.bytes
    }

    private static func encode(_ values: [Value], as type: ArrowType, into body: inout Body) throws {
        if type == .null { return body.addArray(values.count, nulls: values.count) }
        let nulls = values.count { $0.isNull }
        body.addArray(values.count, nulls: nulls)
        body.addBuffer(nulls == 0 ? [] : bits(values) { !$0.isNull })
        switch type {
        case .bool: body.addBuffer(bits(values) { $0.boolValue ?? false })
        case .int(let bits, let isSigned): body.addBuffer(try integers(values, bits: bits, isSigned: isSigned))
        case .float(let bits):
            var bytes: [UInt8] = []
            for value in values {
                let number = value.doubleValue ?? 0
                switch bits {
                case 16: bytes += littleEndian(half(number))
                case 32: bytes += littleEndian(Float(number).bitPattern)
                default: bytes += littleEndian(number.bitPattern)
                }
            }
            body.addBuffer(bytes)
        case .list(let element, let isLarge):
            body.addBuffer(try offsets(values.map { $0.arrayValue?.count ?? 0 }, isLarge: isLarge))
            try encode(values.flatMap { $0.arrayValue ?? [] }, as: element.type, into: &body)
        case .fixedList(let element, let length):
            var elements: [Value] = []
            for value in values {
                guard let list = value.arrayValue else {
                    elements += repeatElement(.null, count: length)
                    continue
                }
                guard list.count == length else {
                    throw DatasetError(
                        .usage, "a list has \(list.count) elements where the column's lists have \(length)")
                }
                elements += list
            }
            try encode(elements, as: element.type, into: &body)
        case .structure(let fields):
            for (position, field) in fields.enumerated() {
                let inner = values.map { value -> Value in
                    guard case .object(let object) = value else { return .null }
                    // Keys mostly stand in the order of the fields.
                    if position < object.count, object.keys[position] == field.name { return object.values[position] }
                    return object[field.name] ?? .null
                }
                try encode(inner, as: field.type, into: &body)
            }
        default:
            let texts = values.map { $0.stringValue ?? "" }
            body.addBuffer(try offsets(texts.map(\.utf8.count), isLarge: type == .text(isLarge: true)))
            var bytes: [UInt8] = []
            bytes.reserveCapacity(texts.reduce(0) { $0 + $1.utf8.count })
            for text in texts { bytes.append(contentsOf: text.utf8) }
            body.addBuffer(bytes)
        }
    }

    private static func bits(_ values: [Value], _ isSet: (Value) -> Bool) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: (values.count + 7) / 8)
        for (position, value) in values.enumerated() where isSet(value) { bytes[position / 8] |= 1 << (position % 8) }
        return bytes
    }

    private static func integers(_ values: [Value], bits: Int, isSigned: Bool) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(values.count * bits / 8)
        for value in values {
            let number: UInt64
            switch value {
            case .double(let double):
                // What an unsigned column of 64 bits held beyond 63 of them.
                guard !isSigned, let large = UInt64(exactly: double) else { throw tooLarge(value, bits: bits) }
                number = large
            default:
                let int = value.intValue ?? 0
                let unused = 64 - bits
                guard isSigned ? (int << unused) >> unused == int : int >= 0 && (bits == 64 || int >> bits == 0) else {
                    throw tooLarge(value, bits: bits)
                }
                number = UInt64(bitPattern: Int64(int))
            }
            bytes += littleEndian(number).prefix(bits / 8)
        }
        return bytes
    }

    private static func tooLarge(_ value: Value, bits: Int) -> DatasetError {
        DatasetError(.usage, "\(JSON.string(value)) is no number of \(bits) bits")
    }

    private static func offsets(_ lengths: [Int], isLarge: Bool) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var end = 0
        bytes += isLarge ? littleEndian(Int64(0)) : littleEndian(Int32(0))
        for length in lengths {
            end += length
            if isLarge {
                bytes += littleEndian(Int64(end))
            } else {
                guard let short = Int32(exactly: end) else {
                    throw DatasetError(.usage, "the values of 1,000 rows take more than 2 GB; make them shorter")
                }
                bytes += littleEndian(short)
            }
        }
        return bytes
    }

    /// A number of 16 bits: the nearest, as far as twice rounding is.
    private static func half(_ number: Double) -> UInt16 {
        let float = Float(number).bitPattern
        let sign = UInt16(float >> 16 & 0x8000)
        let exponent = Int(float >> 23 & 0xFF) - 112
        let fraction = float & 0x7F_FFFF
        if float & 0x7FFF_FFFF > 0x7F80_0000 { return sign | 0x7E00 }
        if exponent >= 31 { return sign | 0x7C00 }
        // Subnormal numbers have no leading one of their own.
        let whole = exponent > 0 ? UInt32(exponent) << 23 | fraction : fraction | 0x80_0000
        let shift = UInt32(exponent > 0 ? 13 : 14 - exponent)
        if shift > 24 { return sign }
        let rest = whole & ((1 << shift) - 1)
        let middle: UInt32 = 1 << (shift - 1)
        let rounded = whole >> shift + (rest > middle || (rest == middle && whole >> shift & 1 == 1) ? 1 : 0)
        return sign | UInt16(rounded)
    }

    private static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}
