public import DistilabelPipeline
public import DistilabelValues

extension PipelineDescription {
    /// Reads a file: JSON when its name ends in `.json`, else YAML.
    ///
    /// - Throws: `PipelineFileError` with the line and the column of what is wrong.
    public init(contentsOf path: String) throws { self = try PipelineFile.read(path) }
}

extension Pipeline {
    /// Reads a pipeline from a file: JSON when its name ends in `.json`, else YAML.
    ///
    ///     let pipeline = try Pipeline(contentsOf: "math-preference.yaml", parameters: ["judge": ["num_generations": 2]])
    ///
    /// - Parameters:
    ///   - path: The file, as Python's distilabel or ``save(to:)`` writes it.
    ///   - registry: The components that it may name.
    ///   - parameters: `{step: {parameter: value, llm: {…}}}`, before what the file says.
    /// - Throws: `PipelineFileError` when it cannot be read, `PipelineError` with all that is wrong with the pipeline.
    public init(contentsOf path: String, registry: ComponentRegistry = .standard, parameters: Value.Object = [:]) throws
    {
        self = try PipelineDescription(contentsOf: path).pipeline(registry: registry, parameters: parameters)
    }

    /// Writes the pipeline into a file: JSON when its name ends in `.json`, else YAML.
    ///
    /// Secrets are left out.
    ///
    /// - Throws: `ValueCodingError` when a parameter cannot be encoded, `PipelineFileError` when the file cannot be written.
    public func save(to path: String) throws {
        let text = PipelineFile.text(of: try PipelineDescription(self), format: PipelineFile.Format(path: path))
        try PipelineFile.write(text, to: path)
    }
}
