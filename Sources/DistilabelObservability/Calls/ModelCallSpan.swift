public import DistilabelModels
public import Tracing

/// The span of a call of a model, to say in what came of it; without a tracer it does nothing.
public struct ModelCallSpan: Sendable {
    private let span: (any Span)?

    init(_ span: (any Span)?) { self.span = span }

    /// Notes why the answers ended and how many tokens they took; nothing of what they say.
    public func answered(_ response: GenerationResponse) {
        guard let span else { return }
        let usage = response.usage.isEmpty ? nil : response.totalUsage
        answered(finishReasons: response.generations.compactMap { $0.finishReason?.word }, usage: usage, on: span)
    }

    /// Notes why the answers ended and how many tokens they took, where that is known.
    public func answered(finishReasons: [String], usage: Usage?) {
        guard let span else { return }
        answered(finishReasons: finishReasons, usage: usage, on: span)
    }

    private func answered(finishReasons: [String], usage: Usage?, on span: any Span) {
        span.updateAttributes { attributes in
            if !finishReasons.isEmpty {
                attributes.set(AttributeNames.finishReasons, value: .stringArray(finishReasons))
            }
            if let usage {
                attributes.set(AttributeNames.inputTokens, value: .int64(Int64(usage.inputTokens)))
                attributes.set(AttributeNames.outputTokens, value: .int64(Int64(usage.outputTokens)))
            }
        }
    }
}

/// Does a call of a model inside a span of kind `client`, as OpenTelemetry's conventions for generative AI name it: `chat MODEL`.
///
/// Prompts and answers are never put in, and neither are messages of errors, which may quote them: an error is told by its kind in
/// `error.type`. Without a tracer the call is done as it is.
///
/// - Parameters:
///   - target: What is called.
///   - step: The step that asks.
///   - maxTokens: Most tokens of an answer.
///   - temperature: How freely the model chooses.
///   - choices: How many answers are wanted.
///   - tracer: What takes the span; nil for the one of `InstrumentationSystem`, which does nothing unless the process set one.
///   - body: The call; it gets the span to note what came of it.
/// - Throws: What `body` throws.
public func withModelCallSpan<Result>(
    _ target: ModelCallTarget, step: String? = nil, maxTokens: Int? = nil, temperature: Double? = nil,
    choices: Int = 1, tracer: (any Tracer)? = nil, isolation: isolated (any Actor)? = #isolation,
    _ body: (ModelCallSpan) async throws -> Result
) async throws -> Result {
    // Asked first, since finding a tracer takes several times as long as this.
    if tracer == nil, InstrumentationSystem.instrument is NoOpInstrument { return try await body(ModelCallSpan(nil)) }
    let tracer = tracer ?? InstrumentationSystem.tracer
    if tracer is NoOpTracer { return try await body(ModelCallSpan(nil)) }
    let request = SpanRequest(
        target: target, step: step, maxTokens: maxTokens, temperature: temperature, choices: choices)
    return try await request.run(with: tracer, isolation: isolation, body)
}

/// What a span says of a request.
private struct SpanRequest {
    let target: ModelCallTarget
    let step: String?
    let maxTokens: Int?
    let temperature: Double?
    let choices: Int

    func run<Result>(
        with tracer: some Tracer, isolation: isolated (any Actor)?, _ body: (ModelCallSpan) async throws -> Result
    ) async throws -> Result {
        // The error is carried out as a value, since a tracer writes down the text of one that is thrown through it.
        let outcome: Swift.Result<Result, any Error> = await tracer.withSpan(
            "\(target.operation) \(target.model)", ofKind: .client, isolation: isolation
        ) { span in
            span.updateAttributes(note)
            do {
                return .success(try await body(ModelCallSpan(span)))
            } catch {
                span.updateAttributes { $0.set(AttributeNames.errorType, value: .string(ErrorType.name(of: error))) }
                span.setStatus(SpanStatus(code: .error))
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    private func note(in attributes: inout SpanAttributes) {
        attributes.set(AttributeNames.operation, value: .string(target.operation))
        attributes.set(AttributeNames.provider, value: .string(target.provider))
        attributes.set(AttributeNames.requestModel, value: .string(target.model))
        func set(_ name: String, _ number: Int?) {
            if let number { attributes.set(name, value: .int64(Int64(number))) }
        }
        set(AttributeNames.maxTokens, maxTokens)
        set(AttributeNames.choiceCount, choices == 1 ? nil : choices)
        set(AttributeNames.serverPort, target.serverPort)
        if let temperature { attributes.set(AttributeNames.temperature, value: .double(temperature)) }
        if let address = target.serverAddress { attributes.set(AttributeNames.serverAddress, value: .string(address)) }
        if let step { attributes.set(AttributeNames.spanStep, value: .string(step)) }
    }
}
