internal import DistilabelValues

/// Which steps are loaded together.
///
/// Without groups all steps of a run are loaded at once. Steps of a group are loaded when all that leads to them has ended, and what they loaded is given back
/// before the next are: so models that do not fit into memory side by side run one after the other. Rows between them wait in memory.
public enum LoadGroups: Sendable, Hashable {
    /// All steps at once.
    case together
    /// One step after the other: Python's `sequential_step_execution`.
    case sequential
    /// Steps that are loaded together, by name; a step that is in no group is loaded with its neighbours that are in none.
    case groups([[String]])
}

extension Pipeline {
    /// The steps in stages, one to be run after the other.
    ///
    /// - Throws: `PipelineError` where groups name steps that are not there or share some, or where rows would have to leave a group and come back.
    public func stages(_ groups: LoadGroups) throws -> [[Member]] {
        guard let order = topologicalOrder else { throw PipelineError("the steps run in a circle") }
        let lists: [[String]]
        switch groups {
        case .together: return [order]
        case .sequential: return order.map { [$0] }
        case .groups(let given): lists = given
        }
        let group = try groupsByStep(lists)
        var stage: [String: Int] = [:]
        var grew = true
        var rounds = 0
        while grew {
            grew = false
            rounds += 1
            for member in order {
                var earliest = 0
                for before in predecessors(of: member.name) {
                    let leaves = group[before] != group[member.name]
                    earliest = max(earliest, (stage[before] ?? 0) + (leaves ? 1 : 0))
                }
                for name in group[member.name].map({ lists[$0] }) ?? [] { earliest = max(earliest, stage[name] ?? 0) }
                if earliest > stage[member.name] ?? -1 {
                    stage[member.name] = earliest
                    grew = true
                }
            }
            guard rounds <= members.count + 1 else {
                throw PipelineError(
                    "the load groups cannot be run one after the other: rows leave one and come back to it; put the steps between into it as well"
                )
            }
        }
        let last = stage.values.max() ?? 0
        return (0...last).map { number in order.filter { stage[$0.name] == number } }.filter { !$0.isEmpty }
    }

    private func groupsByStep(_ lists: [[String]]) throws -> [String: Int] {
        var group: [String: Int] = [:]
        var wrong: [Diagnostic] = []
        for (number, list) in lists.enumerated() {
            for name in list {
                if member(named: name) == nil {
                    let nearest = Nearest.match(name, in: members.map(\.name)).map { "; did you mean '\($0)'?" } ?? ""
                    wrong.append(Diagnostic("a load group names a step that is not there: '\(name)'\(nearest)"))
                } else if group[name] != nil {
                    wrong.append(Diagnostic(step: name, "it stands in two load groups: leave it in one"))
                }
                group[name] = number
            }
        }
        if !wrong.isEmpty { throw PipelineError(wrong, pipeline: name) }
        return group
    }
}
