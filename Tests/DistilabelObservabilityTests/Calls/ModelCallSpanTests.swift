import DistilabelModels
import DistilabelObservability
import InMemoryTracing
import Testing
import Tracing

struct ModelCallSpanTests {
    let tracer = InMemoryTracer()
    let target = ModelCallTarget(provider: "openai", model: "gpt-4o", serverAddress: "api.openai.com", serverPort: 443)

    private func attributes(of span: FinishedInMemorySpan) -> [String: SpanAttribute] {
        var all: [String: SpanAttribute] = [:]
        span.attributes.forEach { all[$0] = $1 }
        return all
    }

    @Test func aCallIsASpanWithTheAttributesOfTheConventions() async throws {
        let text = try await withModelCallSpan(
            target, step: "write", maxTokens: 512, temperature: 0.7, choices: 2, tracer: tracer
        ) { span in
            span.answered(ScriptedModel.response)
            return ScriptedModel.response.generations.first?.text
        }
        #expect(text == "the secret answer")
        let span = try #require(tracer.finishedSpans.first)
        #expect(tracer.finishedSpans.count == 1)
        #expect(span.operationName == "chat gpt-4o")
        #expect(span.kind == .client)
        #expect(span.status == nil)
        #expect(
            attributes(of: span) == [
                "gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai", "gen_ai.request.model": "gpt-4o",
                "gen_ai.request.max_tokens": 512, "gen_ai.request.temperature": 0.7, "gen_ai.request.choice.count": 2,
                "gen_ai.response.finish_reasons": .stringArray(["stop", "length"]), "gen_ai.usage.input_tokens": 20,
                "gen_ai.usage.output_tokens": 25, "server.address": "api.openai.com", "server.port": 443,
                "distilabel.step": "write",
            ])
    }

    @Test func whatIsNotKnownIsLeftOut() async throws {
        try await withModelCallSpan(ModelCallTarget(provider: "local", model: "m"), tracer: tracer) { span in
            span.answered(finishReasons: [], usage: nil)
        }
        let span = try #require(tracer.finishedSpans.first)
        #expect(
            attributes(of: span) == [
                "gen_ai.operation.name": "chat", "gen_ai.provider.name": "local", "gen_ai.request.model": "m",
            ])
    }

    @Test func anErrorIsToldByItsKindAndNeverByItsText() async throws {
        let error = LanguageModelError(code: .rateLimited, message: "the secret answer was refused")
        await #expect(throws: LanguageModelError.self) {
            try await withModelCallSpan(target, tracer: tracer) { _ in throw error }
        }
        let span = try #require(tracer.finishedSpans.first)
        #expect(span.attributes.get("error.type") == "rate_limited")
        #expect(span.status?.code == .error)
        #expect(span.errors.isEmpty)
        #expect(!"\(span)".contains("secret"))
    }

    @Test func spansWithinACallAreItsChildren() async throws {
        try await withModelCallSpan(target, tracer: tracer) { _ in
            tracer.withSpan("HTTP POST") { _ in }
        }
        let spans = tracer.finishedSpans
        let call = try #require(spans.first { $0.operationName == "chat gpt-4o" })
        let request = try #require(spans.first { $0.operationName == "HTTP POST" })
        #expect(request.parentSpanID == call.spanID)
    }

    @Test func theTracerOfTheProcessIsTakenWhereNoneIsGiven() async throws {
        try await withTracer(tracer) { try await withModelCallSpan(target) { _ in } }
        #expect(tracer.finishedSpans.map(\.operationName) == ["chat gpt-4o"])
    }

    @Test func withoutATracerOnlyTheCallIsDone() async throws {
        let answer = try await withModelCallSpan(target) { span in
            span.answered(ScriptedModel.response)
            return 42
        }
        #expect(answer == 42)
    }
}
