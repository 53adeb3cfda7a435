internal import DistilabelArgilla
internal import DistilabelModels
public import DistilabelPipeline
public import DistilabelValues

/// Makes the rows of a dataset of an Argilla server: a row a record, with what models suggested and people answered.
///
/// The columns are those that the `argilla` package's `records.to_list(flatten=True)` gives, and for each question
/// `<question>.responses.usernames`: `id`, `status` and `_server_id`; the fields, then the metadata, under their own names (a field `id` is
/// the one that stays); of each question `<question>.responses`, a list with an answer an annotator, beside it
/// `<question>.responses.users` (ids) and `<question>.responses.status`, then `<question>.suggestion`,
/// `<question>.suggestion.score` and `<question>.suggestion.agent`.
public struct LoadDataFromArgilla: GeneratorStep {
    /// Which records are wanted.
    public enum Records: String, Sendable, Hashable, Codable, CaseIterable {
        /// All of them.
        case all
        /// Those that enough people have answered.
        case completed
        /// Those that somebody has answered, as far as `response_statuses` lets the answer count.
        case answered
        /// Those that not enough people have answered.
        case pending
    }

    /// How far an annotator is with an answer.
    public enum ResponseStatus: String, Sendable, Hashable, Codable, CaseIterable {
        /// It is kept, and not handed in.
        case draft
        /// It is handed in.
        case submitted
        /// The annotator does not want to answer.
        case discarded
    }

    /// Which dataset of which server.
    public var argilla: ArgillaAddress
    /// Which records.
    public var records = Records.all
    /// Which answers count; others are left out.
    public var responseStatuses = ResponseStatus.allCases

    /// Makes the step.
    public init(
        _ argilla: ArgillaAddress, records: Records = .all, responseStatuses: [ResponseStatus] = ResponseStatus.allCases
    ) {
        self.argilla = argilla
        self.records = records
        self.responseStatuses = responseStatuses
    }

    /// Not known before the dataset is read.
    public var outputs: [String] { [] }
    /// Not known before the dataset is read.
    public func columns(after available: ColumnSet) -> ColumnSet { ColumnSet([], isOpen: true) }

    /// A dataset without a name, a missing address or key.
    public func problems(in environment: [String: String]) -> [String] { argilla.problems(in: environment) }

    /// Sees that the dataset is there.
    public func prepare(in context: StepContext) async throws { _ = try await source(in: context) }

    /// Makes the rows, in the order in which the records came to the server.
    public func generate(in context: StepContext, emit: (Row) async throws -> Void) async throws {
        let source = try await source(in: context)
        let shape = AnnotatedRows(source.dataset.settings, users: source.users)
        let counted = Set(responseStatuses.map(\.rawValue))
        try await source.place.client.forEachRecord(of: source.dataset, includingVectors: shape.hasVectors) { record in
            var record = record
            let responses = record.responses.filter { counted.contains($0.status.rawValue) }
            let isWanted =
                switch records {
                case .all: true
                case .completed: record.status == .completed
                case .pending: record.status == .pending
                case .answered: !responses.isEmpty
                }
            guard isWanted else { return }
            record.responses = responses
            try await emit(shape.row(of: record))
        }
    }

    private struct Source: Sendable {
        let place: ArgillaPlace
        let dataset: ArgillaDataset
        let users: [String: String]
    }

    private func source(in context: StepContext) async throws -> Source {
        let argilla = argilla
        return try await context.resources.shared("argilla source of \(context.stepName)") {
            let place = try await argilla.connect(in: context)
            let name = argilla.datasetName ?? ""
            guard let dataset = try await place.client.dataset(named: name, in: place.workspace) else {
                let names = try await place.client.datasetNames(in: place.workspace)
                let list = names.isEmpty ? "none" : names.map { "'\($0)'" }.joined(separator: ", ")
                throw ArgillaError(
                    code: .notFound,
                    message:
                        "the workspace '\(place.workspace.name)' of \(place.client.server) has no dataset '\(name)' (there are: \(list)); check `dataset_name` and `dataset_workspace`"
                )
            }
            let users = try await place.client.users(of: place.workspace)
            return Source(
                place: place, dataset: dataset, users: Dictionary(users.map { ($0.id, $0.username) }) { $1 })
        } close: { _ in
        }
    }

    /// The defaults; the dataset's name must be given.
    public static var defaults: LoadDataFromArgilla { LoadDataFromArgilla(ArgillaAddress()) }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary:
                "Makes the rows of a dataset of an Argilla server, with what models suggested and people answered.",
            discussion:
                "A row a record: its fields and metadata, and of each question the columns <question>.responses (a list with an answer an annotator), .responses.users, .responses.usernames, .responses.status, .suggestion, .suggestion.score and .suggestion.agent.",
            parameters: ArgillaAddress.documentation.merging([
                "dataset_name": "the dataset's name",
                "records": "which records: all, completed, answered or pending",
                "response_statuses": "which answers count: a list of draft, submitted and discarded",
            ]) { _, own in own },
            source: "https://docs.argilla.io/latest/")
    }
}
