internal import DistilabelValues

/// Writes the rows of a split as the `datasets` library's `save_to_disk` does: Arrow streams of at most 1,000 rows a batch, and what
/// the library wants to know beside them.
struct ArrowWriter {
    private let folder: String
    private let split: String?
    private let features: OrderedDictionary<String, DatasetFeature>
    private let types: [ColumnType]
    private let fields: [ArrowField]
    private let shardBytes: Int
    private let shardRows: Int
    private var file: OutputFileBox?
    private var fileBytes = 0
    private var fileRows = 0
    private var pending = RowChunk()
    private var hash = Fingerprint()
    private var parts: [(path: String, rows: Int)] = []
    private(set) var rowCount = 0
    private(set) var byteCount = 0

    private static let batchRows = 1000

    /// A file that is being written; in a box, since it cannot be copied.
    private final class OutputFileBox {
        var file: OutputFile
        init(path: String) throws { file = try OutputFile(path: path) }
    }

    /// Makes the writer of a folder that exists and is empty.
    ///
    /// - Parameters:
    ///   - schema: The columns; all rows fit them.
    ///   - shardBytes: How many bytes a file may have, about.
    ///   - shardRows: How many rows a file may have.
    init(folder: String, split: String?, schema: DatasetSchema, shardBytes: Int, shardRows: Int) {
        self.folder = folder
        self.split = split
        self.shardBytes = shardBytes
        self.shardRows = max(1, shardRows)
        features = schema.columnFeatures
        types = Array(schema.columns.values)
        fields = features.map { ArrowField(name: $0.key, type: ArrowType($0.value)) }
    }

    mutating func write(_ rows: RowChunk) throws {
        pending.append(contentsOf: rows)
        try flush(isLast: false)
    }

    private mutating func flush(isLast: Bool) throws {
        var start = 0
        while start < pending.count {
            let room = min(Self.batchRows, shardRows - fileRows)
            guard isLast || pending.count - start >= room else { break }
            let end = min(pending.count, start + room)
            try writeBatch(pending.slice(start..<end))
            start = end
        }
        pending = pending.slice(start..<pending.count)
    }

    private mutating func writeBatch(_ rows: RowChunk) throws {
        let columns = zip(fields, types).map { field, type -> [Value] in
            guard let values = rows[column: field.name] else { return Array(repeating: .null, count: rows.count) }
            return type.isVerbatim ? values : values.map { type.fitted($0) }
        }
        try append(try ArrowEncoder.batch(fields, columns: columns, count: rows.count))
        fileRows += rows.count
        rowCount += rows.count
        if fileBytes >= shardBytes || fileRows >= shardRows { try endFile() }
    }

    private mutating func append(_ bytes: [UInt8]) throws {
        if file == nil {
            let path = "\(folder)/.data-\(parts.count).partial"
            file = try OutputFileBox(path: path)
            fileBytes = 0
            fileRows = 0
            parts.append((path, 0))
            let info = DatasetSchema.huggingFaceInfo(features)
            try append(ArrowEncoder.schema(fields, metadata: [("huggingface", info)]))
        }
        hash.add(bytes)
        try file?.file.append { $0 += bytes }
        fileBytes += bytes.count
    }

    private mutating func endFile() throws {
        guard let ended = file.take() else { return }
        try ended.file.append { $0 += ArrowEncoder.end }
        try ended.file.finish()
        byteCount += ended.file.byteCount
        fileRows = 0
    }

    /// Writes what is left and gives the files their names.
    mutating func finish() throws {
        try flush(isLast: true)
        // Without rows there is a file with the columns.
        if parts.isEmpty { try append([]) }
        try endFile()
        var names: [String] = []
        for (position, part) in parts.enumerated() {
            names.append("data-\(ShardName.padded(position))-of-\(ShardName.padded(parts.count)).arrow")
            try POSIX.rename(part.path, to: folder + "/" + names[position])
        }
        try ArrowFolder.write(
            [
                "_data_files": .array(names.map { ["filename": .string($0)] }),
                "_fingerprint": .string(hash.text), "_format_columns": .null, "_format_kwargs": [:],
                "_format_type": .null, "_output_all_columns": false, "_split": split.map(Value.string) ?? .null,
            ], to: folder + "/\(ArrowFolder.stateName)")
        try ArrowFolder.write(
            [
                "citation": "", "description": "", "features": .object(features.mapValues(\.json)), "homepage": "",
                "license": "",
            ], to: folder + "/\(ArrowFolder.infoName)")
    }
}

/// What the library tells datasets apart by: here a hash of all bytes (FNV-1a, eight bytes at a time), so that the same rows give
/// the same files.
private struct Fingerprint {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { bytes in
            for position in stride(from: 0, to: bytes.count & ~7, by: 8) {
                state ^= bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian
                state &*= 0x100_0000_01B3
            }
        }
    }

    /// Sixteen hexadecimal digits.
    var text: String {
        let digits = String(state ^ state >> 29, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
