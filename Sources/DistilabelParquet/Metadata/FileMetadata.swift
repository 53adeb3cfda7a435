/// The footer of a file, as far as this module needs it.
struct FileMetadata: Sendable {
    var schema: [SchemaElement] = []
    var rowCount: Int64 = 0
    var rowGroups: [RowGroupMetadata] = []
    var keyValues: [(key: String, value: String)] = []
    var createdBy: String?
}

/// One node of the schema, which the footer lists from the root down, parents before children.
struct SchemaElement: Sendable {
    var type: PhysicalType?
    var typeLength: Int32 = 0
    var repetition: Repetition?
    var name = ""
    var childCount: Int32 = 0
    var converted: Int32?
    var scale: Int32 = 0
    var precision: Int32 = 0
    var logical: LogicalType?

    /// What the values mean, by the newer annotation or else the older one.
    var meaning: LogicalType? {
        logical ?? converted.flatMap { LogicalType(converted: $0, precision: Int(precision), scale: Int(scale)) }
    }
}

/// One row group: the column chunks and how many rows they hold.
struct RowGroupMetadata: Sendable {
    var columns: [ColumnMetadata] = []
    var byteCount: Int64 = 0
    var compressedByteCount: Int64 = 0
    var rowCount: Int64 = 0
}

/// One column chunk: where its pages lie and how they are packed.
struct ColumnMetadata: Sendable {
    var type: Int32 = 0
    var encodings: [Int32] = []
    var path: [String] = []
    var codec: Int32 = 0
    var valueCount: Int64 = 0
    var uncompressedSize: Int64 = 0
    var compressedSize: Int64 = 0
    var dataPageOffset: Int64 = 0
    var dictionaryPageOffset: Int64?
    var statistics: ColumnStatistics?
    var isElsewhere = false
    var isEncrypted = false
    var isPresent = false

    /// Where the first page starts.
    ///
    /// Some writers say 0 for "no dictionary", and some give none though there is one.
    var start: Int64 {
        if let offset = dictionaryPageOffset, offset > 0, offset < dataPageOffset { return offset }
        return dataPageOffset
    }
}

/// The extremes of a column chunk, in the plain encoding, and its nulls.
struct ColumnStatistics: Sendable {
    var nullCount: Int64?
    var minimum: [UInt8]?
    var maximum: [UInt8]?
    /// Extremes of older writers, in the signed order of the type.
    var signedMinimum: [UInt8]?
    var signedMaximum: [UInt8]?
}

/// What stands before each page.
struct PageHeader {
    enum Kind { case data, dataV2, dictionary, other }

    var kind = Kind.other
    var uncompressedSize = 0
    var compressedSize = 0
    var valueCount = 0
    var encoding: Int32 = 0
    var definitionEncoding = Encoding.rle
    var repetitionEncoding = Encoding.rle
    var definitionBytes = 0
    var repetitionBytes = 0
    var isCompressed = true
}
