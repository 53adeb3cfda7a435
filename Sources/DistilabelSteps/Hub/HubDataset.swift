package import DistilabelDatasets
internal import DistilabelHTTP
package import DistilabelHub
internal import DistilabelModels
internal import DistilabelParquet
internal import DistilabelPipeline
package import DistilabelValues

/// A dataset on the Hub at one commit: which of its files are which split of which configuration.
package struct HubDataset: Sendable {
    /// What is asked.
    package let client: HubClient
    /// The repository.
    package let repository: HubRepository
    /// The commit at which the files are read: that of the revision, or of what the Hub made of it.
    package let commit: String
    /// The files.
    package let layout: DatasetLayout

    /// The branch in which the Hub keeps every dataset as Parquet.
    private static let converted = "refs/convert/parquet"

    /// Looks at the files of a revision; where none is of a format that is read, at what the Hub made of them.
    ///
    /// - Throws: `HubError`, `DatasetError` where there is no file of rows, `YAMLError` for a card that cannot be read.
    package init(_ repository: HubRepository, revision: String = "main", client: HubClient) async throws {
        self.client = client
        self.repository = repository
        let commit = try await client.commit(of: repository, revision: revision)
        let paths = try await client.paths(of: repository, revision: commit)
        var card: String?
        if paths.contains("README.md") {
            let bytes = try await client.contents(of: "README.md", of: repository, revision: commit)
            card = String(decoding: bytes, as: UTF8.self)
        }
        let layout = try DatasetLayout(paths: paths, card: card)
        if !layout.configurations.isEmpty {
            (self.commit, self.layout) = (commit, layout)
            return
        }
        do {
            let commit = try await client.commit(of: repository, revision: Self.converted)
            let paths = try await client.paths(of: repository, revision: commit)
            (self.commit, self.layout) = (commit, DatasetLayout(convertedPaths: paths))
        } catch let error as HubError where error.code == .revisionNotFound || error.code == .offline {
            throw DatasetError(
                .unsupported,
                "the dataset '\(repository)' has no Parquet, JSON, JSON Lines, CSV or Arrow files, and the Hub made no Parquet of it"
            )
        }
    }

    /// The files of a split, with words that name the dataset where there is none.
    package func files(configuration: String?, split: String) throws -> [String] {
        try named { try layout.files(configuration: configuration, split: split) }
    }

    /// The files of all splits of a configuration.
    package func splits(of configuration: String?) throws -> DatasetLayout.Splits {
        try named { try layout.splits(of: configuration) }
    }

    private func named<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatasetError {
            throw DatasetError(error.code, "dataset '\(repository)': \(error.message)")
        }
    }

    /// A file on this disk, downloaded where it is not there yet.
    package func local(_ path: String) async throws -> DatasetFile {
        try DatasetFile(path: try await client.download(path, of: repository, revision: commit))
    }

    /// Downloads what stands beside the rows: the card, `pipeline.yaml` and `pipeline.log`.
    ///
    /// - Returns: The folder in which they lie; nil where there are none.
    package func downloadCompanions() async throws -> String? {
        var folder: String?
        for name in ["README.md", "pipeline.yaml", "pipeline.log"] {
            do {
                let path = try await client.download(name, of: repository, revision: commit)
                folder = String(path.dropLast(name.count + 1))
            } catch let error as HubError where error.code == .entryNotFound || error.code == .offline {
                continue
            }
        }
        return folder
    }

    /// The rows of a file, from the disk once it is downloaded, or as they come from the Hub.
    ///
    /// - Parameters:
    ///   - isStreaming: Whether only what is wanted is fetched, and nothing kept: of Parquet a row group at a time, of JSON Lines
    ///     some megabytes. Files of other formats are downloaded all the same.
    ///   - emit: Takes a row and says whether it wants another.
    /// - Returns: Whether it wanted another in the end.
    package func rows(
        of path: String, isStreaming: Bool, emit: (Row) async throws -> Bool
    ) async throws -> Bool {
        switch DatasetFile.Kind(nameOf: path) {
        case .parquet? where isStreaming: return try await streamParquet(path, emit: emit)
        case .jsonLines?
        where isStreaming && !path.hasSuffix(".gz") && !path.hasSuffix(".zst") && !path.hasSuffix(".zstd"):
            return try await streamLines(path, emit: emit)
        default:
            var reader = try await local(path).open()
            while let chunk = try reader.next() {
                for index in 0..<chunk.count where try await !emit(chunk[index]) { return false }
            }
            return true
        }
    }

    private func streamParquet(_ path: String, emit: (Row) async throws -> Bool) async throws -> Bool {
        let file = try await client.file(path, of: repository, revision: commit)
        do {
            let reader = try await ParquetRangeReader(HubRangeSource(client: client, file: file))
            var batches = try reader.batches(of: Value.self, rows: 256)
            while let batch = try await batches.next() {
                let columns = Columns(batch.names)
                guard columns.count == batch.names.count else {
                    throw DatasetError(.malformed, "\(path): two columns have the same name")
                }
                let chunk = RowChunk(columns: columns, values: batch.columns, count: batch.rowCount)
                for index in 0..<chunk.count where try await !emit(chunk[index]) { return false }
            }
            return true
        } catch let error as ParquetError {
            throw DatasetError(.malformed, "\(path) of '\(repository)': \(error.message)")
        }
    }

    private func streamLines(_ path: String, emit: (Row) async throws -> Bool) async throws -> Bool {
        let file = try await client.file(path, of: repository, revision: commit)
        let window = 4 << 20
        var lines = JSONLinesReader()
        var start = 0
        var isAtEnd = false
        while !isAtEnd {
            let end = min(start + window, file.size)
            var bytes: [UInt8] = []
            try await client.read(file, range: start..<end) { bytes.append(contentsOf: $0) }
            isAtEnd = end == file.size
            start = end
            let values: [Value]
            do throws(JSONError) {
                values = try lines.append(bytes) + (isAtEnd ? lines.finish() : [])
            } catch {
                throw DatasetError(
                    .malformed, "\(path) of '\(repository)':\(error.line):\(error.column): \(error.message)")
            }
            for value in values {
                guard let object = value.objectValue else {
                    throw DatasetError(
                        .malformed,
                        "\(path) of '\(repository)': a line holds a \(value.kindName); every line should hold an object"
                    )
                }
                if try await !emit(Row(object)) { return false }
            }
        }
        return true
    }
}

/// A file on the Hub of which ranges are read.
private struct HubRangeSource: ParquetRangeSource {
    let client: HubClient
    let file: HubFile
    var name: String { file.path }
    var count: Int { file.size }

    func bytes(_ range: Range<Int>) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        try await client.read(file, range: range) { bytes.append(contentsOf: $0) }
        return bytes
    }
}

extension StepContext {
    /// A client of the Hub over the run's connections.
    func hub(token: Secret? = nil) async throws -> HubClient {
        HubClient(
            transport: try await resources.httpTransport(),
            settings: HubSettings(environment: environment, token: token))
    }
}
