internal import DistilabelArgilla
internal import DistilabelHTTP
public import DistilabelModels
internal import DistilabelPipeline
public import DistilabelValues

/// Which dataset of which Argilla server a step writes or reads.
public struct ArgillaAddress: DefaultsProviding, FlattenedSettings, Sendable, Hashable {
    /// The dataset's name; must be given before a run.
    public var datasetName: String?
    /// The workspace's name; the first that the key's owner may see when not set.
    public var datasetWorkspace: String?
    /// The server's address; `ARGILLA_API_URL` when not set.
    public var apiURL: String?
    /// The key; `ARGILLA_API_KEY` when not set.
    public var apiKey: Secret?

    /// Makes an address.
    public init(
        datasetName: String? = nil, datasetWorkspace: String? = nil, apiURL: String? = nil, apiKey: Secret? = nil
    ) {
        self.datasetName = datasetName
        self.datasetWorkspace = datasetWorkspace
        self.apiURL = apiURL
        self.apiKey = apiKey
    }

    /// Nothing set.
    public static var defaults: ArgillaAddress { ArgillaAddress() }

    /// What parameters mean that the steps share.
    static let documentation = [
        "dataset_name": "the dataset's name; made where there is none",
        "dataset_workspace": "the workspace's name; the first that the key's owner may see when not set",
        "api_url": "the server's address; ARGILLA_API_URL when not set",
        "api_key": "the key; ARGILLA_API_KEY when not set; never written to a file",
    ]

    /// What is missing or wrong.
    ///
    /// The name, too, is looked for here only: it may come with the parameters of a run.
    func problems(in environment: [String: String]) -> [String] {
        let named = (datasetName ?? "").isEmpty ? ["`dataset_name` is not set: name the dataset"] : []
        return named + ArgillaServer.problems(url: apiURL, apiKey: apiKey, environment: environment)
    }

    /// Reaches the server, which must answer at once, and finds the workspace.
    ///
    /// - Throws: `ArgillaError`.
    func connect(in context: StepContext) async throws -> ArgillaPlace {
        let server = try ArgillaServer(url: apiURL, apiKey: apiKey, environment: context.environment)
        let transport = try await context.resources.httpTransport()
        let impatient = ArgillaClient(server, transport: transport, retries: .none)
        _ = try await impatient.me()
        let client = ArgillaClient(server, transport: transport)
        return ArgillaPlace(
            client: client, impatientClient: impatient,
            workspace: try await client.workspace(named: datasetWorkspace))
    }
}

/// A workspace, and how to reach it.
struct ArgillaPlace: Sendable {
    let client: ArgillaClient
    /// Tries once, and gives up.
    let impatientClient: ArgillaClient
    let workspace: ArgillaWorkspace
}
