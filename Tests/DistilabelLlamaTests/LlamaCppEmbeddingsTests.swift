#if Llama
    import DistilabelLlama
    import DistilabelModels
    import DistilabelValues
    import Foundation
    import Testing

    struct LlamaCppEmbeddingsTests {
        @Test func saysThatTheFileIsMissing() {
            let model = LlamaCppEmbeddings(model: "none.gguf", modelPath: "/nowhere")
            #expect(model.problems(in: [:]).contains { $0.contains("/nowhere/none.gguf") })
            var fromHub = LlamaCppEmbeddings(model: "a.gguf")
            fromHub.repoId = "who/what"
            #expect(fromHub.problems(in: [:]).contains { $0.contains("`repo_id`") && $0.contains("`model_path`") })
        }

        private static func embed(
            _ texts: [String], pooling: LlamaPooling? = nil, isNormalized: Bool = false
        ) async throws -> EmbeddingResponse {
            let model = LlamaCppEmbeddings(
                model: "", modelPath: TestModel.path, normalizeEmbeddings: isNormalized, pooling: pooling)
            let resources = RunResources(environment: [:])
            let response = try await model.load(resources).embed(texts)
            await resources.close()
            return response
        }

        private static func cosine(_ left: [Double], _ right: [Double]) -> Double {
            func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
            return product(left, right) / (product(left, left) * product(right, right)).squareRoot()
        }

        @Test(.enabled(if: TestModel.isPresent, "DISTILABEL_TEST_MODEL names no model"))
        func textsThatAreAlikeHaveVectorsThatAre() async throws {
            let texts = [
                "The cat sleeps on the sofa.", "A cat is sleeping on a sofa.", "Interest rates rose in March.",
            ]
            let made = try await Self.embed(texts, isNormalized: true)
            #expect(made.vectors.count == 3)
            #expect(made.vectors.allSatisfy { abs($0.reduce(0) { $0 + $1 * $1 } - 1) < 1e-4 })
            #expect(
                Self.cosine(made.vectors[0], made.vectors[1]) > Self.cosine(made.vectors[0], made.vectors[2]) + 0.02)
            #expect(made.totalUsage.inputTokens > 15)
        }

        @Test(
            .enabled(if: TestModel.isPresent, "DISTILABEL_TEST_MODEL names no model"), arguments: LlamaPooling.allCases)
        func aTextsVectorDoesNotDependOnItsCompany(pooling: LlamaPooling) async throws {
            let texts = (0..<34).map {
                "Text number \($0) about \($0 % 3 == 0 ? "ships" : "a rather long journey by train")."
            }
            let together = try await Self.embed(texts + [""], pooling: pooling)
            for index in [0, 31, 32] {
                let alone = try await Self.embed([texts[index]], pooling: pooling)
                #expect(Self.cosine(together.vectors[index], alone.vectors[0]) > 0.999)
            }
            #expect(together.vectors.count == 35)
        }

        @Test(.enabled(if: TestModel.isPresent, "DISTILABEL_TEST_MODEL names no model"))
        func takesTheFirstTokensOfALongText() async throws {
            let made = try await Self.embed([String(repeating: "word ", count: 5000)])
            #expect(made.totalUsage.inputTokens == 512)
        }
    }

#endif
