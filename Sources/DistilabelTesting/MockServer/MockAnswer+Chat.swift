extension MockAnswer {
    /// A chat completion with one choice, in OpenAI's form.
    public static func chatCompletion(
        text: String, model: String = "mock", promptTokens: Int = 10, completionTokens: Int = 20,
        finishReason: String = "stop"
    ) -> MockAnswer {
        chatCompletion(
            texts: [text], model: model, promptTokens: promptTokens, completionTokens: completionTokens,
            finishReason: finishReason)
    }

    /// A chat completion with a choice a text, in OpenAI's form.
    ///
    /// - Parameters:
    ///   - texts: What the model says; nil is a null `content`.
    ///   - model: The name that the answer bears.
    ///   - promptTokens: The count of tokens in.
    ///   - completionTokens: The count of tokens out, of all choices.
    ///   - finishReason: Why the model stopped.
    public static func chatCompletion(
        texts: [String?], model: String = "mock", promptTokens: Int = 10, completionTokens: Int = 20,
        finishReason: String = "stop"
    ) -> MockAnswer {
        var json = MockJSON()
        json.raw("{\"id\":\"chatcmpl-mock\",\"object\":\"chat.completion\",\"created\":1700000000,\"model\":")
        json.string(model)
        json.raw(",\"choices\":[")
        for (index, text) in texts.enumerated() {
            json.raw(index == 0 ? "{\"index\":" : ",{\"index\":")
            json.number(index)
            json.raw(",\"message\":{\"role\":\"assistant\",\"content\":")
            if let text { json.string(text) } else { json.raw("null") }
            json.raw("},\"logprobs\":null,\"finish_reason\":")
            json.string(finishReason)
            json.raw("}")
        }
        json.raw("],\"usage\":{\"prompt_tokens\":")
        json.number(promptTokens)
        json.raw(",\"completion_tokens\":")
        json.number(completionTokens)
        json.raw(",\"total_tokens\":")
        json.number(promptTokens + completionTokens)
        json.raw("}}")
        return MockAnswer(body: json.bytes)
    }

    /// The list of models, for `GET /v1/models`.
    public static func models(_ names: String...) -> MockAnswer {
        var json = MockJSON()
        json.raw("{\"object\":\"list\",\"data\":[")
        for (index, name) in names.enumerated() {
            json.raw(index == 0 ? "{\"id\":" : ",{\"id\":")
            json.string(name)
            json.raw(",\"object\":\"model\",\"created\":1700000000,\"owned_by\":\"mock\"}")
        }
        json.raw("]}")
        return MockAnswer(body: json.bytes)
    }

    /// A streamed chat completion: an event a piece of text, then one with the reason to stop, then `[DONE]`.
    public static func chatStream(
        pieces: [String], model: String = "mock", finishReason: String = "stop", pieceDelay: Duration = .zero
    ) -> MockAnswer {
        func event(_ delta: String?, _ reason: String?) -> [UInt8] {
            var json = MockJSON()
            json.raw("data: {\"id\":\"chatcmpl-mock\",\"object\":\"chat.completion.chunk\"")
            json.raw(",\"created\":1700000000,\"model\":")
            json.string(model)
            json.raw(",\"choices\":[{\"index\":0,\"delta\":{")
            if let delta {
                json.raw("\"content\":")
                json.string(delta)
            }
            json.raw("},\"finish_reason\":")
            if let reason { json.string(reason) } else { json.raw("null") }
            json.raw("}]}\n\n")
            return json.bytes
        }
        let chunks = pieces.map { event($0, nil) } + [event(nil, finishReason), Array("data: [DONE]\n\n".utf8)]
        return MockAnswer(headers: [("content-type", "text/event-stream")], chunks: chunks, chunkDelay: pieceDelay)
    }
}
