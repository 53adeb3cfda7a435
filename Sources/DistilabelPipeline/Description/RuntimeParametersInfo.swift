internal import DistilabelModels
internal import DistilabelValues

/// What a saved pipeline says of each step's parameters: which may be given to a run, whether they must be, and what they mean.
///
/// For people and for Python's `pipeline info`; it is ignored on reading. Here every parameter may be given to a run.
enum RuntimeParametersInfo {
    private static let key = "runtime_parameters_info"

    /// The parameters of a step: those that every step has, its own, and in turn those of its model.
    static func of(_ member: Pipeline.Member) throws -> Value {
        let isGenerator = member.step is any GeneratorStep
        let common = try ParameterInspector.parameters(of: StepOptions.self)
            .filter { $0.name != "input_mappings" && $0.name != "output_mappings" && $0.name != "use_cache" }
            .filter { !(isGenerator && $0.name == "input_batch_size") }
            .map { entry($0, meanings: [:]) }
        let type: any Component.Type = Swift.type(of: member.step)
        let model = (member.step as? any LLMTask)?.llm.model
        let own = try ParameterInspector.parameters(of: type).map { parameter -> Value in
            guard parameter.name == "llm", let model else {
                return entry(parameter, meanings: type.documentation.parameters)
            }
            return .object(["name": "llm", key: .array(try entries(of: Swift.type(of: model)))])
        }
        return .array(common + own)
    }

    private static func entries(of type: any Component.Type) throws -> [Value] {
        try ParameterInspector.parameters(of: type).map { entry($0, meanings: type.documentation.parameters) }
    }

    private static func entry(_ parameter: Parameter, meanings: [String: String], prefix: String = "") -> Value {
        let path = prefix + parameter.name
        let meaning = meanings[path] ?? meanings[parameter.name]
        var object: Value.Object = ["name": .string(parameter.name)]
        if parameter.children.isEmpty { object["optional"] = .bool(!parameter.isRequired) }
        if let meaning { object["description"] = .string(meaning) }
        guard !parameter.children.isEmpty else { return .object(object) }
        // Python lists what a model takes for each call as keys, and the parameters of objects as parameters.
        let inner = parameter.name == "generation_kwargs" ? "keys" : key
        object[inner] = .array(parameter.children.map { entry($0, meanings: meanings, prefix: path + ".") })
        return .object(object)
    }
}
