internal import DistilabelDatasets
internal import DistilabelEngine
internal import DistilabelPipeline
internal import DistilabelValues
internal import Synchronization

/// Where the rows of a run go, and what becomes of them in the end.
protocol RunRows: Sendable {
    /// Takes the rows of a configuration.
    func sink(configuration: String, columns: [String]) throws -> any RowSink
    /// Where artifacts are kept; nil keeps none.
    var artifacts: (any ArtifactStore)? { get }
    /// Takes lines of the run's log.
    func record(_ lines: [LogLine])
    /// Makes the dataset of all that came in a run that did this.
    func finish(_ summary: RunSummary) throws -> Distiset
    /// Removes all that was written.
    func discard()
}

/// Keeps rows in memory.
final class RowsInMemory: RunRows {
    private let collectors = Mutex<[(name: String, collector: Collector)]>([])

    private final class Collector: RowSink {
        let rows: Mutex<RowChunk>
        init(columns: [String]) { rows = Mutex(RowChunk(columns: Columns(columns))) }
        func write(_ rows: RowChunk) async throws { self.rows.withLock { $0.append(contentsOf: rows) } }
    }

    func sink(configuration: String, columns: [String]) throws -> any RowSink {
        let collector = Collector(columns: columns)
        collectors.withLock { $0.append((configuration, collector)) }
        return collector
    }

    var artifacts: (any ArtifactStore)? { nil }

    func record(_ lines: [LogLine]) {}

    func finish(_ summary: RunSummary) throws -> Distiset {
        var distiset = Distiset()
        let all = collectors.withLock { $0 }.sorted { $0.name < $1.name }
        for (name, collector) in all { distiset[name] = ["train": Dataset(collector.rows.withLock { $0 })] }
        return distiset
    }

    func discard() {}
}

/// Writes rows to disk as they come, and beside them what made them: `pipeline.yaml` and `pipeline.log`, and `README.md`, which
/// says what all of it is.
final class RowsOnDisk: RunRows {
    private let directory: OutputDirectory
    private let output: RunOutput
    private let lines = Mutex<String>("")
    private let writers = Mutex<[(configuration: String, writer: any DatasetWriter)]>([])
    private let pipeline: Pipeline
    private let description: String
    private let environment: [String: String]

    private struct Sink: RowSink {
        let writer: any DatasetWriter
        func write(_ rows: RowChunk) async throws { try writer.write(rows) }
    }

    init(of pipeline: Pipeline, to output: RunOutput, environment: [String: String]) throws {
        self.output = output
        self.pipeline = pipeline
        self.environment = environment
        description = PipelineFile.text(
            of: try PipelineDescription(pipeline, placeholders: true), format: .yaml)
        directory = try OutputDirectory(output.directory, existing: output.overwrite ? .replace : .refuse)
        try directory.write(description, to: "pipeline.yaml")
    }

    func sink(configuration: String, columns: [String]) throws -> any RowSink {
        let writer = try directory.makeWriter(configuration: configuration, format: output.format, columns: columns)
        writers.withLock { $0.append((configuration, writer)) }
        return Sink(writer: writer)
    }

    /// Artifacts in the output folder.
    private struct FolderArtifacts: ArtifactStore {
        let directory: OutputDirectory

        func save(
            _ name: String, of step: String, metadata: Value.Object, write: (_ folder: String) throws -> Void
        ) throws {
            let text = JSON.string(.object(metadata), pretty: true) + "\n"
            try directory.writeArtifact(name, of: step, metadata: text, write: write)
        }
    }

    var artifacts: (any ArtifactStore)? { FolderArtifacts(directory: directory) }

    func record(_ lines: [LogLine]) {
        self.lines.withLock { $0 += lines.map { $0.text + "\n" }.joined() }
    }

    func finish(_ summary: RunSummary) throws -> Distiset {
        do {
            var configurations: [DatasetCard.Configuration] = []
            for (name, writer) in writers.withLock({ $0 }).sorted(by: { $0.configuration < $1.configuration }) {
                let written = try writer.finish()
                if let configuration = try directory.cardConfiguration(name, splits: ["train": written]) {
                    configurations.append(configuration)
                }
            }
            let card = DatasetCard(
                of: pipeline, description: description, summary: summary, configurations: configurations,
                environment: environment)
            try directory.write(try card.text(), to: "README.md")
            try directory.write(lines.withLock { $0 }, to: "pipeline.log")
            try directory.commit()
        } catch {
            directory.discard()
            throw error
        }
        return try Distiset.load(from: output.directory)
    }

    func discard() { directory.discard() }
}
