internal import DistilabelValues

/// The files of one split: decides when one ends, and gives them one schema in the end.
struct ShardSeries {
    private let folder: String
    private let split: String
    private let options: ParquetWriter.Options
    private var schema: DatasetSchema
    /// The first rows, until the schema is settled.
    private var head: RowChunk? = RowChunk()
    private var headBytes = 0
    private var current: ShardFile?
    private var parts: [ShardFile.Part] = []
    private var widenings = 0
    private var partCount = 0
    private var size = ArrowSize()

    init(folder: String, split: String, schema: DatasetSchema, options: ParquetWriter.Options) {
        self.folder = folder
        self.split = split
        self.options = options
        self.schema = schema
    }

    mutating func write(_ rows: RowChunk) throws {
        size.add(rows)
        // No rows can still say which columns there are; later on they say nothing that matters.
        if rows.count == 0, head != nil { schema.widen(by: rows) }
        var start = 0
        if head != nil {
            // Row by row, so that the head ends with the same row however the rows were cut.
            while start < rows.count, let count = head?.count, count < options.headRows, headBytes < options.headBytes {
                var end = start
                while end < rows.count, count + end - start < options.headRows, headBytes < options.headBytes {
                    headBytes += rows.slice(end..<end + 1).roughByteCount
                    end += 1
                }
                head?.append(contentsOf: rows.slice(start..<end))
                start = end
            }
            guard let count = head?.count, count >= options.headRows || headBytes >= options.headBytes else { return }
            try settleHead()
        }
        try append(rows.slice(start..<rows.count))
    }

    mutating func finish() throws -> DatasetSummary {
        try settleHead()
        try endPart()
        // A run without rows leaves a file with its columns, so that it can be opened like any other.
        if parts.isEmpty, !schema.columns.isEmpty {
            current = try makeFile()
            try endPart()
        }
        let finished = try unify()
        var names: [String] = []
        for (position, part) in finished.enumerated() {
            names.append("\(split)-\(ShardName.padded(position))-of-\(ShardName.padded(finished.count)).parquet")
            try POSIX.rename(part.path, to: folder + "/" + names[position])
        }
        return DatasetSummary(
            files: names, rowCount: finished.reduce(0) { $0 + $1.rowCount },
            byteCount: finished.reduce(0) { $0 + $1.fileBytes },
            arrowByteCount: size.byteCount(of: schema), schema: schema)
    }

    private mutating func settleHead() throws {
        guard let rows = head else { return }
        head = nil
        schema.widen(by: rows)
        try append(rows)
    }

    /// Writes rows, widening the schema at the first that does not fit it.
    private mutating func append(_ rows: RowChunk) throws {
        var rest = rows
        while rest.count > 0 {
            guard let misfit = schema.firstMisfit(in: rest) else { return try store(rest) }
            try store(rest.slice(0..<misfit))
            schema.widen(by: rest.slice(misfit..<misfit + 1))
            // Rows without a schema take whatever comes; files that have one end here.
            if current.map({ $0.part.schema != nil }) ?? true {
                try endPart()
                widenings += 1
            }
            rest = rest.slice(misfit..<rest.count)
        }
    }

    /// Writes rows that the schema accepts, and ends files where they are full.
    private mutating func store(_ rows: RowChunk) throws {
        var start = 0
        while start < rows.count {
            var file = try current ?? makeFile()
            current = nil
            var bytes = file.part.valueBytes
            var end = start
            while end < rows.count, bytes < options.shardBytes,
                file.part.rowCount + end - start < max(1, options.shardRows)
            {
                bytes += rows.values.reduce(0) { $0 + $1[end].roughByteCount }
                end += 1
            }
            try file.append(rows.slice(start..<end))
            start = end
            current = file
            if bytes >= options.shardBytes || file.part.rowCount >= options.shardRows { try endPart() }
        }
    }

    private mutating func makeFile() throws -> ShardFile {
        partCount += 1
        let path = "\(folder)/.\(split)-\(ShardName.padded(partCount)).partial"
        if widenings > options.widenings { return try ShardFile(spool: path) }
        return try ShardFile(path: path, schema: schema, usesZstandard: options.usesZstandard)
    }

    private mutating func endPart() throws {
        guard var file = current else { return }
        current = nil
        parts.append(try file.finish())
    }

    /// Puts all files into the last schema: small neighbours together, those that are narrower anew.
    private mutating func unify() throws -> [ShardFile.Part] {
        var finished: [ShardFile.Part] = []
        var group: [ShardFile.Part] = []
        var bytes = 0
        var rows = 0
        for part in parts {
            let isFull = bytes + part.valueBytes > options.shardBytes || rows + part.rowCount > options.shardRows
            if isFull, !group.isEmpty {
                finished.append(try merge(group))
                (group, bytes, rows) = ([], 0, 0)
            }
            group.append(part)
            bytes += part.valueBytes
            rows += part.rowCount
        }
        if !group.isEmpty { finished.append(try merge(group)) }
        return finished
    }

    private mutating func merge(_ group: [ShardFile.Part]) throws -> ShardFile.Part {
        if group.count == 1, group[0].schema == schema { return group[0] }
        partCount += 1
        let path = "\(folder)/.\(split)-\(ShardName.padded(partCount)).partial"
        var file = try ShardFile(path: path, schema: schema, usesZstandard: options.usesZstandard)
        for part in group {
            var source = try DatasetFile(path: part.path, kind: part.schema == nil ? .jsonLines : .parquet).open()
            while let rows = try source.next() { try file.append(rows) }
            POSIX.removeFile(part.path)
        }
        return try file.finish()
    }
}
