internal import DistilabelHub
public import DistilabelModels
public import DistilabelPipeline
internal import DistilabelValues

extension PipelineDescription {
    /// Whether a source is no file on this machine but an address, or a dataset on the Hub.
    public static func isRemote(_ source: String) -> Bool {
        ["http://", "https://", "hub:"].contains { source.hasPrefix($0) }
    }

    /// Reads a pipeline from a file, an address or a dataset on the Hugging Face Hub.
    ///
    /// The token goes with an address only where that is on the Hub's own host.
    ///
    /// - Parameters:
    ///   - source: A path; `https://…` or `http://…`; `hub:owner/name` or `hub:owner/name@revision` for the `pipeline.yaml` of a dataset.
    ///     A file whose name begins so is named `./hub:…`.
    ///   - token: Who asks; nil takes that of the environment.
    ///   - environment: The variables that say where the Hub is.
    /// - Throws: `PipelineFileError` with the line and the column of what is wrong, `HubError` where it cannot be fetched.
    public init(
        source: String, token: Secret? = nil, environment: [String: String]
    ) async throws {
        guard Self.isRemote(source) else {
            try self.init(contentsOf: source)
            return
        }
        let bytes = try await HubSession.run(token: token, environment: environment) { client in
            guard source.hasPrefix("hub:") else { return try await client.fetch(source) }
            let parts = source.dropFirst("hub:".count).split(separator: "@", maxSplits: 1).map(String.init)
            let repository = try HubRepository(parts.first ?? "")
            return try await client.contents(
                of: "pipeline.yaml", of: repository, revision: parts.count > 1 ? parts[1] : "main")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw PipelineFileError(.malformed, "\(source) is not text in UTF-8")
        }
        if text.drop(while: \.isWhitespace).hasPrefix("<") {
            throw PipelineFileError(.malformed, "\(source) is a web page; give the address of the file itself")
        }
        self = try PipelineFile.parse(text, name: source)
    }
}
