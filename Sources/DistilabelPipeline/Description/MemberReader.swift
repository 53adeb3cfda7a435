internal import DistilabelModels
internal import DistilabelValues

/// Reads the steps of a pipeline, out of a file's tree or out of steps that are there already and get other parameters.
struct MemberReader {
    /// The components that parameters may name.
    let registry: ComponentRegistry

    /// The parameters that every step has beside its own.
    private static let optionKeys = [
        "input_mappings", "output_mappings", "use_cache", "input_batch_size", "resources",
    ]

    /// A step of a file.
    ///
    /// - Parameters:
    ///   - object: What the file says about it.
    ///   - overlay: The parameters of this run; nil for none.
    /// - Throws: `PipelineError`, `ValueCodingError`.
    func member(_ name: String, from object: Value.Object, overlay: Value?) throws -> Pipeline.Member {
        var object = try merge(object, with: overlay)
        object["name"] = nil
        let missing = ComponentCoding.missing(in: object, registry: registry)
        if !missing.isEmpty {
            throw PipelineError(missing.map { Diagnostic(step: name, String(describing: $0)) })
        }
        let type = ComponentCoding.typeName(in: object).flatMap { registry.entry(named: $0) }?.type
        let isGenerator = type is any GeneratorStep.Type
        // Python leaves the rows of such a step out when it saves a pipeline.
        if isGenerator, type?.requiredKeys.contains("data") == true, object["data"]?.isNull ?? true {
            throw PipelineError(
                "the file does not hold its rows; give them with --data FILE, or as the parameter `data` (Python leaves them out when it saves a pipeline)"
            )
        }
        let options = try takeOptions(from: &object, isGenerator: isGenerator)
        let component = try ComponentCoding.decode(from: object, registry: registry)
        guard let step = component as? any Step else {
            throw PipelineError("'\(Swift.type(of: component).componentName)' is no step")
        }
        return Pipeline.Member(name: name, step: step, options: options)
    }

    /// A step with other parameters: those that `overlay` names are read by the step's own type, the others stay what they are.
    ///
    /// - Throws: `PipelineError`, `ValueCodingError`.
    func member(_ member: Pipeline.Member, overlay: Value) throws -> Pipeline.Member {
        var changed = member
        let options = try ValueEncoder(keyStyle: .snakeCase).encode(member.options).objectValue ?? [:]
        var overlaid = try merge(options, with: overlay)
        changed.options = try takeOptions(from: &overlaid, isGenerator: member.step is any GeneratorStep)
        let own = (overlay.objectValue ?? [:]).filter { !Self.optionKeys.contains($0.key) }
        // A step that is spoken of only in what every step has may be one that cannot be encoded.
        guard !own.isEmpty else { return changed }
        let encoded: Value.Object
        do {
            encoded = try ComponentCoding.encode(member.step)
        } catch {
            // Of a task made of closures the model can be changed all the same.
            guard own.count == 1, let overlay = own["llm"], var task = member.step as? any LLMTask else { throw error }
            var registry = registry
            registry.register(Swift.type(of: task.llm.model))
            let model = try model(task.llm.model, overlay: overlay, registry: registry)
            task.llm = (model as? any LanguageModel).map { LLM($0) } ?? task.llm
            changed.step = task
            return changed
        }
        let object = try merge(encoded, with: .object(own))
        changed.step = try step(member.step, from: object, model: own["llm"] ?? own["embeddings"])
        return changed
    }

    /// A step of the same type with the parameters of an object.
    ///
    /// - Parameter overlay: What is said of its model; nil for nothing.
    private func step(_ step: any Step, from object: Value.Object, model overlay: Value?) throws -> any Step {
        var registry = registry
        let task = step as? any LLMTask
        // Its model may be of a type that no file could name.
        if let task { registry.register(Swift.type(of: task.llm.model)) }
        let embedder = step as? any EmbeddingStep
        if let embedder { registry.register(Swift.type(of: embedder.embeddings.model)) }
        let type: any Component.Type = Swift.type(of: step)
        let component: any Component = try ComponentCoding.decode(type, from: object, registry: registry)
        if let embedder, var changed = component as? any EmbeddingStep {
            let model = try model(embedder.embeddings.model, overlay: overlay, registry: registry)
            changed.embeddings = (model as? any EmbeddingModel).map { Embeddings($0) } ?? embedder.embeddings
            return changed
        }
        guard let task, var changed = component as? any LLMTask else { return component as? any Step ?? step }
        // What stands in no file (a key that was given in Swift, a closure) must not get lost on the way.
        let model = try model(task.llm.model, overlay: overlay, registry: registry)
        changed.llm = (model as? any LanguageModel).map { LLM($0) } ?? task.llm
        return changed
    }

    /// A model with other parameters; the same where there are none.
    private func model(
        _ model: any Component, overlay: Value?, registry: ComponentRegistry
    ) throws -> any Component {
        guard let overlay else { return model }
        var object = try ComponentCoding.encode(model)
        let encoder = ValueEncoder(keyStyle: .snakeCase, userInfo: Self.revealing)
        for (key, value) in try encoder.encode(model).objectValue ?? [:] { object[key] = value }
        return try ComponentCoding.decode(from: try merge(object, with: overlay), registry: registry)
    }

    /// Makes secrets encode as what they are: here they go from one value into the next and nowhere else.
    private static let revealing: [CodingUserInfoKey: any Sendable] =
        [.revealsSecrets: true]

    private func merge(_ object: Value.Object, with overlay: Value?) throws -> Value.Object {
        guard let overlay else { return object }
        guard case .object = overlay else {
            throw PipelineError("the parameters for it are \(overlay.kindName), not an object of names and values")
        }
        return ParameterMerge.merge(.object(object), with: overlay).objectValue ?? object
    }

    /// Takes the parameters that every step has out of an object.
    private func takeOptions(from object: inout Value.Object, isGenerator: Bool) throws -> StepOptions {
        var own = Value.Object()
        for key in Self.optionKeys {
            if let value = object.removeValue(forKey: key) { own[key] = value }
        }
        if isGenerator { own["input_batch_size"] = nil }
        let options = try ValueDecoder(keyStyle: .snakeCase, unknownKeys: .refuse)
            .decode(StepOptions.self, from: .object(own))
        if options.inputBatchSize < 1 {
            throw ValueCodingError(
                code: .invalid, path: "input_batch_size",
                message: "it must be at least 1, not \(options.inputBatchSize)")
        }
        return options
    }

    /// Complaints about parameters for steps that are not there.
    static func strangers(in parameters: Value.Object, steps: [String]) -> [Diagnostic] {
        parameters.keys.filter { !steps.contains($0) }.map { key in
            let nearest =
                Nearest.match(key, in: steps).map { "; did you mean '\($0)'?" }
                ?? "; the steps are: \(steps.joined(separator: ", "))"
            return Diagnostic("parameters are given for a step that is not there: '\(key)'\(nearest)")
        }
    }

    /// What an error says about a step.
    static func diagnostics(of error: any Error, step: String) -> [Diagnostic] {
        guard let error = error as? PipelineError else { return [Diagnostic(step: step, String(describing: error))] }
        return error.diagnostics.map { Diagnostic($0.severity, step: $0.step ?? step, $0.message) }
    }
}
