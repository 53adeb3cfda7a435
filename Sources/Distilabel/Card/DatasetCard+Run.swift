internal import DistilabelDatasets
internal import DistilabelEngine
internal import DistilabelModels
internal import DistilabelPipeline
internal import DistilabelValues

extension DatasetCard {
    /// The card of what a run has made.
    ///
    /// - Parameters:
    ///   - pipeline: The pipeline as it ran.
    ///   - description: Its text, as `pipeline.yaml` has it.
    ///   - summary: What the run did.
    ///   - configurations: What it made.
    ///   - environment: Tells where the models are.
    init(
        of pipeline: Pipeline, description: String, summary: RunSummary, configurations: [Configuration],
        environment: [String: String]
    ) {
        self.init(title: pipeline.name, configurations: configurations)
        about = pipeline.description
        self.pipeline = description
        graph = PipelineDrawing.mermaid(pipeline)
        steps = summary.steps.map { step in
            Step(
                name: step.name, rowsIn: step.rowsIn, rowsOut: step.rowsOut, calls: step.calls,
                inputTokens: step.usage.inputTokens, outputTokens: step.usage.outputTokens,
                cost: step.calls == 0
                    ? nil : Self.price(step.cost, unpriced: step.unpricedCalls, calls: step.calls),
                failures: step.failures)
        }
        if summary.calls > 0 {
            cost = Self.price(summary.cost, unpriced: summary.unpricedCalls, calls: summary.calls)
        }
        models = pipeline.members.compactMap { member in
            member.step.endpoint(in: environment).map { Model(step: member.name, name: $0.name) }
        }
        for member in pipeline.members {
            for citation in type(of: member.step).documentation.citations where !citations.contains(citation) {
                citations.append(citation)
            }
        }
    }

    private static func price(_ cost: Cost, unpriced: Int, calls: Int) -> String {
        if unpriced == 0 { return cost.description }
        return unpriced == calls
            ? "not known" : "\(cost) and what \(RunText.count(unpriced, "answer")) cost, which is not known"
    }
}
