/// What the models and steps of one run share: made once under a key, closed when the run ends.
///
/// So ten tasks on the same server use one pool of connections, and two tasks on the same file one copy of the model.
public actor RunResources {
    /// The environment variables.
    public nonisolated let environment: [String: String]
    private var made: [String: Task<any Sendable, any Error>] = [:]
    private var closers: [@Sendable () async -> Void] = []

    /// Makes an empty store.
    ///
    /// - Parameter environment: The environment variables that models read keys and addresses from.
    public init(environment: [String: String]) { self.environment = environment }

    /// The resource of a key, made at the first call; others that ask meanwhile wait for it.
    ///
    /// - Parameters:
    ///   - key: What tells the resource from others, the type included.
    ///   - make: Makes it.
    ///   - close: Ends it, when the run ends; in the reverse order of making.
    public func shared<Resource: Sendable>(
        _ key: String, make: @escaping @Sendable () async throws -> Resource,
        close: @escaping @Sendable (Resource) async -> Void
    ) async throws -> Resource {
        if let task = made[key], let resource = try await task.value as? Resource { return resource }
        let task = Task<any Sendable, any Error> { try await make() }
        made[key] = task
        let resource = try await task.value
        guard let resource = resource as? Resource else { throw CancellationError() }
        closers.append { await close(resource) }
        return resource
    }

    /// Ends all resources, the newest first.
    public func close() async {
        let ending = closers.reversed()
        closers = []
        made = [:]
        for close in ending { await close() }
    }
}
