import DistilabelHTTP
import DistilabelHub
import DistilabelTesting
import Foundation
import Synchronization
import Testing

struct HubPushTests {
    private func push(
        _ client: HubClient, _ changes: [HubChange], to name: String = "tester/ds",
        _ options: HubCommitOptions = HubCommitOptions(message: "Rows")
    ) async throws -> HubCommit {
        try await client.push(to: HubRepository(name), options) { _ in changes }
    }

    @Test func makesARepositoryAndPutsSmallAndLargeFilesIntoOneCommit() async throws {
        try await HubTrial.run { trial async throws in
            let client = trial.client()
            let repository = try await client.create(HubRepository("ds"), isPrivate: true)
            #expect(repository.id == "tester/ds")
            let large = noise(700_000)
            let path = try trial.file("a.parquet", large)
            let commit = try await push(
                client,
                [
                    .add(path: "data/train-00000-of-00001.parquet", content: .file(path)),
                    .add(path: "README.md", content: .text("# Rows\n")),
                    .add(path: "empty.parquet", content: .bytes([])),
                    .add(path: "x.ignored", content: .text("x")),
                ])
            let files = try #require(trial.hub.files(of: "tester/ds"))
            #expect(files["data/train-00000-of-00001.parquet"] == .init(bytes: large, isLarge: true))
            #expect(files["README.md"]?.bytes == Array("# Rows\n".utf8))
            #expect(files["empty.parquet"]?.bytes == [])
            #expect(files["x.ignored"] == nil)
            #expect(commit.ignored == ["x.ignored"])
            #expect(commit.commit == trial.hub.commit(of: "tester/ds"))
            #expect(commit.uploadedBytes == large.count)
            #expect(trial.hub.messages == ["Rows"])
        }
    }

    @Test func sendsLargeFilesInPartsWhereTheHubWants() async throws {
        try await HubTrial.run { trial async throws in
            trial.hub.setMultipartSize(100_000)
            trial.hub.put("tester/ds", [:])
            let large = noise(934_567)
            let fromMemory = noise(250_000, seed: 2)
            let path = try trial.file("a.parquet", large)
            _ = try await push(
                trial.client(),
                [
                    .add(path: "a.parquet", content: .file(path)),
                    .add(path: "b.parquet", content: .bytes(fromMemory)),
                ])
            #expect(trial.hub.files(of: "tester/ds")?["a.parquet"]?.bytes == large)
            #expect(trial.hub.files(of: "tester/ds")?["b.parquet"]?.bytes == fromMemory)
            #expect(trial.hub.storageRequests.count { $0.method == "PUT" } == 10 + 3)
        }
    }

    @Test func sendsNothingAndMakesNoCommitWhereAllIsThere() async throws {
        try await HubTrial.run { trial async throws in
            let files: [String: [UInt8]] = ["a.parquet": noise(1000), "README.md": Array("r".utf8)]
            trial.hub.put("tester/ds", files)
            let head = trial.hub.commit(of: "tester/ds")
            let commit = try await push(
                trial.client(), files.map { .add(path: $0.key, content: .bytes($0.value)) })
            #expect(commit.isUnchanged)
            #expect(commit.commit == head)
            #expect(trial.requests("POST", containing: "/commit/").isEmpty)
            #expect(trial.hub.storageRequests.isEmpty)
        }
    }

    @Test func goesOnWithAnUploadThatWasCutOff() async throws {
        try await HubTrial.run { trial async throws in
            trial.hub.put("tester/ds", [:])
            let contents = (0..<6).map { noise(50_000, seed: UInt64($0)) }
            let changes = try contents.enumerated().map { index, bytes in
                HubChange.add(
                    path: "data/\(index).parquet", content: .file(try trial.file("\(index).parquet", bytes)))
            }
            // The storage dies after three files, for good.
            let puts = Mutex(0)
            trial.hub.interceptStorage { request in
                guard request.method == "PUT" else { return nil }
                let count = puts.withLock {
                    $0 += 1
                    return $0
                }
                return count > 3 ? MockAnswer().failing(.reset) : nil
            }
            let error = await failure { try await push(trial.client(), changes) }
            #expect(error?.code == .network)
            #expect(trial.hub.messages.isEmpty)
            trial.hub.interceptStorage(nil)
            let before = trial.hub.storageRequests.count
            _ = try await push(trial.client(), changes)
            #expect(trial.hub.storageRequests.count - before == 3)
            let files = try #require(trial.hub.files(of: "tester/ds"))
            #expect((0..<6).map { files["data/\($0).parquet"]?.bytes } == contents)
            #expect(trial.hub.messages == ["Rows"])
        }
    }

