public import DistilabelModels

extension RunResources {
    /// The transport that all models and steps of a run share; made at the first call, closed when the run ends.
    public func httpTransport() async throws -> AsyncHTTPTransport {
        try await shared("http-transport") {
            AsyncHTTPTransport()
        } close: { transport in
            await transport.shutdown()
        }
    }
}
