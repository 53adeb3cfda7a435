import DistilabelHTTP
import DistilabelHub
import DistilabelModels
import DistilabelTesting
import Foundation

/// A stand-in Hub, a client of it and a folder, which end with the test.
struct HubTrial: Sendable {
    let hub: MockHub
    let transport: AsyncHTTPTransport
    let folder: String

    /// Tries again at once, so that tests need not wait.
    static let impatient = RetryPolicy(
        maximumRetries: 5, statuses: [408, 429, 500, 502, 503, 504], baseDelay: .milliseconds(1),
        maximumDelay: .milliseconds(4), maximumServerDelay: .seconds(310))

    static func run(_ body: (HubTrial) async throws -> Void) async throws {
        let trial = HubTrial(
            hub: try await MockHub.start(), transport: AsyncHTTPTransport(),
            folder: NSTemporaryDirectory() + "/distilabel-hub-" + UUID().uuidString)
        try FileManager.default.createDirectory(atPath: trial.folder, withIntermediateDirectories: true)
        let result: Result<Void, any Error>
        do { result = .success(try await body(trial)) } catch { result = .failure(error) }
        await trial.transport.shutdown()
        try await trial.hub.stop()
        try? FileManager.default.removeItem(atPath: trial.folder)
        try result.get()
    }

    func client(
        token: Secret? = "hf_write", cache: String = "cache", isOffline: Bool = false,
        retries: RetryPolicy = HubTrial.impatient
    ) -> HubClient {
        HubClient(
            transport: transport,
            settings: HubSettings(
                endpoint: hub.endpoint, token: token, cacheDirectory: folder + "/" + cache, isOffline: isOffline),
            retries: retries)
    }

    /// Writes a file and gives its path.
    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
        return folder + "/" + name
    }

    /// Requests of a kind that came to the Hub.
    func requests(_ method: String, containing part: String) -> [MockRequest] {
        hub.requests.filter { $0.method == method && $0.path.contains(part) }
    }
}

/// Bytes that no two seeds share.
func noise(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
}

/// The error that a call ends with.
func failure(of body: () async throws -> some Any) async -> HubError? {
    do { _ = try await body() } catch { return error as? HubError }
    return nil
}
