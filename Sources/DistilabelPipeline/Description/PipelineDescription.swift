internal import DistilabelModels
public import DistilabelValues

/// A pipeline as files have it: the tree that Python's `Pipeline.save` writes, as a `Value`.
///
/// YAML and JSON are two spellings of it.
public struct PipelineDescription: Sendable {
    /// The whole tree: `distilabel`, `pipeline`, `requirements`.
    public var value: Value

    /// Takes a tree as it was read from a file.
    public init(_ value: Value) { self.value = value }

    /// Describes a pipeline.
    ///
    /// - Parameters:
    ///   - pipeline: What to describe.
    ///   - placeholders: Whether a step that cannot be encoded, such as a closure, stands there with its name and type only: to show
    ///     what ran, though the description alone cannot run it. If not, such a step is an error.
    /// - Throws: `ValueCodingError` when a parameter cannot be encoded.
    public init(_ pipeline: Pipeline, placeholders: Bool = false) throws {
        let steps: [Value] = try pipeline.members.map { member in
            do {
                return ["name": .string(member.name), "step": .object(try Self.encode(member))]
            } catch  where placeholders {
                let type: Value = ["name": .string(Swift.type(of: member.step).componentName)]
                return [
                    "name": .string(member.name), "step": ["name": .string(member.name), "type_info": type],
                ]
            }
        }
        let connections: [Value] = pipeline.members.map { member in
            [
                "from": .string(member.name),
                "to": .array(pipeline.successors(of: member.name).map(Value.string)),
            ]
        }
        value = [
            "distilabel": ["version": "1.5.3"],
            "pipeline": [
                "name": .string(pipeline.name),
                "description": pipeline.description.map(Value.string) ?? .null,
                "steps": .array(steps),
                "connections": .array(connections),
                "routing_batch_functions": .array(
                    try Self.encode(pipeline.routing, of: pipeline, placeholders: placeholders)),
                "type_info": ["module": "distilabel.pipeline.local", "name": "Pipeline"],
            ],
            "requirements": .array(pipeline.requirements.map(Value.string)),
        ]
    }

    /// The routing functions as Python has them: the parameters stand with the type.
    private static func encode(
        _ routing: [String: any RoutingFunction], of pipeline: Pipeline, placeholders: Bool
    ) throws -> [Value] {
        try pipeline.members.compactMap { member in
            guard let function = routing[member.name] else { return nil }
            var type: Value.Object = ["name": .string(Swift.type(of: function).componentName)]
            do {
                var parameters = try ComponentCoding.encode(function)
                type = parameters.removeValue(forKey: ComponentCoding.typeInfoKey)?.objectValue ?? type
                type["kwargs"] = .object(parameters)
            } catch  where placeholders {}
            return ["step": .string(member.name), "description": .null, "type_info": .object(type)]
        }
    }

    /// Makes the pipeline, with parameters for this run merged in.
    ///
    /// - Parameters:
    ///   - registry: The components that the description may name.
    ///   - parameters: `{step: {parameter: value, llm: {…}}}`, before what the description says.
    /// - Throws: `PipelineError` with all that is wrong, the graph included.
    public func pipeline(registry: ComponentRegistry, parameters: Value.Object = [:]) throws -> Pipeline {
        let reader = DescriptionReader(registry: registry)
        let pipeline = reader.read(value, parameters: parameters)
        guard let pipeline, reader.diagnostics.isEmpty else {
            // What could be read is checked all the same, so that the author learns everything at once.
            let readable = pipeline?.readablePart(steps: reader.stepNames)
            let rest = readable.map { $0.members.isEmpty ? [] : $0.diagnostics() } ?? []
            throw PipelineError(reader.diagnostics + rest.filter { $0.severity == .error })
        }
        let errors = pipeline.diagnostics().filter { $0.severity == .error }
        if !errors.isEmpty { throw PipelineError(errors, pipeline: pipeline.name) }
        return pipeline
    }

    /// A step's parameters, those that every step has first.
    static func encode(_ member: Pipeline.Member) throws -> Value.Object {
        var member = member
        if let successor = member.step.successor as? any Step { member.step = successor }
        var object: Value.Object = ["name": .string(member.name)]
        let options = try ValueEncoder(keyStyle: .snakeCase).encode(member.options)
        let isGenerator = member.step is any GeneratorStep
        for (key, value) in options.objectValue ?? [:] where !(isGenerator && key == "input_batch_size") {
            object[key] = value
        }
        var own = try ComponentCoding.encode(member.step)
        let type = own.removeValue(forKey: ComponentCoding.typeInfoKey)
        for (key, value) in own { object[key] = value }
        object["runtime_parameters_info"] = try RuntimeParametersInfo.of(member)
        object[ComponentCoding.typeInfoKey] = type
        return object
    }
}

/// The parameters of a run merged into what a description says.
enum ParameterMerge {
    /// Lays `overlay` over `base`: objects are merged key by key, anything else replaces what was there, and so does a component of
    /// another type.
    static func merge(_ base: Value, with overlay: Value) -> Value {
        guard case .object(var merged) = base, case .object(let new) = overlay else { return overlay }
        if let before = ComponentCoding.typeName(in: merged), let after = ComponentCoding.typeName(in: new),
            before != after
        {
            return overlay
        }
        for (key, value) in new { merged[key] = merged[key].map { merge($0, with: value) } ?? value }
        return .object(merged)
    }
}
