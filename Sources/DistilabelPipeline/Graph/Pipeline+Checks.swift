internal import DistilabelModels
internal import DistilabelValues

extension Pipeline {
    /// All that is wrong with the pipeline, seen without running anything.
    ///
    /// - Parameters:
    ///   - environment: The environment variables, to see which keys are missing; nil to leave that out.
    ///   - awaitsDataset: Whether rows are yet to be given to the steps to which nothing leads; their columns are not known then.
    public func diagnostics(
        environment: [String: String]? = nil, awaitsDataset: Bool = false
    ) -> [Diagnostic] {
        var found = namesAndEdges()
        guard found.isEmpty else { return found }
        guard let order = topologicalOrder else { return [cycle()] }
        found += kinds(awaitsDataset: awaitsDataset)
        found += routingProblems()
        found += columns(in: order, awaitsDataset: awaitsDataset)
        for member in members {
            found += member.step.problems().map { Diagnostic(step: member.name, $0) }
            if let environment {
                let missing = member.step.problems(in: environment) + member.step.modelProblems(in: environment)
                found += missing.map { Diagnostic(step: member.name, $0) }
            }
        }
        return found
    }

    /// Steps without or with equal names, and connections to steps that are not there.
    private func namesAndEdges() -> [Diagnostic] {
        var found: [Diagnostic] = []
        if members.isEmpty { found.append(Diagnostic("the pipeline has no steps: add at least one that makes rows")) }
        var seen = Set<String>()
        for member in members {
            if !seen.insert(member.name).inserted {
                found.append(Diagnostic(step: member.name, "two steps have this name: rename one of them"))
            }
            let isPlain = member.name.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95 || $0 == 45
            }
            if !isPlain || member.name.isEmpty {
                found.append(
                    Diagnostic(step: member.name, "a step's name has only letters, digits, '-' and '_': rename it"))
            }
        }
        for edge in edges {
            for name in [edge.from, edge.to] where !seen.contains(name) {
                let nearest = Nearest.match(name, in: Array(seen)).map { "; did you mean '\($0)'?" } ?? ""
                found.append(
                    Diagnostic(
                        "the connection '\(edge.from)' → '\(edge.to)' names a step that is not there: '\(name)'\(nearest)"
                    ))
            }
        }
        return found
    }

    /// The steps of a cycle, named in order.
    private func cycle() -> Diagnostic {
        var path = [members[0].name]
        // Walk backwards from a step that the topological order could not reach; every such step has one before it.
        let ordered = reachableInOrder()
        if let start = members.first(where: { !ordered.contains($0.name) }) { path = [start.name] }
        while let last = path.last, let before = predecessors(of: last).first(where: { !ordered.contains($0) }) {
            if let start = path.firstIndex(of: before) {
                path = Array(path[start...]) + [before]
                break
            }
            path.append(before)
        }
        return Diagnostic(
            "the steps run in a circle: \(path.reversed().joined(separator: " → ")); take one of these connections away"
        )
    }

    /// The steps that have nothing but ordered steps before them.
    private func reachableInOrder() -> Set<String> {
        var ordered = Set<String>()
        var grew = true
        while grew {
            grew = false
            for member in members where !ordered.contains(member.name) {
                if predecessors(of: member.name).allSatisfy(ordered.contains) {
                    ordered.insert(member.name)
                    grew = true
                }
            }
        }
        return ordered
    }

    /// Generators that something leads to, others that nothing leads to, several branches into a step that takes one.
    private func kinds(awaitsDataset: Bool) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for member in members {
            let before = predecessors(of: member.name)
            switch member.step {
            case is any GeneratorStep:
                if !before.isEmpty {
                    found.append(
                        Diagnostic(
                            step: member.name,
                            "it makes rows of its own, so nothing can lead to it: take away the connection from '\(before[0])'"
                        ))
                }
            case is any JoinStep where before.isEmpty:
                found.append(Diagnostic(step: member.name, "nothing leads to it: connect the branches that it joins"))
            case is any JoinStep: break
            default:
                if before.isEmpty {
                    if awaitsDataset { continue }
                    found.append(
                        Diagnostic(
                            step: member.name, "nothing leads to it: connect a step, or begin with one that loads rows")
                    )
                } else if before.count > 1 {
                    found.append(
                        Diagnostic(
                            step: member.name,
                            "it takes rows of one step, but \(before.map { "'\($0)'" }.joined(separator: ", ")) lead to it: join them before, with GroupColumns or CombineOutputs"
                        ))
                }
            }
        }
        return found
    }

    /// Follows the columns along the edges.
    private func columns(in order: [Member], awaitsDataset: Bool) -> [Diagnostic] {
        var found: [Diagnostic] = []
        var behind: [String: ColumnSet] = [:]
        for member in order {
            var before = predecessors(of: member.name).compactMap { behind[$0] }
            if awaitsDataset, before.isEmpty { before = [ColumnSet([], isOpen: true)] }
            let available = before.reduce(ColumnSet([])) {
                ColumnSet($0.adding($1.names).names, isOpen: $0.isOpen || $1.isOpen)
            }
            found += mappingProblems(of: member)
            for input in member.step.inputs where input.isRequired {
                let column = member.options.inputMappings[input.name] ?? input.name
                if !available.mayContain(column) {
                    found.append(missing(column, for: input.name, of: member, available: available))
                }
            }
            behind[member.name] = columnsBehind(member, branches: before)
        }
        return found
    }

    /// Mappings of columns that the step does not have.
    private func mappingProblems(of member: Member) -> [Diagnostic] {
        let step = member.step
        return [
            ("input_mappings", "reads", member.options.inputMappings, step.inputs.map(\.name)),
            ("output_mappings", "makes", member.options.outputMappings, step.outputs),
        ].flatMap { key, verb, mappings, known in
            mappings.keys.sorted().filter { !known.contains($0) }.map { column in
                let list = known.isEmpty ? "none" : known.joined(separator: ", ")
                return Diagnostic(
                    step: member.name, "`\(key)` names '\(column)', which is no column that it \(verb) (\(list))")
            }
        }
    }

    private func missing(
        _ column: String, for input: String, of member: Member, available: ColumnSet
    ) -> Diagnostic {
        let list = available.names.isEmpty ? "no columns" : available.names.joined(separator: ", ")
        let nearest = Nearest.match(column, in: available.names)
        let mend =
            nearest.map { "; did you mean '\($0)'? Say so with `input_mappings: {\(input): \($0)}`" }
            ?? "; add a step that makes it, or say which column to take with `input_mappings: {\(input): …}`"
        return Diagnostic(
            step: member.name, "no step before it makes the column '\(column)' (there are: \(list))\(mend)")
    }

    /// The columns of the rows behind a step.
    func columnsBehind(_ member: Member, branches: [ColumnSet]) -> ColumnSet {
        let mapping = ColumnMapping(member)
        let inside = branches.map(mapping.inside)
        let made: ColumnSet
        if let join = member.step as? any JoinStep {
            made = join.columns(afterJoining: inside)
        } else {
            made = member.step.columns(after: inside.first ?? ColumnSet([]))
        }
        return mapping.outside(made, before: branches)
    }

    /// The columns of the rows behind each step, by its name; nil when there is a cycle.
    public var columnsByStep: [String: ColumnSet]? {
        guard let order = topologicalOrder else { return nil }
        var behind: [String: ColumnSet] = [:]
        for member in order {
            behind[member.name] = columnsBehind(
                member, branches: predecessors(of: member.name).compactMap { behind[$0] })
        }
        return behind
    }
}
