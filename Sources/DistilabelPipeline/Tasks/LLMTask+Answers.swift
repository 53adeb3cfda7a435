public import DistilabelModels
public import DistilabelValues

extension LLMTask {
    /// No form.
    public var defaultStructuredOutput: StructuredOutput? { nil }

    /// Asks once about the row and reads each generation.
    public func answers(for row: Row, asking: Asking) async throws -> [TaskAnswer] {
        let prompt = try prompt(for: row)
        let response = try await asking.ask(request(prompt, occurrence: asking.occurrence))
        let rawInput: Value = settings.addRawInput ? .array(prompt.messages.map(\.value)) : .null
        return response.generations.indices.map { index in
            let generation = response.generations[index]
            var answer = TaskAnswer(
                columns: [:], rawOutput: generation.text.map(Value.string) ?? .null, rawInput: rawInput,
                statistics: response.statistics(ofGeneration: index))
            if let logprobs = generation.logprobs { answer.extras["logprobs"] = logprobs }
            do {
                answer.columns = try parse(generation.text, for: row)
                if generation.text == nil { answer.failure = generation.emptinessReason }
            } catch {
                answer.columns = (error as? RowFailure)?.columns ?? nullOutputs
                answer.failure = generation.cutReason.map { "\($0): \(error)" } ?? String(describing: error)
            }
            return answer
        }
    }

    /// The request of a prompt, with the number of answers and the form that this task wants.
    public func request(_ prompt: Prompt, occurrence: Int) -> GenerationRequest {
        let form =
            prompt.structuredOutput
            ?? (settings.useDefaultStructuredOutput && llm.model.structuredOutput == nil
                ? defaultStructuredOutput : nil)
        return GenerationRequest(
            messages: prompt.messages, numberOfGenerations: settings.numGenerations, structuredOutput: form,
            occurrence: occurrence)
    }

    /// A null in each output but `model_name`.
    public var nullOutputs: Value.Object {
        Value.Object(uniqueKeysWithValues: outputs.filter { $0 != "model_name" }.map { ($0, Value.null) })
    }

    /// The rows that an input row and the answers to it make.
    ///
    /// - Parameters:
    ///   - answers: What ``answers(for:asking:)`` gave.
    ///   - row: The row that was asked about.
    ///   - step: The step's name, for the keys of the metadata.
    ///   - modelName: What goes into the column `model_name`.
    /// - Returns: A row an answer, or one row of lists with `group_generations`.
    public func rows(of answers: [TaskAnswer], for row: Row, step: String, modelName: String) -> [Row] {
        let made = answers.map { answer in
            var columns = answer.columns
            var metadata = Value.Object()
            if settings.addRawOutput { metadata[Metadata.rawOutputKey(step)] = answer.rawOutput }
            if settings.addRawInput { metadata[Metadata.rawInputKey(step)] = answer.rawInput }
            if !answer.statistics.isNull { metadata[Metadata.statisticsKey(step)] = answer.statistics }
            for (key, value) in answer.moreMetadata { metadata[key] = value }
            if let failure = answer.failure { metadata[Metadata.failureKey(step)] = .string(failure) }
            for (key, value) in answer.extras { columns["llm_\(step)_\(key)"] = value }
            return (columns: columns, metadata: metadata)
        }
        guard settings.groupGenerations else {
            return made.map { one in
                var new = row
                for (key, value) in one.columns { new[key] = value }
                new.addMetadata(one.metadata)
                new["model_name"] = .string(modelName)
                return new
            }
        }
        var new = row
        for key in made.first?.columns.keys ?? [] { new[key] = .array(made.map { $0.columns[key] ?? .null }) }
        let earlier = row[Metadata.column]?.objectValue ?? [:]
        new[Metadata.column] = .array(made.map { .object(earlier.merging($0.metadata) { _, mine in mine }) })
        new["model_name"] = .string(modelName)
        return [new]
    }

    /// The row that stands for an input row about which the model could not be asked at all.
    public func row(failing reason: String, for row: Row, step: String, modelName: String) -> Row {
        var new = row
        for (key, value) in nullOutputs { new[key] = value }
        new.addMetadata([Metadata.failureKey(step): .string(reason)])
        new["model_name"] = .string(modelName)
        return new
    }
}

extension GenerationResponse {
    /// The tokens of one of the answers, `{input_tokens, output_tokens}`; of a call with several answers each states the call's, as
    /// Python's does; null where nothing is known.
    public func statistics(ofGeneration index: Int) -> Value {
        guard let usage = usage.indices.contains(index) ? usage[index] : usage.first else { return .null }
        return ["input_tokens": .int(usage.inputTokens), "output_tokens": .int(usage.outputTokens)]
    }
}

extension Generation {
    /// Why the text ends before its end; nil where it does not.
    var cutReason: String? {
        switch finishReason {
        case .contentFilter: "the provider withheld a part of the answer (content filter)"
        case .length: "the answer was cut off at the model's limit of tokens (max_new_tokens)"
        default: nil
        }
    }

    /// Why there is no text.
    var emptinessReason: String {
        switch finishReason {
        case .contentFilter: "the provider withheld the answer (content filter)"
        case .length: "the model reached its limit of tokens before it wrote anything"
        default: "the model gave no text"
        }
    }
}
