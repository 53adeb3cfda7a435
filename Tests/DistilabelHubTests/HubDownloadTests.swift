import DistilabelHTTP
import DistilabelHub
import DistilabelTesting
import Foundation
import Synchronization
import Testing

struct HubDownloadTests {
    private func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

    @Test func keepsFilesAsHuggingFaceHubDoes() async throws {
        try await HubTrial.run { trial async throws in
            let large = noise(300_000)
            trial.hub.put("tester/ds", ["data/a.parquet": large, "README.md": Array("read".utf8)])
            let client = trial.client()
            let repository = try HubRepository("tester/ds")
            let path = try await client.download("data/a.parquet", of: repository)
            let commit = try #require(trial.hub.commit(of: "tester/ds"))
            let folder = trial.folder + "/cache/datasets--tester--ds"
            #expect(path == "\(folder)/snapshots/\(commit)/data/a.parquet")
            #expect(try bytes(path) == large)
            #expect(try String(contentsOfFile: folder + "/refs/main", encoding: .utf8) == commit)
            let blob = try FileManager.default.destinationOfSymbolicLink(atPath: path)
            #expect(blob.hasPrefix("../../../blobs/") && blob.count == "../../../blobs/".count + 64)
            #expect(try await client.contents(of: "README.md", of: repository) == Array("read".utf8))
            // The second time the bytes stay where they are.
            let before = trial.hub.storageRequests.count
            _ = try await client.download("data/a.parquet", of: repository)
            #expect(trial.hub.storageRequests.count == before)
            // What a commit holds is not even asked for.
            let asked = trial.hub.requests.count
            _ = try await client.download("data/a.parquet", of: repository, revision: commit)
            #expect(trial.hub.requests.count == asked)
        }
    }

    @Test func goesOnWhereADownloadBroke() async throws {
        try await HubTrial.run { trial async throws in
            let large = noise(500_000)
            trial.hub.put("tester/ds", ["a.parquet": large])
            let count = Mutex(0)
            // The first three connections break within the body.
            trial.hub.interceptStorage { request in
                let number = count.withLock {
                    $0 += 1
                    return $0
                }
                guard number <= 3, let range = request.header("range") else { return nil }
                let start = Int(range.dropFirst(6).split(separator: "-")[0]) ?? 0
                return MockAnswer(status: 206, headers: [], body: Array(large[start...]))
                    .failing(.truncate(after: 100_000))
            }
            let path = try await trial.client().download("a.parquet", of: HubRepository("tester/ds"))
            #expect(try bytes(path) == large)
            // Each goes on where the one before ended, or a little before it, since what was on the way is lost with its connection.
            let starts = trial.hub.storageRequests.compactMap { request in
                request.header("range").flatMap { Int($0.dropFirst(6).split(separator: "-")[0]) }
            }
            #expect(starts.count == 4)
            #expect(zip(starts, starts.dropFirst()).allSatisfy { $0 < $1 && $1 <= $0 + 100_000 }, "\(starts)")
        }
    }

    @Test func goesOnAfterTheProcessWasKilled() async throws {
        try await HubTrial.run { trial async throws in
            let large = noise(200_000)
            trial.hub.put("tester/ds", ["a.parquet": large])
            let repository = try HubRepository("tester/ds")
            let file = try await trial.client().file("a.parquet", of: repository)
            let blobs = trial.folder + "/cache/datasets--tester--ds/blobs"
            try FileManager.default.createDirectory(atPath: blobs, withIntermediateDirectories: true)
            let partial = URL(fileURLWithPath: "\(blobs)/\(file.tag).incomplete")
            try Data(large[..<150_000]).write(to: partial)
            #expect(try bytes(try await trial.client().download("a.parquet", of: repository)) == large)
            #expect(trial.hub.storageRequests.last?.header("range") == "bytes=150000-199999")
            // What was left there may be wrong: it is thrown away and fetched whole.
            try Data(noise(150_000, seed: 9)).write(to: partial)
            try FileManager.default.removeItem(atPath: "\(blobs)/\(file.tag)")
            #expect(try bytes(try await trial.client().download("a.parquet", of: repository)) == large)
        }
    }

    @Test func readsFromServersThatKnowNoRanges() async throws {
        try await HubTrial.run { trial async throws in
            let large = noise(100_000)
            trial.hub.put("tester/ds", ["a.parquet": large])
            trial.hub.interceptStorage { _ in MockAnswer(body: large) }
            let client = trial.client()
            let file = try await client.file("a.parquet", of: HubRepository("tester/ds"))
            var got: [UInt8] = []
            try await client.read(file, range: 5000..<7000) { got.append(contentsOf: $0) }
            #expect(got == Array(large[5000..<7000]))
        }
    }

