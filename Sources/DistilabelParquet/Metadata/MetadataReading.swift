extension FileMetadata {
    init(reading bytes: UnsafeRawBufferPointer) throws {
        self.init()
        var reader = CompactReader(bytes)
        try reader.structure { reader, id, type in
            switch id {
            case 2: schema = try reader.structures(type) { try SchemaElement(reading: &$0) }
            case 3: rowCount = try reader.long(type)
            case 4: rowGroups = try reader.structures(type) { try RowGroupMetadata(reading: &$0) }
            case 5: keyValues = try reader.structures(type) { try FileMetadata.keyValue(reading: &$0) }
            case 6: createdBy = try reader.string(type)
            case 8: throw ParquetError(.unsupported, "the file is encrypted; write it again without encryption")
            default: return false
            }
            return true
        }
    }

    private static func keyValue(reading reader: inout CompactReader) throws -> (key: String, value: String) {
        var pair = (key: "", value: "")
        try reader.structure { reader, id, type in
            switch id {
            case 1: pair.key = try reader.string(type)
            case 2: pair.value = try reader.string(type)
            default: return false
            }
            return true
        }
        return pair
    }
}

extension SchemaElement {
    init(reading reader: inout CompactReader) throws {
        self.init()
        try reader.structure { reader, id, type in
            switch id {
            case 1:
                let code = try reader.int(type)
                guard let known = PhysicalType(rawValue: code) else {
                    throw ParquetError(.damaged, "the schema names physical type \(code), which does not exist")
                }
                self.type = known
            case 2: typeLength = try reader.int(type)
            case 3: repetition = Repetition(rawValue: try reader.int(type))
            case 4: name = try reader.string(type)
            case 5: childCount = try reader.int(type)
            case 6: converted = try reader.int(type)
            case 7: scale = try reader.int(type)
            case 8: precision = try reader.int(type)
            case 10: logical = try LogicalType.reading(&reader, type)
            default: return false
            }
            return true
        }
    }
}

extension LogicalType {
    fileprivate static func reading(_ reader: inout CompactReader, _ type: CompactType) throws -> LogicalType? {
        guard type == .structure else { return nil }
        var found: LogicalType?
        try reader.structure { reader, id, type in
            guard type == .structure else { return false }
            switch id {
            case 1: found = .string
            case 2: found = .map
            case 3: found = .list
            case 4: found = .enum
            case 5:
                let (scale, precision) = try pair(&reader)
                found = .decimal(precision: precision, scale: scale)
                return true
            case 6: found = .date
            case 7, 8:
                var isUTC = false
                var unit = ParquetTimeUnit.milliseconds
                try reader.structure { reader, field, type in
                    switch field {
                    case 1: isUTC = try reader.bool(type)
                    case 2 where type == .structure: unit = try timeUnit(&reader)
                    default: return false
                    }
                    return true
                }
                found = id == 7 ? .time(unit, isUTC: isUTC) : .timestamp(unit, isUTC: isUTC)
                return true
            case 10:
                found = try integer(&reader)
                return true
            case 11: found = .unknown
            case 12: found = .json
            case 14: found = .uuid
            case 15: found = .float16
            default: found = .other
            }
            return false
        }
        return found
    }

    private static func timeUnit(_ reader: inout CompactReader) throws -> ParquetTimeUnit {
        var unit = ParquetTimeUnit.milliseconds
        try reader.structure { _, id, _ in
            unit = id == 3 ? .nanoseconds : id == 2 ? .microseconds : .milliseconds
            return false
        }
        return unit
    }

    private static func pair(_ reader: inout CompactReader) throws -> (Int, Int) {
        var numbers = (0, 0)
        try reader.structure { reader, id, type in
            switch id {
            case 1: numbers.0 = Int(try reader.int(type))
            case 2: numbers.1 = Int(try reader.int(type))
            default: return false
            }
            return true
        }
        return numbers
    }

    private static func integer(_ reader: inout CompactReader) throws -> LogicalType {
        var bits: Int8 = 64
        var signed = true
        try reader.structure { reader, id, type in
            switch id {
            case 1: bits = Int8(truncatingIfNeeded: try reader.long(type))
            case 2: signed = try reader.bool(type)
            default: return false
            }
            return true
        }
        return .integer(bits: bits, signed: signed)
    }
}

