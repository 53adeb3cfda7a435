internal import DistilabelValues

extension Pipeline {
    /// The steps at which branches meet that a routing function chose among, each with the step in front of that function.
    ///
    /// Such a step makes its row of those branches that had it.
    public var convergences: [String: Set<String>] {
        guard !routing.isEmpty, let order = topologicalOrder else { return [:] }
        var open: [String: Set<String>] = [:]
        var found: [String: Set<String>] = [:]
        for member in order {
            var routers = Set<String>()
            for before in predecessors(of: member.name) {
                routers.formUnion(open[before] ?? [])
                if routing[before] != nil { routers.insert(before) }
            }
            if member.step is any JoinStep, !routers.isEmpty {
                found[member.name] = routers
                routers = []
            }
            open[member.name] = routers
        }
        return found
    }

    /// Routing functions that choose among nothing, and branches that meet but were chosen by different ones.
    func routingProblems() -> [Diagnostic] {
        var found: [Diagnostic] = []
        for (step, function) in routing.sorted(by: { $0.key < $1.key }) {
            guard member(named: step) != nil else {
                found.append(Diagnostic("a routing function stands behind a step that is not there: '\(step)'"))
                continue
            }
            let count = successors(of: step).count
            let name = type(of: function).componentName
            if count < 2 {
                found.append(
                    Diagnostic(
                        step: step,
                        "its routing function '\(name)' chooses among \(count == 0 ? "no steps" : "one step"): connect at least two, or take the function away"
                    ))
            } else {
                found += function.problems(successors: count).map {
                    Diagnostic(step: step, "routing function '\(name)': \($0)")
                }
            }
        }
        for (step, routers) in convergences.sorted(by: { $0.key < $1.key }) where routers.count > 1 {
            found.append(
                Diagnostic(
                    step: step,
                    "branches of several routing functions meet here (behind \(routers.sorted().map { "'\($0)'" }.joined(separator: ", "))): join those of each before"
                ))
        }
        return found
    }
}
