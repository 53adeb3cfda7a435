internal import DistilabelHTTP
public import DistilabelHub
public import DistilabelModels

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A client of the Hub for as long as a closure runs.
public enum HubSession {
    /// Connects, lets a closure work, and closes the connections.
    ///
    ///     let account = try await HubSession.run { try await $0.whoami() }
    ///
    /// - Parameters:
    ///   - token: Who asks; nil takes that of the environment.
    ///   - environment: The variables that say where the Hub and the cache are; nil takes those of the process.
    ///   - body: What is to be done.
    public static func run<Result>(
        token: Secret? = nil, environment: [String: String]? = nil, _ body: (HubClient) async throws -> Result
    ) async throws -> Result {
        let transport = AsyncHTTPTransport()
        let client = HubClient(
            transport: transport,
            settings: HubSettings(
                environment: environment ?? ProcessInfo.processInfo.environment, token: token))
        do {
            let result = try await body(client)
            await transport.shutdown()
            return result
        } catch {
            await transport.shutdown()
            throw error
        }
    }
}
