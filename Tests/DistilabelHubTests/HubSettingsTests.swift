import DistilabelHub
import DistilabelModels
import Foundation
import Testing

struct HubSettingsTests {
    @Test func takesTheTokenFromTheFirstPlaceThatHasOne() throws {
        let folder = NSTemporaryDirectory() + "/distilabel-hub-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder + "/home", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("hf_home\n".utf8).write(to: URL(fileURLWithPath: folder + "/home/token"))
        try Data("  hf_path\n".utf8).write(to: URL(fileURLWithPath: folder + "/elsewhere"))
        var environment = ["HF_HOME": folder + "/home"]
        func token(_ argument: Secret? = nil) -> String? {
            HubSettings(environment: environment, token: argument).token?.exposed
        }
        #expect(token() == "hf_home")
        environment["HF_TOKEN_PATH"] = folder + "/elsewhere"
        #expect(token() == "hf_path")
        environment["HUGGING_FACE_HUB_TOKEN"] = "hf_old"
        #expect(token() == "hf_old")
        environment["HF_TOKEN"] = "hf_new\n"
        #expect(token() == "hf_new")
        #expect(token("hf_argument") == "hf_argument")
        #expect(token("") == "hf_new")
        environment["HF_HUB_DISABLE_IMPLICIT_TOKEN"] = "1"
        #expect(token() == nil)
        #expect(token("hf_argument") == "hf_argument")
    }

    @Test func readsWhereTheHubAndTheCacheAre() {
        let plain = HubSettings(environment: ["HOME": "/home/u"])
        #expect(plain.endpoint == "https://huggingface.co")
        #expect(plain.cacheDirectory == "/home/u/.cache/huggingface/hub")
        #expect(!plain.isOffline)
        let set = HubSettings(environment: [
            "HOME": "/home/u", "HF_HOME": "~/hf", "HF_ENDPOINT": "https://mirror.example/hf/", "HF_HUB_OFFLINE": "yes",
        ])
        #expect(set.endpoint == "https://mirror.example/hf")
        #expect(set.cacheDirectory == "/home/u/hf/hub")
        #expect(set.isOffline)
        #expect(HubSettings(environment: ["HF_HUB_CACHE": "/c", "HOME": "/h"]).cacheDirectory == "/c")
    }

    @Test func neverShowsTheToken() {
        let settings = HubSettings(token: "hf_secret", cacheDirectory: "/c")
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(!"\(settings)\(String(reflecting: settings))\(dumped)".contains("hf_secret"))
    }

    @Test(arguments: ["a/b", "squad", "a-b_c.d/E.f", "datasets/a/b", "https://huggingface.co/datasets/a/b"])
    func takesNamesOfRepositories(_ name: String) throws {
        #expect(try HubRepository(name).id.split(separator: "/").count <= 2)
    }

    @Test(arguments: ["", "/", "a/", "a/b/c", "a b", "../x", "a/..", "-a/b", "a/b.", "a--b", "ä/b", "a/b.git", "a/b?x"])
    func refusesOthers(_ name: String) {
        #expect { try HubRepository(name) } throws: { ($0 as? HubError)?.code == .invalidName }
    }
}
