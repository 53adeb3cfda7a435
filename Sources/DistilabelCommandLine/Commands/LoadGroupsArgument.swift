internal import ArgumentParser
internal import DistilabelPipeline

/// How load groups are written on the command line: `a,b:c,d`, or `sequential` (Python's `sequential_step_execution`).
enum LoadGroupsArgument {
    /// Reads the groups.
    ///
    /// - Throws: `ValidationError` where a name is missing.
    static func read(_ argument: String) throws -> LoadGroups {
        if argument == "sequential" || argument == "sequential_step_execution" { return .sequential }
        let groups = argument.split(separator: ":", omittingEmptySubsequences: false)
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        guard !groups.contains(where: { $0.contains("") }) else {
            throw ValidationError(
                "--load-groups \(argument): write steps as a,b:c,d (commas within a group, colons between groups), or `sequential`."
            )
        }
        return .groups(groups)
    }

    /// The argument that ``read(_:)`` reads as these groups.
    static func text(of groups: LoadGroups) -> String {
        switch groups {
        case .together: ""
        case .sequential: "sequential"
        case .groups(let lists): lists.map { $0.joined(separator: ",") }.joined(separator: ":")
        }
    }
}
