#if Llama
    import DistilabelLlama
    import Foundation

    /// The model that the tests run, if there is one: a GGUF file named by DISTILABEL_TEST_MODEL.
    enum TestModel {
        static let path = ProcessInfo.processInfo.environment["DISTILABEL_TEST_MODEL"] ?? ""
        static var isPresent: Bool { FileManager.default.fileExists(atPath: path) }

        /// One copy for all tests.
        static let shared = Result { try LlamaModel(path: path, gpuLayers: 0) }

        static func engine(sequences: Int = 4, contextLength: Int? = 4096, workers: Int = 1) async throws -> LlamaEngine
        {
            try await LlamaEngine(
                model: shared.get(),
                options: LlamaEngineOptions(
                    sequences: sequences, contextLength: contextLength, workers: workers, threads: 1))
        }

        static func ask(_ text: String) -> LlamaRequest.Prompt {
            .messages([LlamaMessage(role: "user", content: text)])
        }
    }

    /// A folder that is removed when the test lets go of it.
    final class TemporaryFolder {
        let url: URL

        init() throws {
            url = FileManager.default.temporaryDirectory.appendingPathComponent("llama-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(at: url) }
    }

#endif
