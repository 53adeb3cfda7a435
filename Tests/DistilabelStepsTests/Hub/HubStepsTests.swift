import DistilabelHTTP
import DistilabelModels
import DistilabelPipeline
import DistilabelSteps
import DistilabelTesting
import DistilabelValues
import Foundation
import Testing

/// A stand-in Hub and a context that knows it, which end with the test.
private struct Trial: Sendable {
    let hub: MockHub
    let folder: String
    let resources: RunResources
    var context: StepContext { StepContext(stepName: "step", resources: resources) }

    static func run(token: String = "hf_write", _ body: (Trial) async throws -> Void) async throws {
        let hub = try await MockHub.start()
        let folder = NSTemporaryDirectory() + "/distilabel-steps-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let trial = Trial(
            hub: hub, folder: folder,
            resources: RunResources(environment: [
                "HF_ENDPOINT": hub.endpoint, "HF_TOKEN": token, "HF_HOME": folder + "/home",
            ]))
        let result: Result<Void, any Error>
        do { result = .success(try await body(trial)) } catch { result = .failure(error) }
        await trial.resources.close()
        try await hub.stop()
        try? FileManager.default.removeItem(atPath: folder)
        try result.get()
    }

    func rows(_ step: LoadDataFromHub) async throws -> [Row] {
        var rows: [Row] = []
        try await step.generate(in: context) { rows.append($0) }
        return rows
    }

    func python(_ script: String) async throws -> String {
        try await PythonRun.output(
            of: script, environment: PythonRun.variables(hub: hub, folder: folder))
    }
}

private func lines(_ rows: [String]) -> [UInt8] { Array((rows.joined(separator: "\n") + "\n").utf8) }

private func message(of body: () async throws -> some Any) async -> String {
    do {
        _ = try await body()
        return "nothing"
    } catch { return String(describing: error) }
}

struct HubStepsTests {
    @Test(arguments: [("hf_write", ""), ("hf_read", "may only read"), ("nonsense", "token")])
    func seesThatItMayPushBeforeAnyRowIsMade(_ token: String, _ says: String) async throws {
        try await Trial.run(token: token) { trial async throws in
            let step = PushToHub(repoId: "tester/ds")
            let said = await message { try await step.prepare(in: trial.context) }
            #expect(says.isEmpty ? said == "nothing" : said.contains(says), "\(said)")
            // A trial touches nothing.
            var context = trial.context
            context.isTrial = true
            try await step.prepare(in: context)
            #expect(try await step.process([["a": 1]], in: context).count == 1)
            #expect(trial.hub.files(of: "tester/ds") == nil)
        }
    }

