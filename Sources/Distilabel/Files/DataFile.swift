internal import DistilabelDatasets
public import DistilabelPipeline
public import DistilabelValues

/// Makes the rows of a file: Parquet, JSON Lines, or a JSON list of objects.
///
/// The file is read as the rows are wanted, so its size does not matter.
public struct DataFile: GeneratorStep {
    /// The file.
    public var path: String

    /// Makes the step of a file.
    public init(path: String) { self.path = path }

    /// The columns of the file, where it can be read already.
    public var outputs: [String] { (try? DatasetFile(path: path).schema(rows: 100).names) ?? [] }

    /// The columns of the file; rows further down may have others.
    public func columns(after available: ColumnSet) -> ColumnSet { ColumnSet(outputs, isOpen: true) }

    /// A file that is not there or cannot be read.
    public func problems() -> [String] {
        do {
            _ = try DatasetFile(path: path).schema(rows: 1)
            return []
        } catch {
            return [String(describing: error)]
        }
    }

    /// Makes the rows, in the order of the file.
    public func generate(in context: StepContext, emit: (Row) async throws -> Void) async throws {
        var reader = try DatasetFile(path: path).open()
        while let chunk = try reader.next() {
            for index in 0..<chunk.count { try await emit(chunk[index]) }
        }
    }

    /// No file.
    public static var defaults: DataFile { DataFile(path: "") }
    /// The file must be given.
    public static var requiredKeys: [String] { ["path"] }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Makes the rows of a file: Parquet, JSON Lines, or a JSON list of objects.",
            discussion: "`pipeline run --data FILE` puts it in the place of the step that loads the pipeline's rows.",
            parameters: ["path": "the file"])
    }
}

extension PipelineDescription {
    /// This pipeline with the rows of a file instead of its own.
    ///
    /// The file takes the place of the step that makes rows, or leads to the steps to which nothing leads.
    ///
    /// - Parameters:
    ///   - path: Parquet, JSON Lines or a JSON list of objects.
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
        ["name": .string(name), "step": ["name": .string(name), "path": .string(path), "type": "DataFile"]]
    }
}
