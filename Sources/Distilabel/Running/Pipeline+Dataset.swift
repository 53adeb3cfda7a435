public import DistilabelPipeline
internal import DistilabelSteps
public import DistilabelValues

extension Pipeline {
    /// This pipeline with rows that lead to the steps to which nothing leads.
    ///
    /// - Throws: `PipelineError` where a step loads rows of its own already, and with all that is wrong with the pipeline that comes of it.
    public func reading(_ dataset: [Row]) throws -> Pipeline {
        if let loader = members.first(where: { $0.step is any GeneratorStep }) {
            throw PipelineError(
                "it makes rows of its own, so the pipeline takes no dataset: leave the step out, or give the rows to it",
                step: loader.name)
        }
        let roots = members.map(\.name).filter { predecessors(of: $0).isEmpty }
        let name = member(named: "dataset") == nil ? "dataset" : "dataset_rows"
        var changed = self
        changed.members.insert(Member(name: name, step: LoadDataFromDicts(data: dataset.map(\.object))), at: 0)
        changed.edges += roots.map { Edge(from: name, to: $0) }
        let errors = changed.diagnostics().filter { $0.severity == .error }
        if !errors.isEmpty { throw PipelineError(errors, pipeline: self.name) }
        return changed
    }
}
