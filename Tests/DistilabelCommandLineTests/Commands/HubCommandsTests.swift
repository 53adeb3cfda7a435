import Distilabel
import DistilabelCommandLine
import DistilabelTesting
import DistilabelValues
import Foundation
import Testing

struct HubCommandsTests {
    /// Runs a closure with a stand-in Hub and a folder.
    private func withHub(
        _ body: (MockHub, TemporaryFolder, _ environment: [String: String]) async throws -> Void
    ) async throws {
        let hub = try await MockHub.start()
        let folder = try TemporaryFolder()
        let environment = [
            "HF_ENDPOINT": hub.endpoint, "HF_TOKEN": "hf_write", "HF_HOME": folder.path + "/home",
            "DISTILABEL_CACHE_DIR": folder.path + "/cache",
        ]
        let result: Result<Void, any Error>
        do { result = .success(try await body(hub, folder, environment)) } catch { result = .failure(error) }
        try await hub.stop()
        try result.get()
    }

    @Test func pushesWhatARunMadeAndPullsItBack() async throws {
        try await withHub { hub, folder, environment in
            let config = try folder.file("pipeline.yaml", smallYAML)
            let run = await CommandRun(
                [
                    "pipeline", "run", "--config", config, "--output", folder.path + "/out", "--repo-id",
                    "tester/small",
                    "--commit-message", "First", "--private",
                ], environment: environment)
            #expect(run.status == .finished, "\(run.errors)")
            #expect(run.output.contains("pushed to \(hub.endpoint)/datasets/tester/small"))
            #expect(hub.messages == ["First"])
            let files = try #require(hub.files(of: "tester/small"))
            #expect(
                files.keys.sorted() == [
                    ".gitattributes", "README.md", "data/train-00000-of-00001.parquet", "pipeline.log", "pipeline.yaml",
                ])
            let card = String(decoding: files["README.md"]?.bytes ?? [], as: UTF8.self)
            #expect(card.contains("path: data/train-*"))
            #expect(card.contains("load_dataset(\"tester/small\")"))
            // What the run did stays on the page.
            #expect(card.contains("What the run did"))

            let again = await CommandRun(
                ["dataset", "push", folder.path + "/out", "tester/small"], environment: environment)
            #expect(again.status == .finished, "\(again.errors)")
            #expect(again.output.contains("has all of it already"))
            #expect(hub.messages.count == 1)

            let pull = await CommandRun(
                ["dataset", "pull", "tester/small", "--output", folder.path + "/back", "--format", "jsonl"],
                environment: environment)
            #expect(pull.status == .finished, "\(pull.errors)")
            #expect(pull.output == "2 rows in \(folder.path)/back\n")
            #expect(try folder.read("back/default/train.jsonl").split(separator: "\n").count == 2)
            #expect(try folder.read("back/pipeline.yaml") == folder.read("out/pipeline.yaml"))
        }
    }

    @Test func runsAPipelineOfTheHubOrOfAnAddress() async throws {
        try await withHub { hub, folder, environment in
            hub.put("acme/recipe", ["pipeline.yaml": Array(smallYAML.utf8)])
            hub.hide("acme/recipe")
            let page = "\(hub.endpoint)/datasets/acme/recipe/blob/main/pipeline.yaml"
            for (index, source) in ["hub:acme/recipe", "hub:acme/recipe@main", page].enumerated() {
                let run = await CommandRun(
                    ["pipeline", "run", "--config", source, "--output", "\(folder.path)/out\(index)"],
                    environment: environment)
                #expect(run.status == .finished, "\(source): \(run.errors)")
            }
            // Others are not shown the token.
            let other = try await MockLLMServer.start { request in
                request.path.hasSuffix("page") ? .text("<html>") : .text(smallYAML)
            }
            let info = await CommandRun(
                ["pipeline", "validate", "--config", other.origin + "/pipeline.yaml"], environment: environment)
            #expect(info.status == .finished, "\(info.errors)")
            let html = await CommandRun(
                ["pipeline", "info", "--config", other.origin + "/page"], environment: environment)
            #expect(html.status == .invalidInput)
            #expect(html.errors.contains("is a web page"))
            #expect(other.requests.allSatisfy { $0.header("authorization") == nil })
            try await other.stop()
            let missing = await CommandRun(
                ["pipeline", "info", "--config", "hub:acme/nothing"], environment: environment)
            #expect(missing.status == .invalidInput)
            #expect(missing.errors.contains("there is no dataset 'acme/nothing'"))
        }
    }

    @Test func asksForTheRightsBeforeAnythingIsSpent() async throws {
        try await withHub { hub, folder, environment in
            let config = try folder.file("pipeline.yaml", smallYAML)
            let arguments = [
                "pipeline", "run", "--config", config, "--output", folder.path + "/out", "--repo-id", "tester/small",
            ]
            for (token, words) in [("hf_wrong", "not accepted"), ("hf_read", "may only read")] {
                let run = await CommandRun(arguments + ["--token", token], environment: environment)
                #expect(run.status == .failed)
                #expect(run.errors.contains(words), "\(run.errors)")
                #expect(!run.errors.contains(token))
            }
            #expect(!folder.names.contains("out"))
            // A push that fails leaves the dataset, and says how to go on.
            hub.intercept { $0.path.contains("/repos/create") ? MockHub.refusal(403, "no rights") : nil }
            let run = await CommandRun(arguments, environment: environment)
            #expect(run.status == .failed)
            #expect(run.errors.contains("distilabel dataset push \(folder.path)/out tester/small"))
            #expect(folder.names.contains("out"))
        }
    }

    @Test func refusesWhatMakesNoSense() async throws {
        let both = await CommandRun(["pipeline", "run", "--config", "x", "--dry-run", "--repo-id", "a/b"])
        #expect(both.status == .misused)
        let alone = await CommandRun(["pipeline", "run", "--config", "x", "--output", "o", "--private"])
        #expect(alone.status == .misused)
        let name = await CommandRun(["pipeline", "run", "--config", "x", "--output", "o", "--repo-id", "a b"])
        #expect(name.status == .misused)
        #expect(name.errors.contains("owner/name"))
    }
}