    @Test func sendsAPartAgainWhereTheConnectionBreaksInIt() async throws {
        try await HubTrial.run { trial async throws in
            trial.hub.setMultipartSize(100_000)
            trial.hub.put("tester/ds", [:])
            let failed = Mutex<Set<String>>([])
            trial.hub.interceptStorage { request in
                let isFirst = failed.withLock { $0.insert(request.path).inserted }
                guard isFirst, request.method == "PUT" else { return nil }
                return request.path.contains("/2?") ? MockAnswer().failing(.close) : MockAnswer.failure(503)
            }
            let large = noise(350_000)
            let path = try trial.file("a.parquet", large)
            _ = try await push(trial.client(), [.add(path: "a.parquet", content: .file(path))])
            #expect(trial.hub.files(of: "tester/ds")?["a.parquet"]?.bytes == large)
        }
    }

    @Test func startsAgainUponTheNewHeadWhereAnotherCommitCameBetween() async throws {
        try await HubTrial.run { trial async throws in
            trial.hub.put("tester/ds", ["old.parquet": noise(10)])
            let hub = trial.hub
            let isFirst = Mutex(true)
            let heads = Mutex<[String]>([])
            let client = trial.client()
            let large = noise(40_000)
            let commit = try await client.push(to: HubRepository("tester/ds"), HubCommitOptions(message: "Mine")) {
                head in
                heads.withLock { $0.append(head.commit) }
                let stale = try await client.tree(of: head.repository, revision: head.commit)
                    .filter { $0.path.hasSuffix("old.parquet") || $0.path.hasSuffix("other.parquet") }
                // Somebody pushes after the list was made.
                if isFirst.withLock({ first in
                    defer { first = false }
                    return first
                }) {
                    hub.put("tester/ds", ["other.parquet": noise(20)])
                }
                return stale.map { .delete(path: $0.path) } + [.add(path: "new.parquet", content: .bytes(large))]
            }
            #expect(heads.withLock { Set($0).count } == 2)
            #expect(commit.commit == hub.commit(of: "tester/ds"))
            #expect(hub.files(of: "tester/ds")?.keys.filter { $0.hasSuffix("parquet") } == ["new.parquet"])
            #expect(trial.requests("POST", containing: "/commit/").count == 2)
            // The large file went up once.
            #expect(trial.hub.storageRequests.count == 1)
        }
    }

    @Test func takesALostAnswerToACommitForDone() async throws {
        try await HubTrial.run { trial async throws in
            trial.hub.put("tester/ds", [:])
            let isFirst = Mutex(true)
            let hub = trial.hub
            hub.intercept { request in
                guard request.path.contains("/commit/"),
                    isFirst.withLock({ first in
                        defer { first = false }
                        return first
                    })
                else { return nil }
                // The commit is made, and its answer lost.
                hub.put("tester/ds", ["a.txt": Array("a".utf8)])
                return MockAnswer().failing(.close)
            }
            let commit = try await push(trial.client(), [.add(path: "a.txt", content: .text("a"))])
            #expect(commit.isUnchanged)
            #expect(commit.commit == hub.commit(of: "tester/ds"))
            #expect(hub.messages.isEmpty)
        }
    }

