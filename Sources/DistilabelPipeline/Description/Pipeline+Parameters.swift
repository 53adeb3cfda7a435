public import DistilabelValues

extension Pipeline {
    /// This pipeline with other parameters: `{step: {parameter: value, llm: {…}}}`.
    ///
    /// Objects are merged key by key, anything else replaces what was there. Steps that are not named stay as they are, and so
    /// does the model of a task whose `llm` is not named. The types of the steps need not be registered.
    ///
    /// - Parameters:
    ///   - parameters: By the names of steps.
    ///   - registry: The components that the parameters may name, such as another model.
    /// - Throws: `PipelineError` with all that is wrong, the graph included.
    public func applying(_ parameters: Value.Object, registry: ComponentRegistry) throws -> Pipeline {
        if parameters.isEmpty { return self }
        let reader = MemberReader(registry: registry)
        var errors = MemberReader.strangers(in: parameters, steps: members.map(\.name))
        var changed = self
        for (index, member) in members.enumerated() {
            guard let overlay = parameters[member.name] else { continue }
            do {
                changed.members[index] = try reader.member(member, overlay: overlay)
            } catch {
                errors += MemberReader.diagnostics(of: error, step: member.name)
            }
        }
        if errors.isEmpty { errors = changed.diagnostics().filter { $0.severity == .error } }
        if !errors.isEmpty { throw PipelineError(errors, pipeline: name) }
        return changed
    }
}
