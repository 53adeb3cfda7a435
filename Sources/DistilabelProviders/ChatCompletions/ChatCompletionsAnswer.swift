internal import DistilabelModels
internal import DistilabelValues

/// Reads what `/chat/completions` answers.
enum ChatCompletionsAnswer {
    /// The choices and the count of tokens.
    ///
    /// - Throws: `LanguageModelError` with `.invalidResponse` for an answer that is no JSON, or has no choices.
    static func read(_ body: [UInt8], endpoint: ChatCompletionsEndpoint) throws -> GenerationResponse {
        let value = try value(of: body, endpoint: endpoint)
        guard case .array(let choices)? = value["choices"], !choices.isEmpty else {
            throw LanguageModelError(
                code: .invalidResponse, message: "\(endpoint.baseURL) answered without any choice",
                recovery: .again)
        }
        // A server that does not count tokens gives zeros in the metadata, as with Python's.
        let usage = Usage(
            inputTokens: value["usage"]?["prompt_tokens"]?.intValue ?? 0,
            outputTokens: value["usage"]?["completion_tokens"]?.intValue ?? 0)
        return GenerationResponse(generations: choices.map(generation), usage: [usage])
    }

    /// The JSON of an answer.
    ///
    /// - Throws: `LanguageModelError` when it is none, or says that something failed.
    static func value(of body: [UInt8], endpoint: ChatCompletionsEndpoint) throws -> Value {
        let value: Value
        do {
            value = try JSON.parse(body)
        } catch {
            throw LanguageModelError(
                code: .invalidResponse,
                message: "\(endpoint.baseURL) answered something that is no JSON (\(error)); is `base_url` right?",
                recovery: .again, cause: error)
        }
        // Some gateways answer 200 and put the failure into the body.
        if let said = value["error"]?["message"]?.stringValue ?? value["error"]?.stringValue {
            throw LanguageModelError(
                code: .serverFailure, message: "\(endpoint.baseURL) answered with an error: \(said.prefix(300))",
                recovery: .again)
        }
        return value
    }

    private static func generation(of choice: Value) -> Generation {
        let message = choice["message"]
        return Generation(
            text: text(of: message?["content"]) ?? toolArguments(of: message),
            finishReason: choice["finish_reason"]?.stringValue.map { FinishReason($0) },
            logprobs: logprobs(of: choice["logprobs"]?["content"]))
    }

    /// A text, or the texts of parts (Mistral's reasoning models answer in parts).
    private static func text(of content: Value?) -> String? {
        switch content {
        case .string(let text): text
        case .array(let parts): parts.compactMap { $0["text"]?.stringValue }.joined()
        default: nil
        }
    }

    /// The arguments of a tool that was called instead of an answer in words.
    private static func toolArguments(of message: Value?) -> String? {
        message?["tool_calls"]?.arrayValue?.first?["function"]?["arguments"]?.stringValue
    }

    /// A list a token of the likeliest tokens there, `{token, logprob}`.
    private static func logprobs(of content: Value?) -> Value? {
        guard case .array(let tokens)? = content else { return nil }
        return .array(
            tokens.map { token in
                let tops = token["top_logprobs"]?.arrayValue.flatMap { $0.isEmpty ? nil : $0 } ?? [token]
                return .array(
                    tops.map { ["token": $0["token"] ?? .null, "logprob": $0["logprob"] ?? .null] })
            })
    }
}
