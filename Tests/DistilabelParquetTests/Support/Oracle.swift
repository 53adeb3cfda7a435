import DistilabelParquet
import DistilabelTesting
import Foundation
import Testing

/// The Python interpreter with pyarrow, duckdb, datasets and polars that `DISTILABEL_PYTHON` names.
enum Oracle {
    static let interpreter = ProcessInfo.processInfo.environment["DISTILABEL_PYTHON"]
    static let corpus = ProcessInfo.processInfo.environment["DISTILABEL_CORPORA"].map { $0 + "/parquet-testing" }

    static var isPresent: Bool { interpreter != nil }
    static var hasCorpus: Bool { corpus.map { FileManager.default.fileExists(atPath: $0) } ?? false }

    /// Runs a script with arguments; fails the test with what it printed unless it ends well.
    @discardableResult
    static func run(_ script: String, _ arguments: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(interpreter))
        process.arguments = ["-c", script] + arguments
        var environment = ProcessInfo.processInfo.environment
        environment["HF_HUB_OFFLINE"] = "1"
        environment["HF_DATASETS_CACHE"] = NSTemporaryDirectory() + "distilabel-parquet-datasets"
        process.environment = environment
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readWhole(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(text.suffix(4000))")
        return text
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
