internal import DistilabelValues

/// The graph of a pipeline as text.
public enum PipelineDrawing {
    /// The graph in Mermaid's language, for a Markdown page.
    public static func mermaid(_ pipeline: Pipeline) -> String {
        var lines = ["flowchart TD"]
        for member in pipeline.members {
            lines.append("    \(identifier(member.name))[\"\(member.name)<br/><i>\(typeName(member))</i>\"]")
        }
        for edge in pipeline.edges {
            let routing = pipeline.routing[edge.from].map { "-. \(type(of: $0).componentName) .->" }
            lines.append("    \(identifier(edge.from)) \(routing ?? "-->") \(identifier(edge.to))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The graph for a terminal: a line a step, each behind those that lead to it, with the columns that it adds.
    public static func text(_ pipeline: Pipeline) -> String {
        let order = pipeline.topologicalOrder ?? pipeline.members
        let columns = pipeline.columnsByStep ?? [:]
        var depth: [String: Int] = [:]
        for member in order {
            depth[member.name] = (pipeline.predecessors(of: member.name).compactMap { depth[$0] }.max() ?? -1) + 1
        }
        let width = order.map { $0.name.count }.max() ?? 0
        return order.map { member in
            let before = pipeline.predecessors(of: member.name)
            let known = Set(before.flatMap { columns[$0]?.names ?? [] })
            let new = (columns[member.name]?.names ?? []).filter { !known.contains($0) }
            let arrow = before.isEmpty ? "●" : (pipeline.successors(of: member.name).isEmpty ? "└" : "├")
            var line = String(repeating: "  ", count: depth[member.name] ?? 0) + "\(arrow) \(member.name)"
            line += String(repeating: " ", count: max(1, width - member.name.count + 2)) + typeName(member)
            if before.count > 1 || (before.first.map { (depth[$0] ?? 0) + 1 != depth[member.name] } ?? false) {
                line += "  ← " + before.joined(separator: ", ")
            }
            if let function = pipeline.routing[member.name] {
                line +=
                    "  → \(type(of: function).componentName) of "
                    + pipeline.successors(of: member.name).joined(separator: ", ")
            }
            if !new.isEmpty { line += "  + " + new.joined(separator: ", ") }
            return line + "\n"
        }.joined()
    }

    private static func typeName(_ member: Pipeline.Member) -> String { type(of: member.step).componentName }

    /// A name that Mermaid takes as an identifier; a step called `end` would close its block otherwise.
    private static func identifier(_ name: String) -> String { "step_" + name.replacing("-", with: "_") }
}
