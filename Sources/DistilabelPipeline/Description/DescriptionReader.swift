internal import DistilabelValues

/// Reads the tree of a pipeline and collects everything that is wrong with it.
final class DescriptionReader {
    private let registry: ComponentRegistry
    /// The names of all steps, also of those that could not be read.
    private(set) var stepNames: [String] = []
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
        let members = steps.enumerated().compactMap { read(step: $1, at: $0, parameters: parameters) }
        stepNames = steps.compactMap { $0["name"]?.stringValue ?? $0["step"]?["name"]?.stringValue }
        diagnostics += MemberReader.strangers(in: parameters, steps: stepNames)
        let edges = read(connections: pipeline["connections"])
        var made = Pipeline(
            name: pipeline["name"]?.stringValue ?? "pipeline", description: pipeline["description"]?.stringValue,
            members: members, edges: edges, routing: read(routing: pipeline["routing_batch_functions"]))
        made.requirements = (root["requirements"]?.arrayValue ?? []).compactMap(\.stringValue)
        return made
    }

    private func read(routing value: Value?) -> [String: any RoutingFunction] {
        guard let value, value != .null else { return [:] }
        guard case .array(let list) = value else {
            complain("`pipeline.routing_batch_functions` is not a list of `{step, type_info}`")
            return [:]
        }
        var routing: [String: any RoutingFunction] = [:]
        for (index, entry) in list.enumerated() {
            guard let step = entry["step"]?.stringValue else {
                complain("`pipeline.routing_batch_functions[\(index)]` does not say behind which `step` it stands")
                continue
            }
            // Python has the parameters with the type.
            var object: Value.Object = entry["type_info"]?["kwargs"]?.objectValue ?? [:]
            object[ComponentCoding.typeInfoKey] = entry["type_info"]
            do {
                let component = try ComponentCoding.decode(from: object, registry: registry)
                guard let function = component as? any RoutingFunction else {
                    complain("'\(type(of: component).componentName)' is no routing function", step: step)
                    continue
                }
                routing[step] = function
            } catch {
                complain(
                    "its routing function cannot be read: \(error); one of your own is a type that conforms to RoutingFunction, in a program that registers it",
                    step: step)
            }
        }
        return routing
    }

    private func read(step value: Value, at index: Int, parameters: Value.Object) -> Pipeline.Member? {
        guard case .object(let object) = value["step"] ?? value else {
            complain("`pipeline.steps[\(index)]` is no object")
            return nil
        }
        guard let name = value["name"]?.stringValue ?? object["name"]?.stringValue else {
            complain("`pipeline.steps[\(index)]` has no `name`")
            return nil
        }
        do {
            return try MemberReader(registry: registry).member(name, from: object, overlay: parameters[name])
        } catch {
            diagnostics += MemberReader.diagnostics(of: error, step: name)
            return nil
        }
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
