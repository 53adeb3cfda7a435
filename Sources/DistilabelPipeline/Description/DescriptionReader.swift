internal import DistilabelValues

/// Reads the tree of a pipeline and collects everything that is wrong with it.
final class DescriptionReader {
    private let registry: ComponentRegistry
    /// What was found so far.
    private(set) var diagnostics: [Diagnostic] = []

    /// Makes a reader that knows these components.
    init(registry: ComponentRegistry) { self.registry = registry }

    /// The pipeline, or nil when the tree is too far from one.
    func read(_ value: Value, parameters: Value.Object) -> Pipeline? {
        guard case .object(let root) = value else {
            complain("a pipeline file holds an object with the key `pipeline`, not \(value.kindName)")
            return nil
        }
        checkKeys(of: root, known: ["distilabel", "pipeline", "requirements", "version"], place: "the file")
        guard case .object(let pipeline)? = root["pipeline"] else {
            complain("the file has no `pipeline`: it must hold `pipeline: {name, steps, connections}`")
            return nil
        }
        checkKeys(
            of: pipeline,
            known: [
                "name", "description", "steps", "connections", "routing_batch_functions", "type_info", "cache_dir",
                "enable_metadata", "requirements",
            ], place: "`pipeline`")
        guard case .array(let steps)? = pipeline["steps"] else {
            complain("`pipeline.steps` is not a list of steps")
            return nil
        }
        if case .array(let functions)? = pipeline["routing_batch_functions"], !functions.isEmpty {
            complain("routing batch functions are not supported yet: connect the step to all its successors instead")
        }
        let members = steps.enumerated().compactMap { read(step: $1, at: $0, parameters: parameters) }
        let names = steps.compactMap { $0["name"]?.stringValue ?? $0["step"]?["name"]?.stringValue }
        for key in parameters.keys where !names.contains(key) {
            let nearest = Nearest.match(key, in: names).map { "; did you mean '\($0)'?" } ?? ""
            complain("parameters are given for a step that is not there: '\(key)'\(nearest)")
        }
        let edges = read(connections: pipeline["connections"])
        return Pipeline(
            name: pipeline["name"]?.stringValue ?? "pipeline", description: pipeline["description"]?.stringValue,
            members: members, edges: edges)
    }

    private func read(step value: Value, at index: Int, parameters: Value.Object) -> Pipeline.Member? {
        guard case .object(var object) = value["step"] ?? value else {
            complain("`pipeline.steps[\(index)]` is no object")
            return nil
        }
        guard let name = value["name"]?.stringValue ?? object["name"]?.stringValue else {
            complain("`pipeline.steps[\(index)]` has no `name`")
            return nil
        }
        if let overlay = parameters[name] {
            guard case .object(let merged) = ParameterMerge.merge(.object(object), with: overlay) else {
                complain("the parameters for it are \(overlay.kindName), not an object of names and values", step: name)
                return nil
            }
            object = merged
        }
        object["name"] = nil
        do {
            let type = ComponentCoding.typeName(in: object).flatMap { registry.entry(named: $0) }?.type
            let options = try readOptions(from: &object, isGenerator: type is any GeneratorStep.Type)
            let component = try ComponentCoding.decode(from: object, registry: registry)
            guard let step = component as? any Step else {
                complain("'\(Swift.type(of: component).componentName)' is no step", step: name)
                return nil
            }
            return Pipeline.Member(name: name, step: step, options: options)
        } catch {
            complain(String(describing: error), step: name)
            return nil
        }
    }

    /// Takes the parameters that every step has out of an object.
    private func readOptions(from object: inout Value.Object, isGenerator: Bool) throws -> StepOptions {
        var own = Value.Object()
        for key in ["input_mappings", "output_mappings", "use_cache", "input_batch_size", "resources"] {
            if let value = object.removeValue(forKey: key) { own[key] = value }
        }
        if isGenerator { own["input_batch_size"] = nil }
        let options = try ValueDecoder(keyStyle: .snakeCase, unknownKeys: .refuse)
            .decode(StepOptions.self, from: .object(own))
        if options.inputBatchSize < 1 {
            throw ValueCodingError(
                code: .invalid, path: "input_batch_size", message: "it must be at least 1, not \(options.inputBatchSize)")
        }
        return options
    }

    private func read(connections value: Value?) -> [Pipeline.Edge] {
        guard let value else { return [] }
        guard case .array(let list) = value else {
            complain("`pipeline.connections` is not a list of `{from, to}`")
            return []
        }
        var edges = OrderedSet<Pipeline.Edge>()
        for (index, connection) in list.enumerated() {
            guard let from = connection["from"]?.stringValue, case .array(let targets)? = connection["to"] else {
                complain("`pipeline.connections[\(index)]` is no `{from: step, to: [steps]}`")
                continue
            }
            for target in targets {
                guard let to = target.stringValue else {
                    complain("`pipeline.connections[\(index)].to` holds something that is no step's name")
                    continue
                }
                edges.append(Pipeline.Edge(from: from, to: to))
            }
        }
        return Array(edges)
    }

    private func checkKeys(of object: Value.Object, known: [String], place: String) {
        for key in object.keys where !known.contains(key) {
            let nearest = Nearest.match(key, in: known).map { "; did you mean `\($0)`?" } ?? ""
            complain("\(place) has a key that means nothing: `\(key)`\(nearest)")
        }
    }

    private func complain(_ message: String, step: String? = nil) {
        diagnostics.append(Diagnostic(step: step, message))
    }
}
