internal import ArgumentParser
internal import Distilabel
internal import DistilabelDatasets
internal import DistilabelModels
internal import DistilabelPipeline
internal import DistilabelValues

/// The options that name a pipeline.
struct ConfigOptions: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "The pipeline: a YAML or JSON file, its address, or hub:OWNER/NAME.",
            discussion: "hub:OWNER/NAME@REVISION is the pipeline.yaml of a dataset on the Hugging Face Hub.",
            valueName: "file"))
    var config: String

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "A parameter for this run, as STEP.PARAMETER=VALUE; may stand several times.",
            discussion:
                "Values are read as YAML: 0.7, true, null, [a, b]. Deeper: judge.llm.generation_kwargs.temperature=0",
            valueName: "path=value"))
    var param: [String] = []

    @Option(
        help: ArgumentHelp(
            "Rows to take instead of the pipeline's own: Parquet, JSON Lines or a JSON list.", valueName: "file"))
    var data: String?

    /// Reads and checks the pipeline.
    ///
    /// - Throws: `PipelineFileError`, `HubError`, `PipelineError`, `Complaint`.
    func pipeline(in console: Console, token: Secret? = nil) async throws -> Pipeline {
        let registry = console.registry
        var description = try await PipelineDescription(
            source: config, token: token, environment: console.environment)
        if let data { description = try description.readingData(from: data, registry: registry) }
        return try description.pipeline(registry: registry, parameters: try ParameterArguments.object(of: param))
    }
}

/// Reads `--param` arguments.
enum ParameterArguments {
    /// All of them as one object: `{judge: {llm: {model: …}}}`.
    ///
    /// - Throws: `Complaint` for one that is not of the form.
    static func object(of arguments: [String]) throws -> Value.Object {
        var object = Value.Object()
        for argument in arguments {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let path = parts[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, path.count > 1, !path.contains("") else {
                throw Complaint(
                    "--param \(argument): write it as STEP.PARAMETER=VALUE, such as judge.num_generations=2",
                    status: .misused)
            }
            try put(value(of: String(parts[1]), in: argument), at: path[...], of: &object, argument: argument)
        }
        return object
    }

    /// A scalar as YAML reads it, or a list or object in brackets; a text such as `Answer: yes` stays a text.
    private static func value(of text: String, in argument: String) throws -> Value {
        let isBracketed = text.hasPrefix("[") || text.hasPrefix("{")
        let isQuoted = text.hasPrefix("\"") || text.hasPrefix("'")
        do {
            let value = try YAMLCoding.parse(text)
            switch value {
            case .array, .object: return isBracketed ? value : .string(text)
            case .string: return isQuoted ? value : .string(text)
            case .null: return text.isEmpty ? .string("") : value
            default: return value
            }
        } catch let error as YAMLError {
            guard isBracketed || isQuoted else { return .string(text) }
            throw Complaint("--param \(argument): the value is no YAML: \(error.message)", status: .misused)
        }
    }

    private static func put(
        _ value: Value, at path: ArraySlice<String>, of object: inout Value.Object, argument: String
    ) throws {
        guard let key = path.first else { return }
        if path.count == 1 {
            object[key] = value
            return
        }
        var inner: Value.Object = [:]
        switch object[key] {
        case .object(let known)?: inner = known
        case nil: break
        case .some:
            throw Complaint("--param \(argument): '\(key)' was given a value of its own before", status: .misused)
        }
        try put(value, at: path.dropFirst(), of: &inner, argument: argument)
        object[key] = .object(inner)
    }
}