    @Test(arguments: [false, true]) func loadsJSONLinesOfAConfigurationAndASplit(_ streaming: Bool) async throws {
        try await Trial.run { trial async throws in
            trial.hub.put(
                "o/ds",
                [
                    "README.md": Array(
                        "---\nconfigs:\n- config_name: a\n  data_files:\n  - split: train\n    path: a/*.jsonl\n- config_name: b\n  data_files: [{split: dev, path: b.jsonl}]\n---\n"
                            .utf8),
                    "a/1.jsonl": lines([#"{"x": 1}"#, #"{"x": 2}"#]), "a/2.jsonl": lines([#"{"x": 3, "y": null}"#]),
                    "b.jsonl": lines([#"{"z": "ü"}"#]),
                ])
            let a = try await trial.rows(LoadDataFromHub(repoId: "o/ds", config: "a", streaming: streaming))
            #expect(a.map { $0["x"] } == [1, 2, 3])
            let b = try await trial.rows(
                LoadDataFromHub(repoId: "o/ds", split: "dev", config: "b", streaming: streaming))
            #expect(b == [["z": "ü"]])
            let two = try await trial.rows(
                LoadDataFromHub(repoId: "o/ds", config: "a", streaming: streaming, numExamples: 2))
            #expect(two.count == 2)
            #expect(
                await message { try await trial.rows(LoadDataFromHub(repoId: "o/ds")) }
                    == "dataset 'o/ds': there are several configurations (a, b); name one of them")
            #expect(
                await message { try await trial.rows(LoadDataFromHub(repoId: "o/ds", config: "b")) }
                    == "dataset 'o/ds': there is no split 'train'; there are: dev")
        }
    }

    @Test func readsWhatTheHubMadeOfOtherFiles() async throws {
        try await Trial.run { trial async throws in
            // Parquet as our own step pushes it.
            _ = try await PushToHub(repoId: "tester/made").process([["n": 1], ["n": 2]], in: trial.context)
            let file = try #require(trial.hub.files(of: "tester/made")?["data/train-00000-of-00001.parquet"])
            trial.hub.put("o/pictures", ["a.png": [1], "README.md": Array("# Pictures".utf8)])
            let first = await message { try await trial.rows(LoadDataFromHub(repoId: "o/pictures")) }
            #expect(first.contains("'o/pictures' has no Parquet"))
            trial.hub.put(
                "o/pictures", ["default/train/0000.parquet": file.bytes], branch: "refs/convert/parquet")
            for streaming in [false, true] {
                let rows = try await trial.rows(LoadDataFromHub(repoId: "o/pictures", streaming: streaming))
                #expect(rows == [["n": 1], ["n": 2]])
            }
        }
    }

    @Test func pushesRowsInOneCommitAndPassesThemOn() async throws {
        try await Trial.run { trial async throws in
            let rows: [Row] = [["a": 1, "b": ["x", "y"]], ["a": 2, "c": ["k": 0.5]]]
            let step = PushToHub(repoId: "tester/ds", split: "dev", isPrivate: true)
            #expect(try await step.process(rows, in: trial.context) == rows)
            #expect(trial.hub.messages == ["Upload dataset"])
            let files = try #require(trial.hub.files(of: "tester/ds"))
            #expect(files.keys.sorted() == [".gitattributes", "README.md", "data/dev-00000-of-00001.parquet"])
            // The same again changes nothing.
            _ = try await step.process(rows, in: trial.context)
            #expect(trial.hub.messages.count == 1)
            let back = try await trial.rows(LoadDataFromHub(repoId: "tester/ds", split: "dev"))
            #expect(back == [["a": 1, "b": ["x", "y"], "c": nil], ["a": 2, "b": nil, "c": ["k": 0.5]]])
        }
    }

    @Test func removesShardsOfAnEarlierPushAndNothingElse() async throws {
        try await Trial.run { trial async throws in
            trial.hub.put(
                "tester/ds",
                [
                    "data/train-00000-of-00002.parquet": [1], "data/train-00001-of-00002-1a2b3c.parquet": [2],
                    "data/train-more.parquet": [3], "data/test-00000-of-00001.parquet": [4],
                    "README.md": Array("---\nlicense: mit\n---\n\n# Mine\n".utf8), "notes.txt": [5],
                ])
            _ = try await PushToHub(repoId: "tester/ds").process([["a": 1]], in: trial.context)
            let files = try #require(trial.hub.files(of: "tester/ds"))
            #expect(
                files.keys.sorted() == [
                    ".gitattributes", "README.md", "data/test-00000-of-00001.parquet",
                    "data/train-00000-of-00001.parquet", "data/train-more.parquet", "notes.txt",
                ])
            let card = String(decoding: files["README.md"]?.bytes ?? [], as: UTF8.self)
            #expect(card.contains("license: mit"))
            #expect(card.contains("# Mine"))
            #expect(card.contains("data/train-*"))
        }
    }

    @Test func saysWhatIsWrong() async throws {
        #expect(LoadDataFromHub(repoId: "a b").problems().first?.contains("write owner/name") == true)
        #expect(LoadDataFromHub(repoId: "a/b", split: "train[:10]", numExamples: 0).problems().count == 2)
        #expect(PushToHub(repoId: "").problems().count == 1)
        try await Trial.run(token: "hf_read") { trial async throws in
            let missing = await message { try await trial.rows(LoadDataFromHub(repoId: "o/nothing")) }
            #expect(missing.contains("there is no dataset 'o/nothing'"))
            let pushing = await message {
                try await PushToHub(repoId: "tester/ds").process([["a": 1]], in: trial.context)
            }
            #expect(pushing.contains("role `write`"))
            #expect(!pushing.contains("hf_read"))
            // A token of the step's own goes before that of the environment.
            _ = try await PushToHub(repoId: "tester/ds", token: "hf_write").process([["a": 1]], in: trial.context)
            #expect(trial.hub.messages.count == 1)
        }
    }

    @Test func keepsTheTokenToItself() throws {
        let step = PushToHub(repoId: "a/b", token: "hf_secret")
        var dumped = ""
        dump(step, to: &dumped)
        #expect(!dumped.contains("hf_secret"))
        #expect(!JSON.string(.object(try ComponentCoding.encode(step))).contains("hf_secret"))
    }
}

/// Held against Python's `datasets`.
@Suite(.enabled(if: PythonRun.interpreter != nil, "set DISTILABEL_PYTHON to a Python with datasets"))
struct HubDatasetsLibraryTests {
    @Test func loadDatasetReadsWhatWePush() async throws {
        try await Trial.run { trial async throws in
            let rows: [Row] = (0..<500).map { index in
                [
                    "id": .int(index), "text": .string("Zeile \(index) ✓"), "score": .double(Double(index) / 4),
                    "messages": [["role": "user", "content": .string("q\(index)")]],
                    "tags": index % 3 == 0 ? nil : ["a", "b"],
                ]
            }
            _ = try await PushToHub(repoId: "tester/ours").process(rows, in: trial.context)
            let said = try await trial.python(
                """
                from datasets import load_dataset
                import json
                d = load_dataset("tester/ours", split="train")
                print(d.num_rows, json.dumps(d[7], ensure_ascii=False), d.features["score"])
                s = load_dataset("tester/ours", split="train", streaming=True)
                print(sum(r["id"] for r in s))
                """)
            let expected =
                #"{"id": 7, "text": "Zeile 7 ✓", "score": 1.75, "messages": [{"role": "user", "content": "q7"}], "tags": ["a", "b"]}"#
            #expect(said == "500 \(expected) Value('float64')\n124750\n")
        }
    }