extension RowGroupMetadata {
    init(reading reader: inout CompactReader) throws {
        self.init()
        try reader.structure { reader, id, type in
            switch id {
            case 1: columns = try reader.structures(type) { try ColumnMetadata(readingChunk: &$0) }
            case 2: byteCount = try reader.long(type)
            case 3: rowCount = try reader.long(type)
            case 6: compressedByteCount = try reader.long(type)
            default: return false
            }
            return true
        }
    }
}

extension ColumnMetadata {
    init(readingChunk reader: inout CompactReader) throws {
        self.init()
        try reader.structure { reader, id, type in
            switch id {
            case 1:
                isElsewhere = try !reader.binary(type).isEmpty
            case 3 where type == .structure:
                isPresent = true
                try reader.structure { try self.readField(&$0, $1, $2) }
            case 8:
                isEncrypted = true
                return false
            default: return false
            }
            return true
        }
    }

    private mutating func readField(
        _ reader: inout CompactReader, _ id: Int16, _ type: CompactType
    ) throws -> Bool {
        switch id {
        case 1: self.type = try reader.int(type)
        case 2: encodings = try reader.list(type) { try $0.int($1) }
        case 3: path = try reader.list(type) { try $0.string($1) }
        case 4: codec = try reader.int(type)
        case 5: valueCount = try reader.long(type)
        case 6: uncompressedSize = try reader.long(type)
        case 7: compressedSize = try reader.long(type)
        case 9: dataPageOffset = try reader.long(type)
        case 11: dictionaryPageOffset = try reader.long(type)
        case 12 where type == .structure:
            var found = ColumnStatistics()
            try reader.structure { reader, id, type in
                switch id {
                case 1: found.signedMaximum = try reader.binary(type)
                case 2: found.signedMinimum = try reader.binary(type)
                case 3: found.nullCount = try reader.long(type)
                case 5: found.maximum = try reader.binary(type)
                case 6: found.minimum = try reader.binary(type)
                default: return false
                }
                return true
            }
            statistics = found
        default: return false
        }
        return true
    }
}

extension PageHeader {
    /// Reads a header that starts the bytes; returns it with its length.
    static func read(_ bytes: UnsafeRawBufferPointer) throws -> (PageHeader, length: Int) {
        var header = PageHeader()
        var reader = CompactReader(bytes)
        try reader.structure { reader, id, type in
            switch id {
            case 1:
                header.kind =
                    switch try reader.int(type) {
                    case 0: .data
                    case 2: .dictionary
                    case 3: .dataV2
                    default: .other
                    }
            case 2: header.uncompressedSize = Int(try reader.int(type))
            case 3: header.compressedSize = Int(try reader.int(type))
            case 5 where type == .structure: try reader.structure { try header.readData(&$0, $1, $2) }
            case 7 where type == .structure: try reader.structure { try header.readDictionary(&$0, $1, $2) }
            case 8 where type == .structure: try reader.structure { try header.readDataV2(&$0, $1, $2) }
            default: return false
            }
            return true
        }
        guard
            header.uncompressedSize >= 0, header.compressedSize >= 0, header.valueCount >= 0,
            header.definitionBytes >= 0, header.repetitionBytes >= 0
        else { throw ParquetError(.damaged, "a page header holds a negative size") }
        return (header, reader.position)
    }

    private mutating func readData(_ reader: inout CompactReader, _ id: Int16, _ type: CompactType) throws -> Bool {
        switch id {
        case 1: valueCount = Int(try reader.int(type))
        case 2: encoding = try reader.int(type)
        case 3: definitionEncoding = try reader.int(type)
        case 4: repetitionEncoding = try reader.int(type)
        default: return false
        }
        return true
    }

    private mutating func readDictionary(
        _ reader: inout CompactReader, _ id: Int16, _ type: CompactType
    ) throws -> Bool {
        switch id {
        case 1: valueCount = Int(try reader.int(type))
        case 2: encoding = try reader.int(type)
        default: return false
        }
        return true
    }

    private mutating func readDataV2(_ reader: inout CompactReader, _ id: Int16, _ type: CompactType) throws -> Bool {
        switch id {
        case 1: valueCount = Int(try reader.int(type))
        case 4: encoding = try reader.int(type)
        case 5: definitionBytes = Int(try reader.int(type))
        case 6: repetitionBytes = Int(try reader.int(type))
        case 7: isCompressed = try reader.bool(type)
        default: return false
        }
        return true
    }
}
