internal import DistilabelHTTP
internal import DistilabelValues

extension ArgillaClient {
    /// What the server says of a dataset.
    private struct Header: Decodable {
        var id: String
        var name: String
        var status: String
        var guidelines: String?
        var allowExtraMetadata: Bool
        var distribution: Value?
    }

    /// The names of the datasets in a workspace.
    public func datasetNames(in workspace: ArgillaWorkspace) async throws -> [String] {
        try await headers(in: workspace).map(\.name)
    }

    /// The dataset of a name, with its settings; nil when there is none.
    public func dataset(named name: String, in workspace: ArgillaWorkspace) async throws -> ArgillaDataset? {
        guard let header = try await header(named: name, in: workspace) else { return nil }
        return try await dataset(header, in: workspace)
    }

    /// Makes a dataset, with all that it shows and asks, and opens it to annotators.
    ///
    /// - Throws: `ArgillaError`; `.conflict` when there is one of this name.
    public func createDataset(
        named name: String, in workspace: ArgillaWorkspace, settings: ArgillaDatasetSettings
    ) async throws -> ArgillaDataset {
        var body: Value = [
            "name": .string(name), "workspace_id": .string(workspace.id),
            "allow_extra_metadata": .bool(settings.allowsExtraMetadata),
            "distribution": ["strategy": "overlap", "min_submitted": .int(settings.minimumSubmitted)],
        ]
        if let guidelines = settings.guidelines { body["guidelines"] = .string(guidelines) }
        let header: Header = try read(from: try await send(.post, "datasets", body: body), path: "datasets")
        return try await complete(header, in: workspace, settings: settings)
    }

    /// The dataset of a name, made where there is none.
    ///
    /// One that was begun and never opened, by a run that was killed say, is completed and opened.
    ///
    /// - Throws: `ArgillaError`; `.mismatch` when one of this name is there that does not take records of these settings.
    public func ensureDataset(
        named name: String, in workspace: ArgillaWorkspace, settings: ArgillaDatasetSettings
    ) async throws -> ArgillaDataset {
        do {
            guard let header = try await header(named: name, in: workspace) else {
                return try await createDataset(named: name, in: workspace, settings: settings)
            }
            if header.status == "draft" { return try await complete(header, in: workspace, settings: settings) }
            let found = try await dataset(header, in: workspace)
            try check(found, for: settings)
            return found
        } catch let error as ArgillaError where error.code == .conflict {
            // Somebody else made it at the same moment.
            guard let found = try await dataset(named: name, in: workspace) else { throw error }
            try check(found, for: settings)
            return found
        }
    }

    /// Sees that a dataset takes records of some settings.
    ///
    /// - Throws: `ArgillaError` with `.mismatch`.
    public func check(_ dataset: ArgillaDataset, for settings: ArgillaDatasetSettings) throws {
        guard let reason = settings.mismatch(with: dataset.settings) else { return }
        throw ArgillaError(
            code: .mismatch,
            message:
                "the dataset '\(dataset.name)' in the workspace '\(dataset.workspace.name)' of \(server) is another one: \(reason); choose another `dataset_name`, or remove that dataset"
        )
    }

    private func headers(
        in workspace: ArgillaWorkspace, named name: String? = nil
    ) async throws -> [Header] {
        let query = [("workspace_id", workspace.id)] + (name.map { [("name", $0)] } ?? [])
        return try await items("me/datasets", query: query).map { try read(from: $0, path: "me/datasets") }
    }

    private func header(named name: String, in workspace: ArgillaWorkspace) async throws -> Header? {
        try await headers(in: workspace, named: name).first { $0.name == name }
    }

    /// Adds what a dataset lacks, and opens it.
    private func complete(
        _ header: Header, in workspace: ArgillaWorkspace, settings: ArgillaDatasetSettings
    ) async throws -> ArgillaDataset {
        let path = "datasets/\(header.id)"
        let there = try await self.settings(of: header)
        for field in settings.fields where !there.fields.contains(where: { $0.name == field.name }) {
            _ = try await send(.post, "\(path)/fields", body: try body(of: field))
        }
        for question in settings.questions where !there.questions.contains(where: { $0.name == question.name }) {
            _ = try await send(.post, "\(path)/questions", body: try body(of: question))
        }
        for property in settings.metadataProperties
        where !there.metadataProperties.contains(where: { $0.name == property.name }) {
            _ = try await send(.post, "\(path)/metadata-properties", body: try body(of: property))
        }
        for vector in settings.vectors where !there.vectors.contains(where: { $0.name == vector.name }) {
            _ = try await send(.post, "\(path)/vectors-settings", body: try body(of: vector))
        }
        let found = try await dataset(header, in: workspace)
        try check(found, for: settings)
        _ = try await send(.put, "\(path)/publish")
        return found
    }

    private func dataset(_ header: Header, in workspace: ArgillaWorkspace) async throws -> ArgillaDataset {
        ArgillaDataset(
            id: header.id, name: header.name, workspace: workspace, settings: try await settings(of: header))
    }

    private func settings(of header: Header) async throws -> ArgillaDatasetSettings {
        let path = "datasets/\(header.id)"
        return ArgillaDatasetSettings(
            fields: try await list("\(path)/fields"), questions: try await list("\(path)/questions"),
            metadataProperties: try await list("me/\(path)/metadata-properties"),
            vectors: try await list("\(path)/vectors-settings"), guidelines: header.guidelines,
            allowsExtraMetadata: header.allowExtraMetadata,
            minimumSubmitted: header.distribution?["min_submitted"]?.intValue ?? 1)
    }

    private func list<Item: Decodable>(_ path: String) async throws -> [Item] {
        try await items(path).map { try read(from: $0, path: path) }
    }
}