    @Test func refusesBytesThatAreNotTheOnesAnnounced() async throws {
        try await HubTrial.run { trial async throws in
            trial.hub.put("tester/ds", ["a.parquet": noise(1000)])
            trial.hub.interceptStorage { _ in MockAnswer(body: noise(1000, seed: 5)) }
            let error = await failure {
                try await trial.client().download("a.parquet", of: HubRepository("tester/ds"))
            }
            #expect(error?.code == .damaged)
            let names = FileManager.default.enumerator(atPath: trial.folder + "/cache")?.compactMap { $0 as? String }
            #expect(names?.contains { $0.hasSuffix("a.parquet") } == false)
        }
    }

    @Test func stopsWhereTheReaderHasEnough() async throws {
        struct Enough: Error {}
        try await HubTrial.run { trial async throws in
            trial.hub.put("tester/ds", ["a.parquet": noise(3_000_000)])
            let client = trial.client()
            let file = try await client.file("a.parquet", of: HubRepository("tester/ds"))
            var count = 0
            await #expect(throws: Enough.self) {
                try await client.read(file) {
                    count += $0.count
                    if count > 1000 { throw Enough() }
                }
            }
            #expect(count < 3_000_000)
        }
    }

    @Test func usesTheCacheAloneWhenOffline() async throws {
        try await HubTrial.run { trial async throws in
            trial.hub.put("tester/ds", ["a.txt": Array("a".utf8), "b.txt": Array("b".utf8)])
            let repository = try HubRepository("tester/ds")
            _ = try await trial.client().download("a.txt", of: repository)
            let asked = trial.hub.requests.count
            let offline = trial.client(isOffline: true)
            #expect(try await offline.contents(of: "a.txt", of: repository) == Array("a".utf8))
            #expect(try await offline.paths(of: repository) == ["a.txt"])
            #expect(await failure { try await offline.download("b.txt", of: repository) }?.code == .offline)
            #expect(await failure { try await offline.info(repository) }?.code == .offline)
            #expect(trial.hub.requests.count == asked)
        }
    }

    @Test func usesTheCacheWhereTheHubIsGone() async throws {
        try await HubTrial.run { trial async throws in
            trial.hub.put("tester/ds", ["a.txt": Array("a".utf8)])
            let repository = try HubRepository("tester/ds")
            _ = try await trial.client().download("a.txt", of: repository)
            trial.hub.intercept { _ in MockAnswer().failing(.reset) }
            #expect(try await trial.client().contents(of: "a.txt", of: repository) == Array("a".utf8))
            #expect(await failure { try await trial.client().download("b.txt", of: repository) }?.code == .network)
        }
    }

    @Test func listsAllPagesOfATree() async throws {
        try await HubTrial.run { trial async throws in
            let files = Dictionary(uniqueKeysWithValues: (0..<20).map { ("data/x\($0).txt", [UInt8($0)]) })
            trial.hub.put("tester/ds", files)
            let client = trial.client()
            let repository = try HubRepository("tester/ds")
            let entries = try await client.tree(of: repository)
            #expect(Set(entries.filter { !$0.isFolder }.map(\.path)) == Set(files.keys).union([".gitattributes"]))
            #expect(entries.filter(\.isFolder).map(\.path) == ["data"])
            #expect(try await client.tree(of: repository, folder: "data").count == 20)
            #expect(try await client.tree(of: repository, isRecursive: false).count == 2)
            #expect(await failure { try await client.tree(of: repository, folder: "no") }?.code == .entryNotFound)
        }
    }

    @Test func keepsOutOfOtherFolders() async throws {
        try await HubTrial.run { trial async throws in
            trial.hub.put("tester/ds", [:])
            for tag in ["../../../evil", ".", "a/b", ""] {
                trial.hub.intercept { request in
                    request.method == "HEAD"
                        ? MockAnswer(
                            headers: [("ETag", "\"\(tag)\""), ("X-Repo-Commit", String(repeating: "a", count: 40))],
                            body: [1]) : nil
                }
                let error = await failure { try await trial.client().download("a", of: HubRepository("tester/ds")) }
                #expect(error?.code == .malformedAnswer, "\(tag)")
            }
        }
    }
}
