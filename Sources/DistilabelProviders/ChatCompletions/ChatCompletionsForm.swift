internal import DistilabelModels
internal import DistilabelValues

/// How a form of the answer is asked for.
enum ChatCompletionsForm {
    /// `response_format` with a JSON schema, or vLLM's `guided_regex`.
    static func parameters(of form: StructuredOutput, provider: String) throws -> Value.Object {
        switch form.format ?? .json {
        case .json:
            [
                "response_format": [
                    "type": "json_schema",
                    "json_schema": ["name": "answer", "schema": try schema(of: form), "strict": true],
                ]
            ]
        case .regex: ["guided_regex": form.schema]
        }
    }

    /// The schema as an object, also where it was given as a text.
    private static func schema(of form: StructuredOutput) throws -> Value {
        guard case .string(let text) = form.schema else { return form.schema }
        do {
            return try JSON.parse(text)
        } catch {
            throw LanguageModelError(
                code: .invalidRequest, message: "the schema of `structured_output` is no JSON: \(error)",
                isForAllRows: true, cause: error)
        }
    }
}
