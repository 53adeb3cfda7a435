internal import Crypto
internal import DistilabelValues
internal import Foundation
internal import Synchronization

/// A stand-in for the Hugging Face Hub on the loopback: datasets, branches, commits, large files, as much of the interface as pushing and
/// reading needs.
///
/// `huggingface_hub` and `datasets` work with it unchanged (with `HF_HUB_DISABLE_XET=1`). Bytes of large files go to and come from a
/// second server, as they do on the Hub, so that it shows when a token goes where it must not.
///
///     let hub = try await MockHub.start()
///     … HubSettings(endpoint: hub.endpoint, token: "hf_write", cacheDirectory: folder) …
///     try await hub.stop()
///
/// The tokens `hf_write` and `hf_read` belong to the user `tester`, a member of `acme`; any other is refused.
public final class MockHub: Sendable {
    /// A file of a branch.
    public struct File: Sendable, Hashable {
        /// The bytes.
        public var bytes: [UInt8]
        /// Whether it lies in the large storage.
        public var isLarge: Bool

        /// Makes a file.
        public init(bytes: [UInt8], isLarge: Bool) {
            self.bytes = bytes
            self.isLarge = isLarge
        }
    }

    struct Branch: Sendable {
        var commit: String
        var files: [String: File]
    }

    struct State: Sendable {
        var repositories: [String: [String: Branch]] = [:]
        var commits: [String: [String: [String: File]]] = [:]
        var hidden: Set<String> = []
        var blobs: [String: [UInt8]] = [:]
        var parts: [String: [Int: [UInt8]]] = [:]
        var intercept: (@Sendable (MockRequest) -> MockAnswer?)?
        var interceptStorage: (@Sendable (MockRequest) -> MockAnswer?)?
        var multipartSize: Int?
        var messages: [String] = []
        var pullRequests = 0
        var serial = 0
    }

    let state = Mutex(State())
    /// The address of the Hub.
    public var endpoint: String { hub.withLock { $0?.origin ?? "" } }
    /// The address of the storage, another host.
    var storageOrigin: String { storage.withLock { $0?.origin ?? "" } }
    private let hub = Mutex<MockLLMServer?>(nil)
    private let storage = Mutex<MockLLMServer?>(nil)

    private init() {}

    /// Starts a Hub without datasets.
    public static func start() async throws -> MockHub {
        let mock = MockHub()
        let hub = try await MockLLMServer.start(keeping: 10_000) { mock.answer($0) }
        let storage = try await MockLLMServer.start(keeping: 10_000) { mock.answerFromStorage($0) }
        mock.hub.withLock { $0 = hub }
        mock.storage.withLock { $0 = storage }
        return mock
    }

    /// Ends both servers.
    public func stop() async throws {
        try await hub.withLock { $0 }?.stop()
        try await storage.withLock { $0 }?.stop()
    }

    /// The requests to the Hub.
    public var requests: [MockRequest] { hub.withLock { $0?.requests ?? [] } }
    /// The requests to the storage.
    public var storageRequests: [MockRequest] { storage.withLock { $0?.requests ?? [] } }

    /// Lets tests answer in the Hub's place; nil from the closure leaves the request to the Hub.
    public func intercept(_ answer: (@Sendable (MockRequest) -> MockAnswer?)?) {
        state.withLock { $0.intercept = answer }
    }

    /// Lets tests answer in the storage's place.
    public func interceptStorage(_ answer: (@Sendable (MockRequest) -> MockAnswer?)?) {
        state.withLock { $0.interceptStorage = answer }
    }

    /// From which size on files are sent in parts of that size; nil for never.
    public func setMultipartSize(_ size: Int?) { state.withLock { $0.multipartSize = size } }

    /// Makes a dataset, or changes files of it as somebody else's commit.
    public func put(_ repository: String, _ files: [String: [UInt8]], branch: String = "main") {
        state.withLock { state in
            state.ensure(repository, branch)
            var all = state.repositories[repository]?[branch]?.files ?? [:]
            for (path, bytes) in files { all[path] = File(bytes: bytes, isLarge: Self.isLarge(path, bytes.count)) }
            for (path, file) in all where file.isLarge { _ = path; state.blobs[Self.sha256(file.bytes)] = file.bytes }
            state.set(repository, branch, all)
        }
    }

    /// Makes a dataset that only its owner sees.
    public func hide(_ repository: String) { _ = state.withLock { $0.hidden.insert(repository) } }

    /// The files of a branch; nil where there is none.
    public func files(of repository: String, branch: String = "main") -> [String: File]? {
        state.withLock { $0.repositories[repository]?[branch]?.files }
    }

    /// The commit of a branch.
    public func commit(of repository: String, branch: String = "main") -> String? {
        state.withLock { $0.repositories[repository]?[branch]?.commit }
    }

    /// The messages of all commits that were pushed, in order.
    public var messages: [String] { state.withLock { $0.messages } }

    /// The SHA-256 of some bytes, as the storage names them.
    public static func digest(of bytes: [UInt8]) -> String { sha256(bytes) }

    static func isLarge(_ path: String, _ size: Int) -> Bool {
        [".parquet", ".arrow", ".bin", ".gz", ".zst"].contains { path.hasSuffix($0) } || size > 10 << 20
    }

    static func sha256(_ bytes: [UInt8]) -> String { hex(SHA256.hash(data: bytes)) }

    /// Git's digest of a file.
    static func gitDigest(_ bytes: [UInt8]) -> String {
        hex(Insecure.SHA1.hash(data: Array("blob \(bytes.count)\0".utf8) + bytes))
    }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension MockHub.State {
    /// Makes a repository and a branch where they are missing.
    mutating func ensure(_ repository: String, _ branch: String = "main") {
        if repositories[repository] == nil {
            repositories[repository] = [:]
            set(
                repository, "main", [".gitattributes": .init(bytes: Array("*.parquet filter=lfs".utf8), isLarge: false)]
            )
        }
        if repositories[repository]?[branch] == nil {
            set(repository, branch, repositories[repository]?["main"]?.files ?? [:])
        }
    }

    /// Makes a commit.
    mutating func set(_ repository: String, _ branch: String, _ files: [String: MockHub.File]) {
        serial += 1
        let commit = MockHub.hex(Insecure.SHA1.hash(data: Array("commit \(serial)".utf8)))
        repositories[repository, default: [:]][branch] = .init(commit: commit, files: files)
        commits[repository, default: [:]][commit] = files
    }

    /// The files and the commit of a branch or commit.
    func find(_ repository: String, _ revision: String) -> (commit: String, files: [String: MockHub.File])? {
        if let branch = repositories[repository]?[revision] { return (branch.commit, branch.files) }
        return commits[repository]?[revision].map { (revision, $0) }
    }
}
