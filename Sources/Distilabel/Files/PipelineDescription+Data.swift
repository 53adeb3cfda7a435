public import DistilabelPipeline
internal import DistilabelSteps
public import DistilabelValues

extension PipelineDescription {
    /// This pipeline with the rows of a file, or of several, instead of its own.
    ///
    /// A ``LoadDataFromFileSystem`` takes the place of the step that makes rows, or leads to the steps to which nothing leads.
    ///
    /// - Parameters:
    ///   - path: A file, a folder or a pattern, as that step reads them.
    ///   - registry: Tells which steps make rows.
    /// - Throws: `PipelineError` when several steps make rows, so that it is not plain which one is meant.
    public func readingData(from path: String, registry: ComponentRegistry) throws -> PipelineDescription {
        var changed = self
        guard var steps = value["pipeline"]?["steps"]?.arrayValue else { return self }
        let names = steps.map { $0["name"]?.stringValue ?? $0["step"]?["name"]?.stringValue ?? "" }
        let generators = steps.indices.filter { index in
            let object = (steps[index]["step"] ?? steps[index]).objectValue ?? [:]
            let entry = ComponentCoding.typeName(in: object).flatMap { registry.entry(named: $0) }
            return entry?.type is any GeneratorStep.Type
        }
        guard generators.count < 2 else {
            let list = generators.map { "'\(names[$0])'" }.joined(separator: ", ")
            throw PipelineError(
                "several steps make rows (\(list)), so a data file cannot take the place of one of them")
        }
        if let generator = generators.first {
            steps[generator] = Self.dataStep(named: names[generator], path: path)
        } else {
            let name = names.contains("data") ? "data_file" : "data"
            let connections = value["pipeline"]?["connections"]?.arrayValue ?? []
            let targets = Set(connections.flatMap { $0["to"]?.arrayValue ?? [] }.compactMap(\.stringValue))
            let roots = names.filter { !targets.contains($0) }.map(Value.string)
            steps.insert(Self.dataStep(named: name, path: path), at: 0)
            changed.value["pipeline"]?["connections"] =
                .array(connections + [["from": .string(name), "to": .array(roots)]])
        }
        changed.value["pipeline"]?["steps"] = .array(steps)
        return changed
    }

    private static func dataStep(named name: String, path: String) -> Value {
        [
            "name": .string(name),
            "step": [
                "name": .string(name), "data_files": .string(path),
                "type": .string(LoadDataFromFileSystem.componentName),
            ],
        ]
    }
}
