import CoreMetrics
import DistilabelModels
import DistilabelObservability
import InMemoryTracing
import Testing
import Tracing

struct ObservedModelTests {
    let tracer = InMemoryTracer()
    let prometheus = PrometheusMetricsFactory()

    private func observed(_ answer: Result<GenerationResponse, any Error>, price: Price? = nil) -> ObservedModel {
        ObservedModel(
            ScriptedModel(answer: answer), target: ModelCallTarget(provider: "local", model: "m"), step: "s",
            metrics: ModelCallMetrics(pipeline: "p", factory: prometheus), price: price, tracer: tracer)
    }

    private func value(_ start: String) -> Substring? {
        prometheus.text().split(separator: "\n").first { $0.hasPrefix(start) }?.split(separator: " ").last
    }

    @Test func answersAsTheModelInsideDoes() async throws {
        let model = observed(.success(ScriptedModel.response), price: Price(perMillionInput: 1, output: 2))
        #expect(model.modelName == "scripted")
        #expect(model.concurrency == 3)
        #expect(try await model.generate(ScriptedModel.request) == ScriptedModel.response)
        #expect(value("distilabel_calls_total{outcome=\"answered\"") == "1")
        #expect(value("distilabel_calls_in_flight{") == "0")
        // 20 tokens in and 25 out.
        #expect(value("distilabel_cost_dollars_total{") == "7e-05")
        #expect(tracer.finishedSpans.map(\.operationName) == ["chat m"])
        #expect(tracer.finishedSpans.first?.attributes.get("gen_ai.usage.output_tokens") == 25)
    }

    @Test func failsAsTheModelInsideDoes() async throws {
        let model = observed(.failure(LanguageModelError(code: .timeout, message: "the secret answer")))
        let error = try await #require(throws: LanguageModelError.self) {
            try await model.generate(ScriptedModel.request)
        }
        #expect(error.code == .timeout)
        #expect(value("distilabel_calls_total{outcome=\"failed\"") == "1")
        #expect(value("distilabel_calls_in_flight{") == "0")
        #expect(tracer.finishedSpans.first?.attributes.get("error.type") == "timeout")
    }

    @Test func neitherPromptsNorAnswersLeaveIt() async throws {
        _ = try await observed(.success(ScriptedModel.response)).generate(ScriptedModel.request)
        _ = try? await observed(.failure(LanguageModelError(code: .contentFilter, message: "secret"))).generate(
            ScriptedModel.request)
        #expect(tracer.finishedSpans.count == 2)
        #expect(!tracer.finishedSpans.contains { "\($0)".contains("secret") })
        #expect(!prometheus.text().contains("secret"))
    }
}
