internal import DistilabelArgilla
internal import DistilabelModels
internal import DistilabelPipeline
internal import DistilabelValues
internal import Synchronization

/// What the steps share that send rows to annotators.
struct ArgillaSending {
    let address: ArgillaAddress
    let settings: ArgillaDatasetSettings
    let context: StepContext

    /// Where records go: found, or made, at the first call.
    private func target() async throws -> ArgillaTarget {
        try await context.resources.shared("argilla target of \(context.stepName)") { [self] in
            try await open()
        } close: { _ in
        }
    }

    private func open() async throws -> ArgillaTarget {
        let place = try await address.connect(in: context)
        let name = address.datasetName ?? ""
        guard !context.isTrial else {
            let there = try await place.client.dataset(named: name, in: place.workspace)
            if let there { try place.client.check(there, for: settings) }
            return ArgillaTarget(place: place, dataset: nil)
        }
        // Two steps of a run may write to one dataset: the first makes it, the other finds it.
        let key = "argilla dataset \(place.client.server.url) \(place.workspace.id) \(name)"
        let settings = settings
        let dataset = try await context.resources.shared(key) {
            try await place.client.ensureDataset(named: name, in: place.workspace, settings: settings)
        } close: { _ in
        }
        try place.client.check(dataset, for: settings)
        return ArgillaTarget(place: place, dataset: dataset)
    }

    /// Sees that the server is there, knows the key, and has the dataset.
    func prepare() async throws { _ = try await target() }

    /// Sends the records of some rows; the rows go on as they are, but for a note at those that could not be sent.
    ///
    /// - Parameters:
    ///   - rows: The rows.
    ///   - records: Makes the records of a row.
    /// - Throws: `ArgillaError` for what concerns all of them.
    func send(_ rows: [Row], records: (Row) throws -> [ArgillaRecord]) async throws -> [Row] {
        let target = try await target()
        var rows = rows
        var sent: [ArgillaRecord] = []
        var owners: [Int] = []
        for index in rows.indices {
            do {
                let made = try records(rows[index])
                sent += made
                owners += made.map { _ in index }
            } catch {
                rows[index].noteFailure(error, of: context.stepName, outputs: [])
            }
        }
        guard !sent.isEmpty else { return rows }
        for (index, error) in try await target.send(sent).refused
        where rows[owners[index]].failure(of: context.stepName) == nil {
            rows[owners[index]].noteFailure(error, of: context.stepName, outputs: [])
        }
        return rows
    }
}

/// A dataset to which records are sent.
private final class ArgillaTarget: Sendable {
    private let place: ArgillaPlace
    /// The dataset; nil in a trial.
    private let dataset: ArgillaDataset?
    private let isGone = Mutex(false)

    init(place: ArgillaPlace, dataset: ArgillaDataset?) {
        self.place = place
        self.dataset = dataset
    }

    /// Sends records; once the server is gone, with one try only, so that the rows behind need not wait for nothing.
    func send(_ records: [ArgillaRecord]) async throws -> ArgillaUpsert {
        guard let dataset else { return ArgillaUpsert() }
        var records = records
        if !dataset.settings.allowsExtraMetadata {
            // A dataset that others made may have no place for the names of models.
            let known = Set(dataset.settings.metadataProperties.map(\.name))
            for index in records.indices { records[index].metadata.removeAll { !known.contains($0.key) } }
        }
        let client = isGone.withLock { $0 } ? place.impatientClient : place.client
        do {
            let result = try await client.upsert(records, into: dataset)
            isGone.withLock { $0 = false }
            return result
        } catch let error as ArgillaError {
            if error.code == .unreachable || error.code == .serverFailure { isGone.withLock { $0 = true } }
            throw error
        }
    }
}

extension ArgillaRecord {
    /// A record under an id that follows from what it shows: the same content, sent again, is the same record.
    init(showing content: Value.Object, id: String, metadata: Value.Object, suggestions: [ArgillaSuggestion] = []) {
        var fields: Value.Object = ["id": .string(id)]
        fields.merge(content) { $1 }
        self.init(
            externalID: sha256(JSON.string(.object(content), sortedKeys: true)), fields: fields, metadata: metadata,
            suggestions: suggestions)
    }
}
