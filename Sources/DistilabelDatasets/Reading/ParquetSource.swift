internal import DistilabelParquet
internal import DistilabelValues

/// Reads the rows of a Parquet file, a batch at a time.
final class ParquetSource {
    private let path: String
    private let reader: ParquetFileReader
    private var batches: ParquetBatches<Value>?

    init(path: String) throws {
        self.path = path
        reader = try Self.translate(path) { try ParquetFileReader(path: path) }
    }

    var rowCount: Int { reader.rowCount }
    var schema: DatasetSchema { DatasetSchema(reader) }

    func next() throws -> RowChunk? {
        try Self.translate(path) {
            var batches = try self.batches ?? reader.batches(of: Value.self, rows: 256)
            let batch = try batches.next()
            self.batches = batches
            guard let batch else { return nil }
            let columns = Columns(batch.names)
            guard columns.count == batch.names.count else {
                throw DatasetError(.malformed, "\(path): two columns have the same name")
            }
            return RowChunk(columns: columns, values: batch.columns, count: batch.rowCount)
        }
    }

    private static func translate<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as ParquetError {
            let message = error.message.contains(path) ? error.message : "\(path): \(error.message)"
            switch error.code {
            case .unsupported: throw DatasetError(.unsupported, message)
            case .io: throw DatasetError(.io, message)
            default: throw DatasetError(.malformed, message)
            }
        }
    }
}
