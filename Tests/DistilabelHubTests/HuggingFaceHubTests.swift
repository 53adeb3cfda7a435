import DistilabelHub
import DistilabelTesting
import Foundation
import Testing

/// Held against the real client, `huggingface_hub` (a dependency of `datasets`).
@Suite(.enabled(if: PythonRun.interpreter != nil, "set DISTILABEL_PYTHON to a Python with datasets"))
struct HuggingFaceHubTests {
    private func python(_ trial: HubTrial, _ script: String, _ arguments: [String] = []) async throws -> String {
        try await PythonRun.output(
            of: script, arguments: arguments, environment: PythonRun.variables(hub: trial.hub, folder: trial.folder))
    }

    @Test(arguments: [nil, 65_536]) func readsWhatWePush(_ multipartSize: Int?) async throws {
        try await HubTrial.run { trial async throws in
            trial.hub.setMultipartSize(multipartSize)
            let client = trial.client()
            let repository = try await client.create(HubRepository("tester/ours"))
            let large = noise(300_000)
            let path = try trial.file("a.parquet", large)
            _ = try await client.push(to: repository, HubCommitOptions(message: "m", revision: "feat/1")) { _ in
                [.add(path: "data/ü b.parquet", content: .file(path)), .add(path: "README.md", content: .text("grüß"))]
            }
            let said = try await python(
                trial,
                """
                import hashlib
                from huggingface_hub import HfApi, hf_hub_download, snapshot_download
                api = HfApi()
                print(sorted(f.path for f in api.list_repo_tree("tester/ours", repo_type="dataset", revision="feat/1", recursive=True)))
                p = hf_hub_download("tester/ours", "data/ü b.parquet", repo_type="dataset", revision="feat/1")
                print(hashlib.sha256(open(p, "rb").read()).hexdigest())
                print(open(snapshot_download("tester/ours", repo_type="dataset", revision="feat/1") + "/README.md").read())
                """)
            let lines = said.split(separator: "\n")
            #expect(lines.first == "['.gitattributes', 'README.md', 'data', 'data/ü b.parquet']")
            #expect(lines.dropFirst().first.map(String.init) == sha256(large))
            #expect(lines.last == "grüß")
        }
    }

    @Test func readsWhatItPushesAndSharesItsCache() async throws {
        try await HubTrial.run { trial async throws in
            let large = noise(200_000, seed: 4)
            let path = try trial.file("b.parquet", large)
            _ = try await python(
                trial,
                """
                import sys
                from huggingface_hub import HfApi, hf_hub_download
                api = HfApi()
                api.create_repo("tester/theirs", repo_type="dataset", private=True)
                api.upload_file(path_or_fileobj=sys.argv[1], path_in_repo="data/b.parquet", repo_id="tester/theirs", repo_type="dataset")
                api.upload_file(path_or_fileobj=b"small", path_in_repo="c.txt", repo_id="tester/theirs", repo_type="dataset")
                hf_hub_download("tester/theirs", "c.txt", repo_type="dataset")
                """, [path])
            let client = trial.client(cache: "hf-home/hub")
            let repository = try HubRepository("tester/theirs")
            let before = trial.hub.requests.count { $0.method == "GET" && $0.path.contains("/c.txt") }
            #expect(try await client.contents(of: "c.txt", of: repository) == Array("small".utf8))
            // Its bytes were in the cache.
            #expect(trial.hub.requests.count { $0.method == "GET" && $0.path.contains("/c.txt") } == before)
            #expect(try await client.contents(of: "data/b.parquet", of: repository) == large)
            // And what we fetched serves Python without a network.
            let said = try await python(
                trial,
                """
                import os
                os.environ["HF_HUB_OFFLINE"] = "1"
                from huggingface_hub import hf_hub_download
                print(os.path.getsize(hf_hub_download("tester/theirs", "data/b.parquet", repo_type="dataset")))
                """)
            #expect(said == "200000\n")
        }
    }

    private func sha256(_ bytes: [UInt8]) -> String { MockHub.digest(of: bytes) }
}