    @Test(arguments: [false, true]) func readsWhatPushToHubWrote(_ streaming: Bool) async throws {
        try await Trial.run { trial async throws in
            _ = try await trial.python(
                """
                from datasets import Dataset, DatasetDict, Features, Value, ClassLabel
                rows = [{"id": i, "text": f"row {i}", "m": [{"role": "user", "content": "c"}] if i % 2 else None} for i in range(3000)]
                train = Dataset.from_list(rows)
                DatasetDict({"train": train, "test": train.select(range(5))}).push_to_hub("tester/theirs", num_shards={"train": 3, "test": 1})
                train.select(range(7)).push_to_hub("tester/theirs", config_name="small")
                """)
            let all = try await trial.rows(LoadDataFromHub(repoId: "tester/theirs", streaming: streaming))
            #expect(all.map { $0["id"] } == (0..<3000).map { .int($0) })
            #expect(all[1]["m"] == [["role": "user", "content": "c"]])
            let test = try await trial.rows(
                LoadDataFromHub(repoId: "tester/theirs", split: "test", streaming: streaming))
            #expect(test.count == 5)
            let small = try await trial.rows(
                LoadDataFromHub(repoId: "tester/theirs", config: "small", streaming: streaming))
            #expect(small.count == 7)
            // A few rows take the first file alone.
            let before = trial.hub.storageRequests.count
            let few = try await trial.rows(
                LoadDataFromHub(
                    repoId: "tester/theirs", revision: trial.hub.commit(of: "tester/theirs"), streaming: true,
                    numExamples: 3))
            #expect(few.count == 3)
            let asked = Set(trial.hub.storageRequests.dropFirst(before).map(\.path))
            #expect(asked.count == 1)
        }
    }
}
