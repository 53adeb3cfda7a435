/// A step with a name and a place in a graph.
///
/// It has identity: mentioned twice in a pipeline, it is the same step. A bare step in a chain becomes a node of its own at each mention.
public final class Node: Sendable {
    /// The name that the user gave; nil when the pipeline is to find one.
    public let name: String?
    /// The step.
    public let step: any Step
    /// The parameters that every step has.
    public let options: StepOptions

    /// Makes a node.
    public init(_ step: any Step, name: String? = nil, options: StepOptions = StepOptions()) {
        self.step = step
        self.name = name
        self.options = options
    }
}

extension Step {
    /// This step under a name, as one node of a graph that can be mentioned more than once.
    ///
    /// - Parameters:
    ///   - name: Letters, digits, `-` and `_`; unique in its pipeline.
    ///   - inputMappings: Of each column that the step reads, under which name rows have it.
    ///   - outputMappings: Of each column that the step makes, under which name rows get it.
    ///   - inputBatchSize: How many rows the step takes at a time; 50 unless said otherwise.
    ///   - replicas: How many rows a row-wise step works on at once.
    public func named(
        _ name: String, inputMappings: [String: String] = [:], outputMappings: [String: String] = [:],
        inputBatchSize: Int? = nil, replicas: Int? = nil
    ) -> Node {
        var options = StepOptions()
        options.inputMappings = inputMappings
        options.outputMappings = outputMappings
        if let inputBatchSize { options.inputBatchSize = inputBatchSize }
        if let replicas { options.resources.replicas = replicas }
        return Node(self, name: name, options: options)
    }
}
