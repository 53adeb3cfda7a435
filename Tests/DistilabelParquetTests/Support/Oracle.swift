import DistilabelParquet
import DistilabelTesting
import Foundation
import Testing

/// The Python interpreter with pyarrow, duckdb, datasets and polars that `DISTILABEL_PYTHON` names.
enum Oracle {
    static let corpus = ProcessInfo.processInfo.environment["DISTILABEL_CORPORA"].map { $0 + "/parquet-testing" }

    static var isPresent: Bool { PythonRun.interpreter != nil }
    static var hasCorpus: Bool { corpus.map { FileManager.default.fileExists(atPath: $0) } ?? false }

    /// Runs a script with arguments and gives what it prints; throws what it complains of unless it ends well.
    @discardableResult
    static func run(_ script: String, _ arguments: String...) throws -> String {
        try PythonRun.run(
            script, arguments: arguments,
            environment: [
                "HF_HUB_OFFLINE": "1", "HF_DATASETS_CACHE": NSTemporaryDirectory() + "distilabel-parquet-datasets",
            ])
    }
}

/// A folder that goes when the body ends.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("parquet-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
}

/// All the rows of a file, column by column.
func readAll(_ reader: ParquetFileReader, columns: [String]? = nil, rows: Int = 1000) throws -> [[TestCell]] {
    var batches = try reader.batches(of: TestCell.self, columns: columns, rows: rows)
    var all: [[TestCell]] = Array(repeating: [], count: columns?.count ?? reader.schema.fields.count)
    while let batch = try batches.next() {
        for (index, column) in batch.columns.enumerated() { all[index] += column }
    }
    return all
}

/// Writes columns of cells to a file.
@discardableResult
func write(
    _ columns: [[TestCell]], _ schema: ParquetSchema, to path: String,
    _ change: (inout ParquetWriteOptions) -> Void = { _ in }
) throws -> ParquetFileSummary {
    var options = ParquetWriteOptions()
    options.isDurable = false
    options.keyValues = [schema.datasetFeatures]
    change(&options)
    let writer = try ParquetFileWriter(path: path, schema: schema, options: options)
    try writer.append(columns: columns)
    return try writer.finish()
}
