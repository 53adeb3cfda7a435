extension FileMetadata {
    /// The footer in Thrift's compact form.
    func encoded() -> [UInt8] {
        var writer = CompactWriter()
        writer.element { writer in
            writer.int(1, 2)
            writer.structures(2, schema) { $1.write(to: &$0) }
            writer.long(3, rowCount)
            writer.structures(4, rowGroups) { $1.write(to: &$0) }
            if !keyValues.isEmpty {
                writer.structures(5, keyValues) {
                    $0.string(1, $1.key)
                    $0.string(2, $1.value)
                }
            }
            if let createdBy { writer.string(6, createdBy) }
            // Without the order that belongs to the type, readers distrust the minimum and maximum of text.
            writer.structures(7, schema.filter { $0.type != nil }) { writer, _ in writer.structure(1) { _ in } }
        }
        return writer.bytes
    }
}

extension SchemaElement {
    fileprivate func write(to writer: inout CompactWriter) {
        if let type { writer.int(1, type.rawValue) }
        if typeLength > 0 { writer.int(2, typeLength) }
        if let repetition { writer.int(3, repetition.rawValue) }
        writer.string(4, name)
        if type == nil { writer.int(5, childCount) }
        if let converted { writer.int(6, converted) }
        if case .decimal = logical {
            writer.int(7, scale)
            writer.int(8, precision)
        }
        if let logical { logical.write(to: &writer) }
    }
}

extension LogicalType {
    fileprivate func write(to writer: inout CompactWriter) {
        let union: Int16
        switch self {
        case .string: union = 1
        case .map: union = 2
        case .list: union = 3
        case .decimal: union = 5
        case .date: union = 6
        case .time: union = 7
        case .timestamp: union = 8
        case .unknown: union = 11
        case .uuid: union = 14
        case .enum, .json, .float16, .interval, .integer, .other: return
        }
        writer.structure(10) { writer in
            writer.structure(union) { writer in
                switch self {
                case .decimal(let precision, let scale):
                    writer.int(1, Int32(scale))
                    writer.int(2, Int32(precision))
                case .time(let unit, let isUTC), .timestamp(let unit, let isUTC):
                    writer.bool(1, isUTC)
                    let code: Int16 = unit == .milliseconds ? 1 : unit == .microseconds ? 2 : 3
                    writer.structure(2) { $0.structure(code) { _ in } }
                default: break
                }
            }
        }
    }
}

extension RowGroupMetadata {
    fileprivate func write(to writer: inout CompactWriter) {
        writer.structures(1, columns) { writer, column in
            writer.long(2, 0)
            writer.structure(3) { column.write(to: &$0) }
        }
        writer.long(2, byteCount)
        writer.long(3, rowCount)
        if let first = columns.first { writer.long(5, first.start) }
        writer.long(6, compressedByteCount)
    }
}

extension ColumnMetadata {
    fileprivate func write(to writer: inout CompactWriter) {
        writer.int(1, type)
        writer.ints(2, encodings)
        writer.strings(3, path)
        writer.int(4, codec)
        writer.long(5, valueCount)
        writer.long(6, uncompressedSize)
        writer.long(7, compressedSize)
        writer.long(9, dataPageOffset)
        if let dictionaryPageOffset { writer.long(11, dictionaryPageOffset) }
        if let statistics {
            writer.structure(12) { writer in
                if let count = statistics.nullCount { writer.long(3, count) }
                if let maximum = statistics.maximum { writer.binary(5, maximum) }
                if let minimum = statistics.minimum { writer.binary(6, minimum) }
            }
        }
    }
}

extension PageHeader {
    /// The header of a dictionary page or of a data page of version 1, in Thrift's compact form.
    func encoded() -> [UInt8] {
        var writer = CompactWriter()
        writer.element { writer in
            writer.int(1, kind == .dictionary ? 2 : 0)
            writer.int(2, Int32(truncatingIfNeeded: uncompressedSize))
            writer.int(3, Int32(truncatingIfNeeded: compressedSize))
            writer.structure(kind == .dictionary ? 7 : 5) { writer in
                writer.int(1, Int32(truncatingIfNeeded: valueCount))
                writer.int(2, encoding)
                if kind != .dictionary {
                    writer.int(3, Encoding.rle)
                    writer.int(4, Encoding.rle)
                }
            }
        }
        return writer.bytes
    }
}
