#if Llama
    import DistilabelLlama
    import Foundation
    import Testing

    struct LlamaModelTests {
        private func code(loading path: String) -> LlamaError.Code? {
            do {
                _ = try LlamaModel(path: path)
                return nil
            } catch {
                return error.code
            }
        }

        @Test func missingFileIsNamed() {
            #expect(code(loading: "/nowhere/model.gguf") == .fileMissing)
        }

        @Test(arguments: [
            "", "GG", "this is a text and no model", "GGUF", "GGUF\u{3}\0\0\0and then nothing that makes sense",
        ])
        func fileThatIsNoModelIsRefused(content: String) throws {
            let folder = try TemporaryFolder()
            let file = folder.url.appendingPathComponent("model.gguf")
            try Data(content.utf8).write(to: file)
            #expect(code(loading: file.path) == .fileInvalid)
        }

        @Test(.enabled(if: TestModel.isPresent), arguments: [2_000, 1_000_000, 60_000_000])
        func truncatedFileIsRefused(length: Int) throws {
            let folder = try TemporaryFolder()
            let file = folder.url.appendingPathComponent("model.gguf")
            let whole = try #require(FileHandle(forReadingAtPath: TestModel.path))
            try #require(try whole.read(upToCount: length)).write(to: file)
            #expect(code(loading: file.path) == .fileInvalid)
        }

        @Test(.enabled(if: TestModel.isPresent)) func metadataIsReadFromTheFile() throws {
            let model = try TestModel.shared.get()
            #expect(model.metadata.vocabularySize > 1000)
            #expect(model.metadata.trainingContext >= 512)
            #expect(model.metadata.parameterCount > 1_000_000)
            #expect(model.metadata.chatTemplate?.isEmpty == false)
        }

        @Test(.enabled(if: TestModel.isPresent)) func templateHoldsTheMessagesInOrderAndEndsOpen() throws {
            let model = try TestModel.shared.get()
            let prompt = model.prompt(for: [
                LlamaMessage(role: "system", content: "Be brief, Ångström."),
                LlamaMessage(role: "user", content: "What is 2+2?"),
                LlamaMessage(role: "assistant", content: "4"), LlamaMessage(role: "user", content: "And 3+3?"),
            ])
            var rest = prompt[...]
            for part in ["Be brief, Ångström.", "What is 2+2?", "4", "And 3+3?", "assistant"] {
                let range = try #require(rest.firstRange(of: part), "\(part) in \(prompt)")
                rest = rest[range.upperBound...]
            }
            #expect(!rest.contains("And"))
        }

        /// What jinja2 makes of this model's own template.
        @Test(.enabled(if: TestModel.isPresent && TestModel.path.contains("SmolLM2")))
        func templateIsTheModelsOwn() throws {
            let prompt = try TestModel.shared.get().prompt(for: [
                LlamaMessage(role: "system", content: "S"), LlamaMessage(role: "user", content: "U"),
            ])
            #expect(prompt == "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nU<|im_end|>\n<|im_start|>assistant\n")
        }

        @Test(.enabled(if: TestModel.isPresent)) func specialTokensAreOnlyReadInPrompts() throws {
            let model = try TestModel.shared.get()
            let name = try #require(model.metadata.endToken)
            #expect(model.tokens(of: name, isPrompt: true).count < model.tokens(of: name).count)
            #expect(model.tokens(of: "").isEmpty)
        }
    }

#endif
