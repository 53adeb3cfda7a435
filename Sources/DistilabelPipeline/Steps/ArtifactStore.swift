public import DistilabelValues

/// Keeps what steps leave beside their rows: an index, a model, a picture.
///
/// A run with an output folder keeps them in `artifacts/<step>/<name>/` of it, each with a `metadata.json`.
public protocol ArtifactStore: Sendable {
    /// Lets a closure write into a folder of the artifact's own.
    ///
    /// - Parameters:
    ///   - name: The artifact's name: letters, digits, `-` and `_`.
    ///   - step: The step that leaves it.
    ///   - metadata: What is to be known of it.
    ///   - write: Writes files into the folder whose path it is given.
    /// - Throws: What `write` throws, and what hinders the folder.
    func save(
        _ name: String, of step: String, metadata: Value.Object, write: (_ folder: String) throws -> Void) throws
}

extension StepContext {
    /// Keeps something beside the dataset, where the run has an output folder; does nothing where rows stay in memory.
    ///
    ///     try context.saveArtifact("index", metadata: ["kind": "flat"]) { folder in try index.write(to: folder + "/index.bin") }
    ///
    /// - Parameters:
    ///   - name: The artifact's name, one of its own within the step: letters, digits, `-` and `_`.
    ///   - metadata: What is to be known of it; lies beside it in `metadata.json`.
    ///   - write: Writes files into the folder whose path it is given.
    public func saveArtifact(
        _ name: String, metadata: Value.Object = [:], write: (_ folder: String) throws -> Void
    ) throws {
        if !isTrial { try artifacts?.save(name, of: stepName, metadata: metadata, write: write) }
    }
}