    @Test(arguments: [409, 412]) func givesUpWhereOthersAlwaysComeBetween(_ status: Int) async throws {
        try await HubTrial.run { trial async throws in
            trial.hub.put("tester/ds", [:])
            trial.hub.intercept { $0.path.contains("/commit/") ? MockHub.refusal(status, "Busy") : nil }
            let error = await failure { try await push(trial.client(), [.add(path: "a", content: .text("a"))]) }
            #expect(error?.code == .conflict)
            #expect(error?.status == status)
            #expect(trial.requests("POST", containing: "/commit/").count == 11)
        }
    }

    @Test func opensAPullRequestAndAddsToIt() async throws {
        try await HubTrial.run { trial async throws in
            trial.hub.put("tester/ds", [:])
            let head = trial.hub.commit(of: "tester/ds")
            let opened = try await push(
                trial.client(), [.add(path: "a", content: .text("a"))], to: "tester/ds",
                HubCommitOptions(message: "PR", opensPullRequest: true))
            #expect(opened.url == trial.hub.endpoint + "/datasets/tester/ds/discussions/1")
            #expect(trial.hub.commit(of: "tester/ds") == head)
            _ = try await push(
                trial.client(), [.add(path: "b", content: .text("b"))], to: "tester/ds",
                HubCommitOptions(message: "More", revision: "refs/pr/1"))
            let files = trial.hub.files(of: "tester/ds", branch: "refs/pr/1")
            #expect(files?["a"] != nil && files?["b"] != nil)
            #expect(!trial.requests("POST", containing: "/commit/refs%2Fpr%2F1").isEmpty)
        }
    }

    @Test func doesNotOpenAPullRequestTwice() async throws {
        try await HubTrial.run { trial async throws in
            trial.hub.put("tester/ds", [:])
            trial.hub.intercept { $0.path.contains("/commit/") ? MockAnswer().failing(.close) : nil }
            let error = await failure {
                try await push(
                    trial.client(), [.add(path: "a", content: .text("a"))], to: "tester/ds",
                    HubCommitOptions(message: "PR", opensPullRequest: true))
            }
            #expect(error?.code == .network)
            #expect(trial.requests("POST", containing: "/commit/").count == 1)
        }
    }

    @Test func makesTheBranchThatIsMissing() async throws {
        try await HubTrial.run { trial async throws in
            trial.hub.put("tester/ds", [:])
            _ = try await push(
                trial.client(), [.add(path: "a", content: .text("a"))], to: "tester/ds",
                HubCommitOptions(message: "m", revision: "feat/1"))
            #expect(trial.hub.files(of: "tester/ds", branch: "feat/1")?["a"] != nil)
            #expect(trial.hub.files(of: "tester/ds")?["a"] == nil)
            let client = trial.client()
            let found = try await client.references(of: HubRepository("tester/ds"))
            #expect(Set(found.branches.keys) == ["main", "feat/1"])
        }
    }

    @Test func neverSendsTheTokenToTheStorage() async throws {
        try await HubTrial.run { trial async throws in
            trial.hub.setMultipartSize(30_000)
            trial.hub.put("tester/ds", [:])
            let client = trial.client()
            _ = try await push(
                client,
                [
                    .add(path: "a.parquet", content: .bytes(noise(100_000))),
                    .add(path: "b.parquet", content: .bytes(noise(9000))),
                ])
            _ = try await client.download("a.parquet", of: HubRepository("tester/ds"))
            #expect(trial.hub.storageRequests.count >= 6)
            for request in trial.hub.storageRequests {
                #expect(!request.headers.contains { $0.value.contains("hf_write") })
            }
        }
    }

    @Test func refusesPathsThatLeadElsewhere() async throws {
        try await HubTrial.run { trial async throws in
            trial.hub.put("tester/ds", [:])
            for path in ["../a", "/a", "a//b", "a/../b", ""] {
                let error = await failure {
                    try await push(trial.client(), [.add(path: path, content: .text("a"))])
                }
                #expect(error?.code == .invalidName, "\(path)")
            }
            let missing = await failure {
                try await push(trial.client(), [.add(path: "a", content: .file("/nowhere/a"))])
            }
            #expect(missing?.code == .localFile)
        }
    }
}
