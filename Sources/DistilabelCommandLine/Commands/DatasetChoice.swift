internal import ArgumentParser
internal import DistilabelDatasets
internal import DistilabelValues

/// Which rows of what is on disk a command is about.
struct DatasetChoice: ParsableArguments {
    @Argument(help: ArgumentHelp("A folder or a file.", valueName: "path"))
    var path: String

    @Option(help: ArgumentHelp("Only this configuration.", valueName: "name"))
    var config: String?

    @Option(help: ArgumentHelp("Only this split.", valueName: "name"))
    var split: String?

    /// What was chosen, in order.
    func load() throws -> Distiset {
        var distiset = try Distiset.load(from: path)
        let configurations = try Self.pick(config, of: Array(distiset.configurations.keys), kind: "configuration")
        let all = distiset.configurations
        distiset.configurations = [:]
        for configuration in configurations {
            guard let splits = all[configuration] else { continue }
            let names = try Self.pick(split, of: Array(splits.keys), kind: "split")
            distiset[configuration] = splits.filter { names.contains($0.key) }
        }
        return distiset
    }

    /// Each dataset that was chosen, under its configuration and split.
    func datasets() throws -> [(configuration: String, split: String, dataset: Dataset)] {
        try load().configurations.flatMap { configuration, splits in
            splits.map { (configuration, $0.key, $0.value) }
        }
    }

    /// What was asked for, or all there is.
    private static func pick(_ wanted: String?, of names: [String], kind: String) throws -> [String] {
        guard let wanted else { return names }
        if names.contains(wanted) { return [wanted] }
        let mend =
            Nearest.match(wanted, in: names).map { "did you mean '\($0)'?" }
            ?? "there are: \(names.joined(separator: ", "))"
        throw Complaint("there is no \(kind) '\(wanted)'; \(mend)", status: .misused)
    }
}
